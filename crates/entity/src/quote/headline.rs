//! Headlines: «بوتين: …», «…»: a colon or a comma in place of a verb.

use khabar_model::{EntityType, QuoteStyle, VerbClass};

use super::Told;
use super::describe::speaker;
use super::lexicon::word;
use super::reader::{Found, Reader, Said, Subject};
use super::speaker::Speakers;
use crate::phrases::Tongue;

/// Most words of a name in a headline.
const LONGEST_NAME: usize = 9;

/// Most quotes of the body that a headline's quotation is looked for in.
const MOST: usize = 256;

impl Reader<'_> {
    /// True for a line that is written like a headline: some words with a colon or comma, and no full stop.
    pub(super) fn is_short_line(&self) -> bool {
        let words = self.items.len();
        // «ماكرون: "…"» has no verb, and a name before its colon.
        let colon = (1..words.min(6)).find(|&at| self.is_colon(at));
        let spoken = colon.is_some_and(|colon| {
            colon + 2 == words
                && self.is_quoted(colon + 1)
                && self.verbs.is_empty()
                && !self.is_topic(0)
                && (0..colon).any(|at| self.is_person(at) || self.is_known_name(at))
        });
        let ended = words > 0
            && !spoken
            && (self.is_mark(words - 1, &['.', '۔', '!', '؟', '?', '…', ':', '،', ',']) || self.is_quoted(words - 1));
        words > 2 && words <= 24 && !ended && self.sentences.len() == 1
    }

    /// Reads a headline after the body.
    pub(super) fn read_headline(&mut self, speakers: &mut Speakers, told: &mut Vec<Told>) {
        self.headline = true;
        for place in 0..self.sentences.len() {
            let Some(&(start, mut end)) = self.sentences.get(place) else { break };
            let found = self.found.len();
            // «فلان: قال هذا.. وقال ذاك»
            let dots = |at: usize| self.is_mark(at, &['.']) && self.is_mark(at - 1, &['.']);
            let whole = self.tongue == Tongue::Arabic && (start..end).any(|at| self.is_colon(at)) && end > start + 2;
            if whole && (dots(end - 1) || dots(end)) {
                end = self.items.len();
            }
            self.read_headline_sentence(start, end, speakers);
            if end == self.items.len() && self.found.len() > found {
                break;
            }
            if self.found.len() == found && !self.read_signed(start, end) {
                match self.tongue {
                    Tongue::Arabic => self.read_arabic(start, end),
                    Tongue::Persian => self.read_persian(start, end),
                    Tongue::Urdu => self.read_urdu(start, end),
                    Tongue::English => self.read_english(start, end),
                }
            }
        }
        for found in std::mem::take(&mut self.found) {
            let known = match found.subject {
                Subject::Phrase(start, end, _) => {
                    let named = speaker(self, start, end, 0);
                    speakers.of_headline(self, start, end).or_else(|| named.map(|named| speakers.add(named)))
                }
                Subject::Same => None,
            };
            told.extend(self.told(&found, known, found.carrier, None));
        }
        self.echoes(told);
    }

    /// «…» – مریم نوری، نانوا
    fn read_signed(&mut self, start: usize, end: usize) -> bool {
        let signed = matches!(self.tongue, Tongue::Persian | Tongue::Urdu)
            && self.is_untold(start)
            && self.is_mark(start + 1, &['-', '–', '—']);
        let Some(subject) = self.signed(start + 2, end).filter(|_| signed) else { return false };
        self.speak(start, Said { subject, class: VerbClass::Say, verb: None, carrier: None });
        true
    }

    fn read_headline_sentence(&mut self, start: usize, end: usize, speakers: &Speakers) {
        let Some(colon) = (start..end).find(|&at| self.is_colon(at)) else {
            self.read_headline_comma(start, end, speakers);
            return;
        };
        if colon == start || colon + 1 >= end {
            return;
        }
        // «قومی اسمبلی: ہنگامہ، وزیر مملکت: …»: the topic, then who speaks.
        let second = (colon + 2..end).find(|&at| self.is_colon(at)).filter(|&second| {
            matches!(self.tongue, Tongue::Persian | Tongue::Urdu)
                && second + 1 < end
                && (colon + 1..second).all(|at| self.is_word(at) || self.is_mark(at, &['،']))
        });
        let (start, colon) = second.map_or((start, colon), |second| (colon + 1, second));
        // «… / مدیرکل راه‌آهن: …»
        let from = (start..colon)
            .rfind(|&at| self.is_mark(at, &['/', '|', '.', '…', '؛', '؟', '!']))
            .map_or(start, |at| at + 1);
        let from = (from..colon).rfind(|&at| self.is_mark(at, &['.'])).map_or(from, |at| at + 1);
        // «انٹرنیٹ کی بندش پر ہنگامہ، وزیر مملکت: …», and not «نزار الجبوری، معاون وزیر: …»
        let apart = matches!(self.tongue, Tongue::Persian | Tongue::Urdu);
        let comma = (from + 3..colon).rfind(|&at| self.is_mark(at, &['،'])).filter(|&comma| {
            let somebody = |at: usize| self.is_person(at) || self.is_known_name(at);
            apart
                && !(from..comma).any(somebody)
                && !self.is(from, word::ROLE)
                && (self.is(comma + 1, word::ROLE | word::ORG) || somebody(comma + 1))
        });
        let from = comma.map_or(from, |comma| comma + 1);
        let left = self.headline_name(from, colon, speakers);
        // '…': residents demand answers
        let verb = self.verbs.iter().map(|verb| verb.start).find(|&at| at > colon).filter(|&at| at < end);
        let right = self.headline_name(colon + 1, verb.unwrap_or(end), speakers);
        let said = |subject: Subject, reader: &Self, range: (usize, usize)| Said {
            subject,
            class: VerbClass::Say,
            verb: Some((reader.first_token(colon), reader.last_token(colon), 0)),
            carrier: reader.carrier(range.0, range.1),
        };
        let quoted_left = colon == from + 1 && self.is_quoted(from);
        match (left, right) {
            (Some(subject), _)
                if !quoted_left
                    && (self.tongue != Tongue::English
                        || self.is_quoted(colon + 1)
                        || (from..colon).all(|at| self.is(at, word::ROLE | word::ORG))) =>
            {
                let said = said(subject, self, (from, colon));
                self.report(colon + 1, end, said);
            }
            // "Aegean: rescue group says …" is no report of the group.
            (_, Some(subject))
                if quoted_left
                    || self.tongue == Tongue::Urdu
                    || self.tongue == Tongue::English && verb.is_none() && colon > from + 3 =>
            {
                let said = said(subject, self, (colon + 1, end));
                self.report(from, colon, said);
            }
            _ => {}
        }
    }

    /// «…، ترجمان دفترِ خارجہ», «سفیر کا … کا الزام»: Urdu names the speaker behind a comma or before a noun of speech, English and
    /// Urdu behind a dash. One headline may have two of them, one in the other.
    fn read_headline_comma(&mut self, start: usize, end: usize, speakers: &Speakers) {
        if matches!(self.tongue, Tongue::English | Tongue::Urdu) {
            self.read_headline_dash(start, end, speakers);
        }
        if self.tongue != Tongue::Urdu {
            return;
        }
        self.read_headline_noun(start, end);
        let Some(comma) = (start..end).rfind(|&at| self.is_mark(at, &['،', ','])) else { return };
        if comma < start + 2 || self.verb_between(comma, end) > 0 {
            return;
        }
        // «پانی روکنا جنگ کے مترادف ہو گا، پاکستان»: a country speaks behind a finite verb.
        let finite = self.is_one_of(comma - 1, &["گا", "گے", "گی", "ہے", "ہیں", "تھا", "تھی", "تھے", "دیں", "کریں"]);
        let country = |at: usize| self.entity(at).is_some_and(|(_, entity)| entity.kind != EntityType::Misc);
        let body = finite && comma >= start + 4 && (comma + 1..end).all(country);
        let subject = self.headline_name(comma + 1, end, speakers);
        let Some(subject) = subject.or_else(|| self.phrase(comma + 1, end).filter(|_| body)) else { return };
        let said = Said { subject, class: VerbClass::Say, verb: None, carrier: None };
        self.report(start, comma, said);
    }

    /// «سفیر کا چین پر دھمکانے کا الزام», «رونالڈو کی الزامات کی تردید جبکہ …»: a noun of speech at the end of a headline.
    fn read_headline_noun(&mut self, start: usize, end: usize) {
        let of = |at: usize| self.is_one_of(at, &["کا", "کی", "کے"]);
        let end = (start..end).find(|&at| self.is(at, word::BREAK) || self.is_mark(at, &['،', ','])).unwrap_or(end);
        let Some(noun) = end.checked_sub(1).filter(|&noun| noun > start + 3 && of(noun - 1)) else { return };
        let class = match self.raw(noun) {
            "عزم" | "وعدہ" => VerbClass::Say,
            "الزام" | "دعویٰ" | "دعوی" => VerbClass::Claim,
            "تردید" => VerbClass::Deny,
            "تصدیق" | "اعتراف" => VerbClass::Confirm,
            "انتباہ" | "دھمکی" => VerbClass::Warn,
            "مطالبہ" | "اپیل" | "مشورہ" => VerbClass::Ask,
            "اعلان" | "انکشاف" => VerbClass::Announce,
            _ => return,
        };
        // Both postpositions agree with the noun.
        let owner = |at: usize| self.raw(at) == self.raw(noun - 1) && self.names_speaker(start, at);
        let Some(name) = (start + 1..noun - 2).find(|&at| owner(at)) else { return };
        let Some(subject) = self.phrase(start, name) else { return };
        let verb = Some((self.first_token(noun), self.last_token(noun), 0));
        self.report(name + 1, noun - 1, Said { subject, class, verb, carrier: None });
    }

    fn names_speaker(&self, start: usize, end: usize) -> bool {
        self.is(end - 1, word::ROLE | word::ORG) || self.entity(end - 1).is_some() && end <= start + 8
    }

    /// "Navy could block exports - interior secretary", "… - senator says"
    fn read_headline_dash(&mut self, start: usize, end: usize, speakers: &Speakers) {
        let glued = |at: usize| self.token(at).is_some_and(|token| token.glued);
        let dash = (start + 3..end).rfind(|&at| self.is_mark(at, &['-', '–', '—']) && !glued(at) && !glued(at + 1));
        let Some(dash) = dash else { return };
        let verb = (dash + 2..end).find_map(|at| self.verb_at(at)).filter(|verb| verb.end == end);
        let behind = verb.map_or(end, |verb| verb.start);
        let named = self.headline_name(dash + 1, behind, speakers);
        let role = behind <= dash + 5 && self.is(behind - 1, word::ROLE | word::ORG);
        let role = role && (dash + 1..behind).all(|at| self.is_word(at));
        let Some(subject) = named.or_else(|| self.phrase(dash + 1, behind).filter(|_| role)) else { return };
        let mark = Some((self.first_token(dash), self.last_token(dash), 0));
        let said = verb.map(|verb| self.said(&verb, subject, None));
        let said = said.unwrap_or(Said { subject, class: VerbClass::Say, verb: mark, carrier: None });
        self.report(start, dash, said);
    }

    /// A side of a headline that names somebody who speaks.
    fn headline_name(&self, start: usize, end: usize, speakers: &Speakers) -> Option<Subject> {
        let (start, end) = self.trimmed(self.skip_start(start, end), end)?;
        // «إنفانتينو عشية المونديال: …»
        let end = match self.arabic_subject(start, end) {
            Some((first, behind)) if self.tongue == Tongue::Arabic && first == start && self.is_person(behind - 1) => {
                behind
            }
            _ => end,
        };
        let words = (start..end).filter(|&at| self.is_word(at)).count();
        if words == 0 || words > LONGEST_NAME || self.verb_between(start, end) > 0 {
            return None;
        }
        let Some(Subject::Phrase(first, last, skip)) = self.phrase(start, end) else { return None };
        let known = speakers.of_headline(self, first, last).is_some();
        let role = self.is(start, word::ROLE | word::ORG) && words <= 6 || self.is_person(start) && words <= 4;
        (known || role).then_some(Subject::Phrase(first, last, skip))
    }

    /// Quotations of a headline that the body has again, with its speaker.
    fn echoes(&mut self, told: &mut Vec<Told>) {
        let mut echoes = Vec::new();
        for at in 0..self.items.len() {
            if !self.is_untold(at) || self.words_inside(at) < 3 {
                continue;
            }
            let Some((_, quoted)) = self.quoted(at) else { continue };
            let words = self.folded(quoted.first, quoted.end);
            let source = told
                .iter()
                .filter(|told| told.style == QuoteStyle::Direct)
                .take(MOST)
                .find(|told| told.span.of(self.text).is_some_and(|said| words_of(said).contains(&words)));
            let source = source.or_else(|| self.foreshadowed(at, told));
            if let Some(source) = source {
                let found = Found {
                    style: QuoteStyle::Direct,
                    start: quoted.first,
                    end: quoted.end,
                    subject: Subject::Same,
                    class: source.verb.map_or(VerbClass::Say, |(_, class)| class),
                    verb: None,
                    carrier: source.carrier,
                    inner: false,
                };
                if let Some(mut echo) = self.told(&found, source.speaker, source.carrier, None) {
                    echo.verb = source.verb;
                    echoes.push(echo);
                }
            }
        }
        told.extend(echoes);
    }

    /// A headline's quotation that the body does not have in these words: «"…"؛ واکنش نویسنده». The quotation of the body
    /// that shares most words with it, half of them at least; else, where the headline begins with it, what is said first.
    fn foreshadowed<'t>(&self, at: usize, told: &'t [Told]) -> Option<&'t Told> {
        let (_, quoted) = self.quoted(at)?;
        let folded = self.folded(quoted.first, quoted.end);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let shared = |told: &Told| {
            let said = words_of(told.span.of(self.text).unwrap_or_default());
            words.iter().filter(|word| said.contains(&format!(" {word} "))).count()
        };
        let direct = || told.iter().filter(|told| told.style == QuoteStyle::Direct && told.speaker.is_some()).take(64);
        let best = direct().map(|told| (shared(told), told)).max_by_key(|(shared, _)| *shared);
        if let Some((_, told)) = best.filter(|(shared, _)| shared * 2 >= words.len()) {
            return Some(told);
        }
        let opens = at == 0 && (self.items.len() == 1 || self.is_colon(1) || self.is_comma(1));
        direct().next().filter(|_| opens)
    }

    fn folded(&self, start: usize, end: usize) -> String {
        let tokens = self.tokens.get(start..end).unwrap_or_default();
        let range = tokens.first().zip(tokens.last()).map_or(0..0, |(first, last)| first.start..last.end);
        words_of(self.text.get(range).unwrap_or_default())
    }
}

/// The folded words of a text, with one space before and behind each.
fn words_of(text: &str) -> String {
    let folded = khabar_text::fold(text);
    let mut words = String::from(" ");
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words.push_str(word);
        words.push(' ');
    }
    words
}
