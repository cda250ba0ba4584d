//! A block as words, marks and whole quotations, in sentences: what the grammars of the four languages read.

use khabar_model::{Entity, EntityType, QuoteStyle, Span, VerbClass};
use khabar_text::Cut;

use super::lexicon::{Frame, Verb, word};
use super::mark::{Quoted, STOPS, closing, quotations};
use super::speaker::Names;
use super::token::{Kind, Token, VerbAt, tokens};
use crate::phrases::Tongue;

/// Most items of a reported clause.
pub(super) const LONGEST: usize = 400;

/// Most words of an Arabic name in marks.
const LONGEST_NAME: usize = 7;

/// A mark that nothing closes opens speech only where speech begins: at the start of a block, or behind one of these.
const BEGINS: [char; 11] = [':', '،', ',', '-', '—', '–', '.', '!', '?', '؟', '۔'];

/// Most items of a sentence: grammars look back to where it begins, and a text without full stops has to take time in
/// proportion to its length.
const LONGEST_SENTENCE: usize = 800;

/// A word, a figure or a mark; or a whole quotation, which no grammar looks into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// Place of the token.
    Token(usize),
    /// Place of the quotation.
    Quoted(usize),
}

/// Who speaks, as far as the sentence says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The tokens that name the speaker: first, one past the last; bytes of proclitics before the name.
    Phrase(usize, usize, usize),
    /// The verb alone: the speaker of before.
    Same,
}

/// Whoever is not named: an empty phrase.
pub(super) const NOBODY: Subject = Subject::Phrase(0, 0, 0);

/// A quote of a block; places are those of tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) style: QuoteStyle,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Bytes of proclitics before the first word.
    pub(super) subject: Subject,
    pub(super) class: VerbClass,
    /// First token of the verb, one past the last, bytes of its conjunction.
    pub(super) verb: Option<(usize, usize, usize)>,
    /// Entity that carries it.
    pub(super) carrier: Option<u32>,
    /// Inside of another quote: who speaks there does not go on speaking behind it.
    pub(super) inner: bool,
}

/// The tokens of a block and all that was found in them.
pub(super) struct Reader<'d> {
    pub(super) text: &'d str,
    pub(super) cut: &'d Cut<'d>,
    pub(super) tongue: Tongue,
    pub(super) entities: &'d [Entity<Span>],
    pub(super) tokens: Vec<Token>,
    pub(super) quotes: Vec<Quoted>,
    pub(super) items: Vec<Item>,
    pub(super) verbs: Vec<VerbAt>,
    /// First item of each sentence, and one past its last.
    pub(super) sentences: Vec<(usize, usize)>,
    pub(super) found: Vec<Found>,
    /// By quotation: it was told who says it, or that nobody does.
    pub(super) taken: Vec<bool>,
    /// What those who spoke before are called.
    pub(super) names: &'d Names,
    /// What is read now is inside of a quote.
    pub(super) inside: bool,
    /// What is read now is a headline.
    pub(super) headline: bool,
    /// First token and subject of sentences in which nobody speaks.
    pub(super) subjects: Vec<(usize, Subject)>,
    /// The block ends with a colon: what the next one says.
    pub(super) announced: Option<Said>,
    /// The block before ended with a colon, or within a quotation.
    pub(super) expects: bool,
    /// Verbs by token, of the whole block.
    pub(super) all_verbs: Vec<VerbAt>,
}

impl<'d> Reader<'d> {
    /// Reads the block that `text` has at `span`, cut.
    pub(super) fn new(
        text: &'d str,
        span: Span,
        cut: &'d Cut<'d>,
        tongue: Tongue,
        entities: &'d [Entity<Span>],
        mentions: &[(Span, u32)],
        names: &'d Names,
    ) -> Self {
        let (tokens, verbs) = tokens(cut, span.start(), tongue, mentions);
        let mut quotes = quotations(&tokens);
        quotes.retain(|quoted| {
            let before = quoted.open.checked_sub(1).and_then(|before| tokens.get(before));
            quoted.closed || before.is_none_or(|before| before.is_mark(&BEGINS))
        });
        let end = tokens.len();
        let taken = vec![false; quotes.len()];
        let mut reader = Self {
            text,
            cut,
            tongue,
            entities,
            tokens,
            quotes,
            items: Vec::new(),
            verbs: Vec::new(),
            sentences: Vec::new(),
            found: Vec::new(),
            taken,
            names,
            inside: false,
            headline: false,
            subjects: Vec::new(),
            announced: None,
            expects: false,
            all_verbs: verbs,
        };
        reader.look_at(0, end, 0);
        reader
    }

