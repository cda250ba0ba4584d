//! Persian and Urdu: speech that is told of behind it, or beside it, without a clause of its own.

use khabar_model::VerbClass;

use super::lexicon::word;
use super::reader::{NOBODY, Reader, Said, Subject};
use super::words;
use crate::phrases::Tongue;

impl Reader<'_> {
    /// «…». این را او می‌گوید; «…»؛ این پاسخ او به منتقدان است
    pub(super) fn persian_echo(&mut self, start: usize, end: usize) {
        let Some(quoted) = (start.saturating_sub(3)..start).rfind(|&at| self.is_untold(at)) else { return };
        // «…» وزیر با این جمله جلسه را ترک کرد
        let this = (start + 1..end.min(start + 9)).find(|&at| {
            self.is_one_of(at, &["این"]) && self.is_one_of(at + 1, &["جمله", "جملات", "سخن", "سخنان", "حرف", "حرف‌ها"])
        });
        if let Some(subject) = this.and_then(|this| self.head_subject(start, this, false)) {
            self.speak(quoted, Said { subject, class: self.asks(quoted), verb: None, carrier: None });
        }
        if !self.is_one_of(start, &["این", "اینها", "این‌ها"]) {
            return;
        }
        if self.is_one_of(start + 1, &["را", "جمله", "سخن", "سخنان"])
            && let Some(verb) = (start..end).find_map(|at| self.verb_at(at))
        {
            let from = (start..verb.start).find(|&at| self.is_one_of(at, &["را"])).map_or(start + 2, |at| at + 1);
            if let Some(subject) = self.persian_subject(from, verb.start) {
                let said = self.said(&verb, subject, None);
                self.speak(quoted, said);
            }
            return;
        }
        let to = (start..end).find(|&at| self.is_one_of(at, &["است", "بود", "هستند", "بودند"]));
        if let Some(to) = to.filter(|_| self.is_one_of(start + 1, &words::PERSIAN_SPEECH))
            && let Some(subject) = self.persian_subject(start + 2, to)
        {
            let class = if self.is_one_of(start + 1, &["ادعای"]) { VerbClass::Claim } else { VerbClass::Say };
            self.speak(quoted, Said { subject, class, verb: None, carrier: None });
        }
    }

    /// «در پاسخ به این پرسش که «…؟»»: whoever asks is named behind the question, if at all.
    pub(super) fn persian_question(&mut self, start: usize, end: usize) {
        for at in start + 2..end {
            if !self.is_untold(at)
                || self.words_inside(at) < 3
                || !self.is(at - 1, word::THAT) && !self.is_colon(at - 1)
            {
                continue;
            }
            let from =
                (start.max(at.saturating_sub(8))..at - 1).rfind(|&place| self.is_one_of(place, &words::QUESTION));
            let Some(from) = from.filter(|&from| (from..at).all(|place| self.verb_at(place).is_none())) else {
                continue;
            };
            if self.is_verb_token(self.first_token(from)) {
                continue;
            }
            let asker = if from + 2 < at { self.phrase(from + 1, at - 1) } else { None };
            self.speak(at, Said { subject: asker.unwrap_or(NOBODY), class: VerbClass::Ask, verb: None, carrier: None });
        }
    }

    /// «درباره داوری: «…»»: what stands before the colon is what is spoken of.
    pub(super) fn is_topic(&self, start: usize) -> bool {
        let about = self.is_one_of(start, &["درباره", "دربارهٔ", "درباره‌ی", "پیرامون", "راجع"]);
        let of = self.is_one_of(start, &["در"])
            && self.is_one_of(start + 1, &["مورد", "باره", "خصوص", "باب", "رابطه", "پاسخ", "واکنش"]);
        self.tongue == Tongue::Persian && (about || of)
    }

    /// «’…‘ یہ کہنا ہے فلاں کا», «یہ الفاظ فلاں کے ہیں», «یہ بات فلاں نے بتائی»
    pub(super) fn urdu_echo(&mut self, start: usize, end: usize) {
        if start == 0 || !self.is_one_of(start, &["یہ"]) || !self.is_one_of(start + 1, &words::URDU_SPEECH) {
            return;
        }
        let Some(quoted) = (start.saturating_sub(3)..start).rfind(|&at| self.is_untold(at)) else { return };
        let from = start + 2 + usize::from(self.is_one_of(start + 2, &["ہے", "تھا", "ہیں", "تھے"]));
        let limit = (from..end).find(|&at| self.is_comma(at)).unwrap_or(end);
        let to = (from..limit).rfind(|&at| self.is_one_of(at, &["کا", "کے", "کی", "نے"]));
        if let Some(subject) = to.and_then(|to| self.phrase(from, to)) {
            self.speak(quoted, Said { subject, class: VerbClass::Say, verb: None, carrier: None });
        }
    }

    /// Quotations that are speech by where they stand, though nothing says so: a sentence of their own beside one of somebody
    /// («مریم می‌خندد. «…»»), behind a colon, or before a dash and a name.
    pub(super) fn read_alone(&mut self) {
        if self.quotes.is_empty() {
            return;
        }
        let sentences = self.sentences.clone();
        for (place, &(start, end)) in sentences.iter().enumerate() {
            for at in start..end {
                if !self.is_untold(at) {
                    continue;
                }
                let ended = self.is_ended(at);
                let words = self.words_inside(at);
                let last = at + 1 >= end || at + 2 >= end && self.is_mark(at + 1, &['.', '۔', '،', ',', '!', '؟']);
                // «۱۵:۵۰ – «…»؛ پیام یکی از داوطلبان»
                let timed = at > start && self.is_digits(start) && (start..at).all(|at| !self.is_word(at));
                let subject = if timed && words >= 3 && (ended || last || self.is_mark(at + 1, &['؛'])) {
                    Some(self.signed(at + 2, end).unwrap_or(Subject::Same))
                } else if at > start && self.is_colon(at - 1) {
                    self.told_before(start, at - 1).filter(|_| ended || words >= 3)
                } else if at == start && self.is_mark(at + 1, &['-', '–', '—']) && words >= 3 {
                    self.signed(at + 2, end)
                } else if at == start && last && (ended || words >= 3) {
                    let before = place.checked_sub(1).and_then(|before| sentences.get(before));
                    let behind = sentences.get(place + 1);
                    let silent =
                        |range: Option<&(usize, usize)>| range.and_then(|&(first, to)| self.silent_subject(first, to));
                    match before {
                        Some(_) => silent(before).or(Some(Subject::Same).filter(|_| words > 3)),
                        None if behind.is_some() => silent(behind),
                        None => Some(Subject::Same).filter(|_| ended && words >= 3),
                    }
                } else if at > start + 1 && last && ended && self.is_mark(at - 1, &['؛']) {
                    self.told_before(start, at - 1)
                } else {
                    None
                };
                if let Some(subject) = subject {
                    self.speak(at, Said { subject, class: self.asks(at), verb: None, carrier: None });
                }
            }
        }
    }

    /// «…» مریم می‌خندد: a short sentence behind a quotation that begins a block, with somebody who says nothing else in it.
    pub(super) fn beat(&self, place: usize) -> Option<Subject> {
        let next = self.sentences.get(place + 1).filter(|(start, end)| end - start <= 6);
        let &(start, end) = next.filter(|_| matches!(self.tongue, Tongue::Persian | Tongue::Urdu))?;
        if (start..end).any(|at| self.is_quoted(at) || self.verb_at(at).is_some()) {
            return None;
        }
        self.silent_subject(start, end)
    }

    /// True for a quotation that ends like a sentence.
    pub(super) fn is_ended(&self, at: usize) -> bool {
        let last = self.quoted(at).and_then(|(_, quoted)| self.tokens.get(quoted.end.checked_sub(1)?));
        last.is_some_and(|last| last.is_mark(&['.', '!', '?', '؟', '۔', '…']))
    }

    /// «پاسخ وزیر کوتاه بود: «نه.»», «وزیر کا جواب تھا: ’نہیں۔‘»
    fn told_before(&self, start: usize, colon: usize) -> Option<Subject> {
        // «بر دیوار نوشته شده بود: «…»»: nobody speaks.
        let written = (start..colon).any(|at| self.is_one_of(at, &["لکھا", "نوشته"]));
        if written || self.tongue == Tongue::Persian && self.is(start, word::PREP) {
            return None;
        }
        let mut limit = colon;
        while limit > start && self.is_one_of(limit - 1, &words::ANSWERED) {
            limit -= 1;
        }
        let of = (start..limit).rfind(|&at| self.is_one_of(at, &["کا", "کے", "کی", "نے"]));
        if self.tongue == Tongue::Urdu
            && let Some(of) = of
        {
            let first = self.skip_start(start, of);
            let somebody =
                (first..of).any(|at| self.is(at, word::ROLE | word::ORG | word::PRONOUN) || self.is_person(at));
            return self.phrase(first, of).filter(|_| somebody && of - first <= 10);
        }
        self.head_subject(start, limit, false)
    }

    /// «…» – مریم نوری، نانوا
    pub(super) fn signed(&self, start: usize, end: usize) -> Option<Subject> {
        let somebody = (start..end).any(|at| self.is(at, word::ROLE | word::ORG) || self.is_person(at));
        let short = end > start && end - start <= 12 && self.verb_between(start, end) == 0;
        self.phrase(start, end).filter(|_| somebody && short)
    }
}
