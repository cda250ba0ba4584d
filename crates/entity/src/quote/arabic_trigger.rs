//! Arabic: where what a verb reports begins.

use khabar_model::VerbClass;

use super::arabic::{REACH, SHORT_NAME, Trigger};
use super::lexicon::{Frame, complement, word};
use super::reader::Reader;
use super::token::VerbAt;
use super::words;

/// Most words of a quotation that a reported phrase begins with: «حذر من "عواقب وخيمة" إذا …».
const SHORT_PIECE: usize = 4;

impl Reader<'_> {
    pub(super) fn is_that(&self, at: usize) -> bool {
        let is_that = |token: &&super::token::Token| token.is(word::THAT) && token.entity.is_none();
        let Some(token) = self.token(at).filter(is_that) else { return false };
        // «مون جاي-إن», «مون جاي- إن»
        let hyphen = at > 0 && self.is_mark(at - 1, &['-', '–', '_']);
        if hyphen && (token.glued || self.token(at - 1).is_some_and(|hyphen| hyphen.glued)) {
            return false;
        }
        let before = at.checked_sub(1).and_then(|before| self.token(before));
        // «غير أن», «سي إن إن», «إن بي سي»
        token.id != crate::phrases::UNKNOWN
            && before.is_none_or(|before| !(before.is(word::START | word::BREAK) && before.phrase > 1))
            && !self.is_one_of(at.wrapping_sub(1), &words::UNREPORTED)
            && !self.is_one_of(at.wrapping_sub(1), &words::MODAL)
            && !self.is_one_of(at + 1, &["بي", "إن"])
    }

    /// Where what the verb reports begins.
    pub(super) fn arabic_trigger(&self, verb: &VerbAt, end: usize, relayed: bool) -> Option<Trigger> {
        let takes = verb.verb.takes;
        let mut at = verb.end;
        let mut stop = end.min(verb.end + REACH);
        let mut passed = false;
        while at < stop {
            if self.is_quoted(at) {
                let behind_colon = at > verb.end && (self.is_colon(at - 1) || self.is_comma(at - 1));
                let is_name = self.names_somebody(at)
                    || at > 0
                        && self.words_inside(at) <= SHORT_NAME
                        && (self.is(at - 1, word::NAMING | word::ORG | word::OUTLET)
                            || self.is_one_of(at - 1, &["لـ", "ل", "بـ", "ب", "إلى", "مع", "عبر"]));
                // «ادعى «تحالف المدن» المعارض أن»
                let subject = self.words_inside(at) <= SHORT_NAME
                    && (at + 1..stop.min(at + 4))
                        .take_while(|&at| self.verb_at(at).is_none())
                        .any(|at| self.is_that(at));
                if at == verb.end && !is_name && !subject && self.words_inside(at) > 1
                    || behind_colon && self.words_inside(at) > 0
                {
                    return Some(Trigger::Quoted(at));
                }
                // «أكد الرئيسان | التزامهما "النزع التام للسلاح"»
                if !behind_colon
                    && takes & complement::NP != 0
                    && verb.verb.frame == Frame::Verb
                    && let Some(object) = self.arabic_object(verb, at)
                    && object + 1 == at
                    && self.is_word(object)
                    && !self.is(object, word::ROLE | word::PREP | word::TIME)
                    && self.token(object).is_some_and(|token| !token.definite && token.entity.is_none())
                {
                    return Some(Trigger::Object(object));
                }
                // «قالت هبة، المحللة في «الواحة للأوراق المالية»، إن»
                let behind = at + 1 + usize::from(self.is_comma(at + 1));
                let is_name = is_name || !behind_colon && behind < stop && self.is_that(behind);
                if !is_name && self.words_inside(at) >= 3 {
                    return Some(Trigger::Quoted(at));
                }
                at += 1;
                continue;
            }
            if self.is_colon(at) {
                let whole = self.is_quoted(at + 1) && self.is_whole(at + 1);
                return Some(if whole { Trigger::Quoted(at + 1) } else { Trigger::Colon(at + 1) });
            }
            // «إلى أن تتخلى», «على أن تبدأ»: until, provided that.
            let bound = (takes & complement::ILA == 0 && self.is_one_of(at.wrapping_sub(1), &["إلى", "الى"])
                || takes & complement::ALA == 0 && self.is_one_of(at.wrapping_sub(1), &["على"]))
                && at > verb.end + 1
                && takes & complement::NP != 0;
            if bound && self.is_one_of(at, &["أن", "ان"]) {
                at += 1;
                continue;
            }
            if self.is_that(at) {
                let goes_on = self.is_comma(at + 2) && self.says_also(at + 3, end);
                // «اتهم اليوم | واشنطن بأنها …»: who is accused is of the report.
                let accused = Some(at).filter(|_| {
                    verb.verb.class == VerbClass::Claim
                        && takes & complement::NP != 0
                        && verb.verb.frame == Frame::Verb
                        && self.raw(at).starts_with("بأ")
                });
                if let Some(object) = accused.and_then(|at| self.accused(verb, at)) {
                    return Some(Trigger::Object(object));
                }
                let whole = self.is_quoted(at + 1)
                    && !goes_on
                    && (at + 2 >= end || self.is_mark(at + 2, &['.', '،', ',', '؛', '؟', '!']));
                return Some(if whole { Trigger::Quoted(at + 1) } else { Trigger::Clause(at + 1) });
            }
            if self.is(at, word::WHETHER) && verb.verb.class == VerbClass::Ask {
                return Some(Trigger::Clause(at));
            }
            {
                let marker = [
                    (complement::ILA, &["إلى", "الى"][..]),
                    (complement::ALA, &["على", "علي"][..]),
                    (complement::MIN, &["من"][..]),
                    (complement::AN, &["عن"][..]),
                    (complement::FI, &["في", "فى"][..]),
                ]
                .iter()
                .any(|(bit, words)| takes & bit != 0 && self.is_one_of(at, words));
                if marker && !self.is_part_of_subject(verb, at) && !self.is_of_subject(at, stop) {
                    if self.is_that(at + 1) {
                        at += 1;
                        continue;
                    }
                    if self.is_quoted(at + 1) {
                        return Some(self.opens_object(verb, at + 1, end));
                    }
                    // «سألته عن مصير العمال», but «سألته عن المبلغ».
                    let thing = verb.verb.class == VerbClass::Ask
                        && self.is_one_of(at, &["عن"])
                        && self.token(at + 1).is_some_and(|next| next.definite);
                    if takes & complement::QUOTE != 0 || thing {
                        at += 1;
                        continue;
                    }
                    // «أعرب عن ثقة في أن …»
                    if (at + 1..stop.min(at + 7)).any(|place| self.is_that(place)) {
                        at += 1;
                        continue;
                    }
                    // «أكد مسؤول مطلع على القضية، أن …»
                    let that = (at + 1..stop.min(at + 24))
                        .take_while(|&place| self.verb_at(place).is_none())
                        .find(|&place| self.is_comma(place) && self.is_that(place + 1));
                    if let Some(that) = that {
                        at = that + 1;
                        continue;
                    }
                    // «أكد الوزير | حرص بلاده على …»: the preposition is of the object.
                    if takes & complement::NP != 0
                        && verb.verb.frame == Frame::Verb
                        && let Some(object) = self.object_before(verb, at)
                        && self.is_word(object)
                        && !self.is(object, word::PREP | word::TIME)
                    {
                        return Some(Trigger::Object(object));
                    }
                    return Some(Trigger::Object(at + 1));
                }
                if takes & complement::BI != 0 && self.is_with(at) && !self.has_that(at, stop) {
                    if self.is_quoted(at + 1) {
                        return Some(self.opens_object(verb, at + 1, end));
                    }
                    if takes & complement::QUOTE == 0 {
                        return Some(Trigger::Object(at));
                    }
                }
            }
            if let Some(inner) = self.verb_at(at).filter(|_| at > verb.end || relayed) {
                let passes = inner.verb.class == VerbClass::Say
                    && inner.verb.takes == 0
                    && !passed
                    && verb.verb.frame != Frame::Part;
                let is_saying =
                    inner.verb.frame == Frame::Part || self.is_one_of(at, &["القول", "بالقول", "قوله", "قولها"]);
                if passes && is_saying && takes & complement::NP == 0 {
                    passed = true;
                    at = inner.end;
                    continue;
                }
                stop = at;
                break;
            }
            if let Some(close) = self.insertion(at, stop).filter(|_| verb.verb.frame == Frame::Verb) {
                at = close + 1;
                continue;
            }
            if self.is_comma(at) && self.is(at + 1, word::BREAK) && !self.is_one_of(at + 1, &["وهو", "وهي", "وهم"])
            {
                stop = at;
                break;
            }
            at += 1;
        }
        if takes & (complement::NP | complement::CHARGE | complement::SPEECH) == 0 {
            return None;
        }
        let head = self.headline && !verb.joined && verb.start > 0 && self.is_word(verb.start - 1);
        let object = if verb.verb.frame == Frame::Part
            || self.has_pronoun(verb)
            || head
            || self.arabic_subject_ahead(verb, verb.start.saturating_sub(16)).is_some()
        {
            let aside = self.is(verb.end, word::TIME | word::PREP) && !self.is(verb.end, word::ROLE);
            let behind = if aside || self.is_comma(verb.end) && self.is(verb.end + 1, word::TIME | word::PREP) {
                self.behind_adverbials(verb.end, stop)
            } else {
                verb.end
            };
            Some(behind).filter(|&at| at < stop && !self.is_comma(at))?
        } else {
            self.arabic_object(verb, stop)?
        };
        // «المعارضة تشكو والمفوضية تنفي»
        if self.token(object).is_some_and(|token| token.first == 'و' && token.is(word::ROLE | word::ORG)) {
            return None;
        }
        // «نفى الأمر قائلا: …»: the quotation is what he says.
        if self.is_one_of(object, &["الأمر", "ذلك", "الخبر", "صحة"])
            && stop < end
            && self.verb_at(stop).is_some_and(|inner| inner.verb.frame == Frame::Part)
        {
            let inner = self.verb_at(stop)?.end;
            return if self.is_quoted(inner) { Some(Trigger::Quoted(inner)) } else { self.quoted_behind(inner, end) };
        }
        if takes & complement::CHARGE != 0 && !(object..(object + 2).min(end)).any(|at| self.is(at, word::CHARGE)) {
            return None;
        }
        if !self.is_word(object) && !self.is_quoted(object) && !self.is_mark(object, &['#', '@', '%']) {
            return None;
        }
        if takes & complement::SPEECH != 0 && !self.is(object, word::PRENOUN) {
            return None;
        }
        Some(Trigger::Object(object))
    }

    /// «عبّر عن "الأسف" لإلغاء القمة»: a short quotation that its phrase goes on behind is part of an object.
    fn opens_object(&self, verb: &VerbAt, at: usize, end: usize) -> Trigger {
        let next = at + 1;
        let phrase = !self.is(next, word::PREP | word::TIME | word::EVENT)
            || self.is_one_of(next, &["مع", "من", "إلى", "عن", "بين"])
            || self.is_one_of(next, &["في", "فى"]) && self.is_that(next + 1);
        let goes_on = next < end
            && self.is_word(next)
            && phrase
            && (1..=SHORT_PIECE).contains(&self.words_inside(at))
            && !self.names_somebody(at)
            && !self.is_one_of(next, &["و", "أو"])
            && self.verb_at(next).is_none()
            && !self.is_relative(next)
            // «وصفه بـ"الإرهابي" علنا»: what somebody is called ends with its marks.
            && !self.raw(verb.start).contains("صف");
        if goes_on { Trigger::Object(at) } else { Trigger::Quoted(at) }
    }

    /// «…"، وأن …», «…"، لكن التحسن …»: more of what is said, unless somebody else speaks there.
    fn says_also(&self, at: usize, end: usize) -> bool {
        let that = self.token(at).is_some_and(|token| token.first == 'و' && token.is(word::THAT));
        let but = self.is_one_of(at, &["لكن", "ولكن"]);
        that || self.is_that(at) || but && !(at..end).any(|at| self.verb_at(at).is_some())
    }

    /// Who is accused, before «بأن».
    fn accused(&self, verb: &VerbAt, that: usize) -> Option<usize> {
        let mut at = verb.end;
        while at < that && self.is(at, word::TIME) {
            at += 1;
        }
        if at > verb.end || self.arabic_subject_ahead(verb, verb.start.saturating_sub(16)).is_some() {
            return (at < that).then_some(at);
        }
        self.arabic_object(verb, that)
    }

    /// Where the object begins that has its own preposition: «كلوب يعلن | رحيله عن ليفربول».
    fn object_before(&self, verb: &VerbAt, marker: usize) -> Option<usize> {
        let ahead = self.has_pronoun(verb) || self.arabic_subject_ahead(verb, verb.start.saturating_sub(16)).is_some();
        if ahead { Some(verb.end).filter(|&at| at < marker) } else { self.arabic_object(verb, marker) }
    }

    /// A preposition that belongs to a noun of the subject: «عضو من», «أهالٍ من».
    fn is_part_of_subject(&self, verb: &VerbAt, at: usize) -> bool {
        at > verb.end
            && at <= verb.end + 2
            && self.is(at - 1, word::ANON | word::VAGUE)
            && !self.is(at - 1, word::OFFICE)
            && self.is_one_of(at, &["من", "في", "على"])
            && self.token(at - 1).is_some_and(|token| !token.definite)
    }

    /// «عبّر منشقون | عن النظام عن قلقهم …»: what the speaker has follows another of the same prepositions.
    fn is_of_subject(&self, at: usize, stop: usize) -> bool {
        let owned = |at: usize| {
            let raw = self.raw(at);
            raw.ends_with('ه') || raw.ends_with("ها") || raw.ends_with("هم")
        };
        self.is_one_of(at, &["عن"])
            && !owned(at + 1)
            && (at + 2..stop.min(at + 16))
                .take_while(|&next| self.verb_at(next).is_none() && !self.is_comma(next) && !self.is_quoted(next))
                .any(|next| self.is_one_of(next, &["عن"]) && owned(next + 1))
    }

    /// A word that the preposition ب is written with.
    fn is_with(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            token.first == 'ب'
                && token.end - token.start > 4
                && token.entity.is_none()
                && !token.is(word::PREP | word::TIME | word::START | word::THAT | word::OFFICE | word::OUTLET)
        }) || self.is_one_of(at, &["بـ"])
    }

    /// True if a clause with "that" begins before the next verb of speech.
    fn has_that(&self, start: usize, stop: usize) -> bool {
        (start..stop).take_while(|&at| self.verb_at(at).is_none()).take(24).any(|at| self.is_that(at))
    }

    /// «"…"، قال الوزير»: the verb reports the quotation before it.
    pub(super) fn arabic_quote_before(&self, verb: &VerbAt, clause: usize) -> Option<Trigger> {
        if verb.verb.frame != Frame::Verb || verb.verb.takes(complement::NP) {
            return None;
        }
        let mut at = verb.start;
        while at > clause && at + 3 > verb.start {
            at -= 1;
            if let Some((place, _)) = self.quoted(at) {
                // «صحيفة "العربي الجديد" تكتب»
                if at > clause
                    && self.words_inside(at) <= SHORT_NAME
                    && self.is(at - 1, word::NAMING | word::OUTLET | word::ORG)
                {
                    return None;
                }
                let free = !self.taken.get(place).copied().unwrap_or(true);
                return (free && self.words_inside(at) > 1).then_some(Trigger::Quoted(at));
            }
            if !self.is_comma(at) && !self.is_one_of(at, &["هكذا", "بهذه", "العبارة", "بذلك"]) {
                return None;
            }
        }
        None
    }
}