    /// Reads on in a quotation that the block before opened, if the first mark of this one closes it.
    /// A block without marks is all of the quotation if one behind it `closes` it.
    pub(super) fn read_on(&mut self, closes: bool) {
        let all = self.tokens.len();
        let (end, width) = match closing(&self.tokens) {
            Some(mark) => mark,
            None if closes && self.quotes.is_empty() && all > 0 => (all, 0),
            None => return,
        };
        if self.quotes.first().is_some_and(|quoted| quoted.open < end) {
            return;
        }
        let closed = end < all;
        self.quotes.insert(0, Quoted { open: 0, first: 0, end, behind: end + width, closed, depth: 0 });
        self.taken.insert(0, false);
        self.look_at(0, self.tokens.len(), 0);
    }

    /// True if the block ends within a quotation.
    pub(super) fn is_open(&self) -> bool {
        self.quotes.iter().any(|quoted| !quoted.closed && quoted.depth == 0)
    }

    /// Makes the items of the tokens from one place to another; quotations of `depth` are whole.
    pub(super) fn look_at(&mut self, start: usize, end: usize, depth: usize) {
        self.items.clear();
        self.items.reserve(end - start);
        self.verbs.clear();
        let first = self.quotes.partition_point(|quoted| quoted.open < start);
        let quotes = self.quotes.iter().enumerate().skip(first).take_while(|(_, quoted)| quoted.open < end);
        let mut quotes = quotes.filter(|(_, quoted)| quoted.depth == depth).peekable();
        let first = self.all_verbs.partition_point(|verb| verb.start < start);
        let verbs = self.all_verbs.get(first..).unwrap_or_default().iter();
        let mut verbs = verbs.take_while(|verb| verb.start < end).filter(|verb| verb.end <= end).peekable();
        let mut at = start;
        while at < end {
            while quotes.next_if(|(_, quoted)| quoted.open < at).is_some() {}
            while verbs.next_if(|verb| verb.start < at).is_some() {}
            let opens = quotes.peek().map_or(end, |(_, quoted)| quoted.open);
            let verb = verbs.peek().filter(|verb| verb.start < opens);
            let next = verb.map_or(opens, |verb| verb.start);
            self.items.extend((at..next).map(Item::Token));
            at = next;
            if let Some(verb) = verb {
                if !self.is_noun(verb) {
                    let first = self.items.len();
                    self.verbs.push(VerbAt { start: first, end: first + verb.end - verb.start, ..**verb });
                }
                self.items.push(Item::Token(at));
                at += 1;
            } else if let Some((place, quoted)) = quotes.peek() {
                self.items.push(Item::Quoted(*place));
                at = quoted.behind.max(at + 1);
            }
        }
        self.sentences = self.split();
    }

    fn split(&self) -> Vec<(usize, usize)> {
        let mut sentences = Vec::new();
        let mut start = 0;
        for at in 0..self.items.len() {
            if self.ends_sentence(at) || at + 1 - start >= LONGEST_SENTENCE {
                sentences.push((start, at + 1));
                start = at + 1;
            }
        }
        if start < self.items.len() {
            sentences.push((start, self.items.len()));
        }
        sentences
    }

    fn ends_sentence(&self, at: usize) -> bool {
        match self.items.get(at) {
            Some(Item::Quoted(place)) => {
                let Some(quoted) = self.quotes.get(*place) else { return false };
                let ended = quoted.end.checked_sub(1).and_then(|last| self.tokens.get(last));
                let ended = ended.is_some_and(|last| last.is_mark(&STOPS));
                let goes_on = match self.token(at + 1) {
                    // "“… wrong.” “I am worried,” she said."
                    None => self.tongue != Tongue::English || !self.begins_with_capital(at + 1),
                    Some(next) => matches!(next.kind, Kind::Mark(c) if c != '«' && c != '“' && c != '"'),
                };
                // "“… lives.” She said residents had …"
                let anew = self.tongue == Tongue::English
                    && ended
                    && self.token(at + 1).is_some_and(|next| next.capital && next.is(word::PRONOUN));
                ended && !goes_on && (anew || !self.attributes_behind(at + 1))
            }
            Some(Item::Token(place)) => {
                let Some(token) = self.tokens.get(*place) else { return false };
                if !token.is_mark(&['.', '!', '?', '؟', '۔', '…']) {
                    return false;
                }
                // "D-Minn., in March", "Acme Inc. said"
                let glued_on = self.token(at + 1).is_some_and(|next| {
                    next.glued && (matches!(next.kind, Kind::Word | Kind::Digits) || next.is_mark(&[',', ';']))
                        || self.tongue == Tongue::English
                            && token.is_mark(&['.'])
                            && next.kind == Kind::Word
                            && !next.capital
                            && next.first.is_ascii_lowercase()
                });
                let short = token.is_mark(&['.'])
                    && token.glued
                    && self.token(at.wrapping_sub(1)).is_some_and(|before| {
                        self.tongue == Tongue::English
                            && before.capital
                            && (before.is(word::TITLE | word::RANK) || self.is_abbreviated(at - 1))
                            || before.end - before.start <= 2
                                && before.kind == Kind::Word
                                && self.token(at + 1).is_some()
                                && (self.tongue != Tongue::English || before.capital && before.end - before.start == 1)
                    });
                !glued_on && !short
            }
            None => false,
        }
    }

    fn begins_with_capital(&self, at: usize) -> bool {
        let first = self.quoted(at).and_then(|(_, quoted)| self.tokens.get(quoted.first));
        first.is_some_and(|first| first.capital)
    }

    /// "Dec. 15", "Sen. Smith", "Foo Inc. said".
    fn is_abbreviated(&self, at: usize) -> bool {
        const SHORT: [&str; 28] = [
            "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Rep", "Sen", "Gov",
            "Inc", "Corp", "Co", "Ltd", "St", "No", "Jr", "Sr", "Mt", "vs", "Ave", "Calif", "Pres",
        ];
        let name = matches!(self.raw(at), "Inc" | "Corp" | "Co" | "Ltd" | "Jr" | "Sr");
        // "No. 10", and not "No. The clinic said"
        let number = self.raw(at) != "No" || self.token(at + 2).is_some_and(|next| next.kind == Kind::Digits);
        SHORT.contains(&self.raw(at)) && number && !(name && self.token(at + 2).is_none_or(|next| next.capital))
    }

    /// True if a verb of speech that has no complement of its own stands behind a quotation: "…!" cried the mayor.
    fn attributes_behind(&self, at: usize) -> bool {
        let reach = if matches!(self.tongue, Tongue::Arabic | Tongue::English) { 1 } else { 9 };
        for place in at..(at + reach + 5).min(self.items.len()) {
            match self.token(place) {
                Some(token) if token.is_mark(&['.', '،', ',', ':', '۔', '؛', '!', '?', '؟']) => return false,
                Some(_) => {}
                None => return false,
            }
            if let Some(verb) = self.verb_at(place) {
                let behind = self.token(verb.end);
                let complement =
                    behind.is_some_and(|next| next.is(word::THAT) || next.is_mark(&[':'])) || self.is_quoted(verb.end);
                return !complement && (place <= at + reach) && !verb.joined;
            }
        }
        false
    }

    /// Trims marks, and words of class FILLER for a subject, from both ends; none if nothing is left.
    pub(super) fn trimmed(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        // «22%», "$35 million"
        const UNITS: [char; 9] = ['%', '٪', '‰', '°', '$', '£', '€', '₹', '¥'];
        let is_edge = |at: usize| matches!(self.token(at).map(|token| token.kind), Some(Kind::Mark(mark)) if !UNITS.contains(&mark));
        let (mut start, mut end) = (start, end);
        while start < end && is_edge(start) {
            start += 1;
        }
        // «… الإمام (ره)»
        let closes = |end: usize| {
            self.is_mark(end - 1, &[')'])
                && (start..end - 1)
                    .rev()
                    .take(8)
                    .find(|&at| self.is_mark(at, &['(', ')']))
                    .is_some_and(|at| self.is_mark(at, &['(']))
        };
        while start < end && is_edge(end - 1) && !closes(end) {
            end -= 1;
        }
        (start < end).then_some((start, end))
    }

    /// A subject from one item to another.
    pub(super) fn phrase(&self, start: usize, end: usize) -> Option<Subject> {
        let (start, end) = self.trimmed(start, end)?;
        Some(Subject::Phrase(self.first_token(start), self.last_token(end - 1), 0))
    }

    /// Takes in a reported clause, and the quotations that are part of it.
    pub(super) fn report(&mut self, start: usize, end: usize, said: Said) {
        let Some((start, end)) = self.trimmed(start, end) else {
            self.announced = Some(said).filter(|_| start > 0 && start >= self.items.len() && self.is_colon(start - 1));
            return;
        };
        let whole = end == start + 1 && self.is_quoted(start);
        let words = (start..end).filter(|&at| self.is_word(at) || self.is_quoted(at)).count();
        if !whole && words > 0 {
            let (first, last) = (self.first_token(start), self.last_token(end - 1));
            self.push(QuoteStyle::Indirect, first, last, said);
        }
        for at in start..end {
            if self.is_quoted(at) && (whole || self.is_speech_inside(at)) {
                self.speak(at, said);
            }
            if let Some((place, _)) = self.quoted(at)
                && let Some(taken) = self.taken.get_mut(place)
            {
                *taken = true;
            }
        }
    }

    /// True if a quotation behind a colon is all that is said: no name at the start of a longer clause.
    pub(super) fn is_whole(&self, at: usize) -> bool {
        self.words_inside(at) > 4
            || !self.is_word(at + 1)
            || self.is_one_of(at + 1, &["و", "and"])
            || self.verb_at(at + 1).is_some()
    }

    /// Takes in a quotation.
    pub(super) fn speak(&mut self, at: usize, said: Said) {
        let Some((place, quoted)) = self.quoted(at) else { return };
        if self.taken.get(place).copied().unwrap_or(true) {
            return;
        }
        if let Some(taken) = self.taken.get_mut(place) {
            *taken = true;
        }
        self.push(QuoteStyle::Direct, quoted.first, quoted.end, said);
    }

    pub(super) fn push(&mut self, style: QuoteStyle, start: usize, end: usize, said: Said) {
        self.found.push(Found {
            style,
            start,
            end,
            subject: said.subject,
            class: said.class,
            verb: said.verb,
            carrier: said.carrier,
            inner: self.inside,
        });
    }

    /// What a verb says, for [`Self::report`] and [`Self::speak`].
    pub(super) fn said(&self, verb: &VerbAt, subject: Subject, carrier: Option<u32>) -> Said {
        let (start, end) = (self.first_token(verb.start), self.last_token(verb.end - 1));
        Said { subject, class: verb.verb.class, verb: Some((start, end, verb.skip)), carrier }
    }

    /// True if a quotation inside of a reported clause is of the speaker's words, and no name or title.
    fn is_speech_inside(&self, at: usize) -> bool {
        let Some((_, quoted)) = self.quoted(at) else { return false };
        if self.names_somebody(at) {
            return false;
        }
        // «با پای خودش», ’ایک صفحے پر‘ is no name, whatever stands before it.
        let last = quoted.end.checked_sub(1).and_then(|last| self.tokens.get(last));
        let last = last.and_then(|last| self.text.get(last.start..last.end)).unwrap_or_default();
        let postposed =
            self.tongue == Tongue::Urdu && matches!(last, "میں" | "پر" | "سے" | "تک" | "نہیں" | "ہے" | "ہیں");
        let phrase = (postposed || self.tokens.get(quoted.first).is_some_and(|token| token.is(word::PREP)))
            && self.words_inside(at) > 1;
        // «الوزارة «تكتفي بالوعود»»: the ministry is named already.
        let long = self.words_inside(at) > 2
            && self.tongue == Tongue::Arabic
            && at > 0
            && self.token(at - 1).is_some_and(|before| before.definite && !before.is(word::NAMING));
        // «يشمل تمرين "فريدوم غارديان بالإضافة إلى مناورتين تدريبيتين …"»: no name is so long, if no title.
        let long = long
            || self.words_inside(at) > LONGEST_NAME
                && self.tongue == Tongue::Arabic
                && at > 0
                && !self.is_one_of(at - 1, &["عنوان", "بعنوان", "شعار", "بشعار"]);
        if at > 0 && !phrase && !long && self.is(at - 1, word::NAMING | word::ORG | word::OUTLET | word::TITLE) {
            return false;
        }
        if at > 1
            && !postposed
            && self.is(at - 2, word::NAMING)
            && self.is_one_of(at - 1, &["به", "بـ", "ب", "کا", "کے", "کو"])
        {
            return false;
        }
        let words: Vec<&Token> = self
            .tokens
            .get(quoted.first..quoted.end)
            .unwrap_or_default()
            .iter()
            .filter(|token| token.kind == Kind::Word)
            .collect();
        // «فیلم «تک‌خال» و «تاکسی نارنجی»»: the second of two names.
        let second = at > 2 && self.is_quoted(at - 2) && self.is_one_of(at - 1, &["و", "and", "اور", "أو", "یا"]);
        if second && self.is(at - 3, word::NAMING | word::ORG | word::OUTLET) {
            return false;
        }
        // «بـ"العادي"»: a nickname or term behind a preposition that is written with it.
        if at > 0
            && self.token(at).is_none()
            && self.is_one_of(at - 1, &["لـ", "ل", "بـ", "ب", "کی", "کا"])
            && words.len() < 3
        {
            return false;
        }
        if self.tongue == Tongue::English && words.iter().all(|token| token.capital) {
            return false;
        }
        !words.is_empty()
    }

    /// Words in a quotation.
    pub(super) fn words_inside(&self, at: usize) -> usize {
        self.quoted(at).map_or(0, |(_, quoted)| {
            let inside = self.tokens.get(quoted.first..quoted.end).unwrap_or_default();
            inside
                .iter()
                .filter(|token| token.kind != Kind::Mark('.') && matches!(token.kind, Kind::Word | Kind::Digits))
                .count()
        })
    }
}

/// Who says something, and with which verb.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub(super) subject: Subject,
    pub(super) class: VerbClass,
    pub(super) verb: Option<(usize, usize, usize)>,
    pub(super) carrier: Option<u32>,
}

/// True for newspapers, agencies, broadcasters.
pub(super) fn is_media(entity: &Entity<Span>) -> bool {
    // Spies, police and space have agencies too.
    const OTHER: [&str; 24] = [
        "ntelligence",
        "Security",
        "Space",
        "Directorate",
        "Bureau",
        "Investigation",
        "Administration",
        "Energy",
        "Disease",
        "Ministry",
        "GRU",
        "FSB",
        "KGB",
        "MI5",
        "MI6",
        "CIA",
        "FBI",
        "NASA",
        "ISRO",
        "Mossad",
        "pol",
        "Gestapo",
        "Bundesnachrichtendienst",
        "Atomic",
    ];
    let canonical = entity.canonical.as_deref().unwrap_or_default();
    match entity.subtype.as_deref() {
        Some("outlet" | "website") => entity.kind != EntityType::Per,
        Some("agency") => !OTHER.iter().any(|word| canonical.contains(word)),
        _ => false,
    }
}

impl Verb {
    /// True if it takes one of these complements.
    pub(super) fn takes(&self, bits: u32) -> bool {
        self.takes & bits != 0
    }

    pub(super) fn is(&self, frame: Frame) -> bool {
        self.frame == frame
    }
}
