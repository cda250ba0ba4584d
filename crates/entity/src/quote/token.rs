//! Words, figures and marks of a block, with what the lexicon knows of them.

use khabar_model::Span;
use khabar_text::{Cut, Piece, PieceKind, is_alphanumeric, is_common_letter};

use super::lexicon::{Verb, lexicon, word};
use crate::key::{char_at, fold_word};
use crate::phrases::{Tongue, UNKNOWN};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Word,
    Digits,
    Mark(char),
}

/// A word, a number in figures, or a mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Bytes of the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The piece of the cut that it is, or is of.
    pub(super) piece: u32,
    pub(crate) kind: Kind,
    /// Its id in the lexicon, whole.
    pub(crate) id: u32,
    /// Behind the Arabic conjunction or article that it is written with, if the lexicon has that.
    pub(crate) bare: u32,
    /// `bare` stands behind an article or preposition: only the classes of roles count there.
    behind_article: bool,
    /// The first letter of the folded word: proclitics and articles are told by it.
    pub(crate) first: char,
    /// The folded word begins with the Arabic article, proclitics aside.
    pub(crate) definite: bool,
    /// Classes of the word and of phrases that it is part of.
    pub(crate) classes: u32,
    /// Words of the longest phrase of class START or BREAK that begins here.
    pub(crate) phrase: u8,
    /// No white space before it.
    pub(crate) glued: bool,
    /// Begins with a capital.
    pub(crate) capital: bool,
    /// The entity of which this is a mention, by its place.
    pub(crate) entity: Option<u32>,
}

impl Token {
    /// A token before anything is known of it; its bytes are those of the cut.
    fn new(kind: Kind, first: char, (start, end): (usize, usize), piece: u32, glued: bool) -> Self {
        Self {
            start,
            end,
            piece,
            kind,
            id: UNKNOWN,
            bare: UNKNOWN,
            behind_article: false,
            first,
            definite: false,
            classes: 0,
            phrase: 0,
            glued,
            capital: !matches!(first, '\u{600}'..='\u{6ff}') && first.is_uppercase(),
            entity: None,
        }
    }

    /// True if the word has one of these classes.
    pub(crate) fn is(&self, classes: u32) -> bool {
        self.classes & classes != 0
    }

    /// True for one of these marks.
    pub(crate) fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, Kind::Mark(c) if marks.contains(&c))
    }
}

/// A verb of speech in the tokens of a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VerbAt {
    pub(crate) verb: Verb,
    /// First token, and one past the last.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Written with an Arabic conjunction.
    pub(crate) joined: bool,
    /// Bytes of that conjunction.
    pub(crate) skip: usize,
}

/// Bytes of initials with their stops at most: nobody has so many.
const MOST_INITIALS: usize = 32;

/// What no name has behind a conjunction that it begins with by chance.
const IN_NO_NAME: u32 = word::PREP | word::TIME | word::START | word::BREAK | word::THAT;

const CONJUNCTIONS: [char; 2] = ['و', 'ف'];

/// The tokens of a text that lies at `offset` of the article, and the verbs among them; `mentions` of entities are sorted.
pub(crate) fn tokens(
    cut: &Cut<'_>,
    offset: usize,
    tongue: Tongue,
    mentions: &[(Span, u32)],
) -> (Vec<Token>, Vec<VerbAt>) {
    let mut tokens = split(cut, tongue);
    let first = mentions.partition_point(|(span, _)| span.end() <= offset);
    let mut mentions = mentions.get(first..).unwrap_or_default().iter().peekable();
    for token in &mut tokens {
        token.start += offset;
        token.end += offset;
        while mentions.next_if(|(span, _)| span.end() <= token.start).is_some() {}
        token.entity = mentions.peek().filter(|(span, _)| span.start() < token.end).map(|(_, entity)| *entity);
    }
    let verbs = look_up(cut.text(), offset, tongue, &mut tokens);
    if tongue == Tongue::English {
        mark_ordinals(cut.text(), offset, &mut tokens);
    }
    (tokens, verbs)
}

/// "King Charles I said": the first of his name is no pronoun.
fn mark_ordinals(text: &str, offset: usize, tokens: &mut [Token]) {
    for place in 2..tokens.len() {
        let Some([role, name, last]) = tokens.get_mut(place - 2..=place) else { continue };
        let named = name.kind == Kind::Word && name.capital && (name.entity.is_some() || role.is(word::ROLE));
        if named && text.get(last.start - offset..last.end - offset) == Some("I") {
            last.classes &= !word::PRONOUN;
        }
    }
}

/// The words, figures and marks of a cut, with what the lexicon knows of the words.
fn split(cut: &Cut<'_>, tongue: Tongue) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(cut.pieces().len());
    let mut folded = String::new();
    for (place, piece) in (0..).zip(cut.pieces()) {
        let span = (piece.start(), piece.end());
        match piece.kind {
            PieceKind::Word => {
                let raw = cut.raw(piece);
                let mut token =
                    Token::new(Kind::Word, raw.chars().next().unwrap_or_default(), span, place, piece.is_glued());
                name_word(&mut token, raw, cut.key(piece), tongue);
                tokens.push(token);
            }
            PieceKind::Mark(mark) => tokens.push(Token::new(Kind::Mark(mark), mark, span, place, piece.is_glued())),
            PieceKind::Rough => split_rough(cut, piece, tongue, |mut token| {
                token.piece = place;
                if token.kind == Kind::Word {
                    let raw = cut.text().get(token.start..token.end).unwrap_or_default();
                    name_word(&mut token, raw, fold_word(raw, &mut folded), tongue);
                }
                tokens.push(token);
            }),
        }
    }
    tokens
}

/// Gives the words, figures and marks of a rough piece to `take`.
fn split_rough(cut: &Cut<'_>, piece: &Piece, tongue: Tongue, mut take: impl FnMut(Token)) {
    let text = cut.text().get(..piece.end()).unwrap_or_default();
    let mut glued = piece.is_glued();
    let mut end = piece.start();
    while let Some(c) = char_at(text, end) {
        let start = end;
        end += c.len_utf8();
        let is_common = is_common_letter(c);
        let kind = if !is_common && c.is_whitespace() {
            glued = false;
            continue;
        } else if !is_common && c.is_numeric() {
            let digit = |at| char_at(text, at).filter(|c| c.is_numeric());
            let sign = |at| char_at(text, at).filter(|c| matches!(c, '.' | ',' | '٫' | '٬' | ':' | '/'));
            let goes_on = |at| digit(at).or_else(|| sign(at).filter(|c| digit(at + c.len_utf8()).is_some()));
            while let Some(c) = goes_on(end) {
                end += c.len_utf8();
            }
            Kind::Digits
        } else if is_common || is_alphanumeric(c) {
            let mut ascii = c.is_ascii_alphanumeric();
            while let Some(c) = char_at(text, end) {
                let behind = || text.get(end + c.len_utf8()..);
                let inner = match c {
                    c if is_common_letter(c) => true,
                    '\u{200c}' | '\u{200d}' | '\u{640}' | '\u{64b}'..='\u{655}' | '\u{670}' => true,
                    '\'' | '’' | '-' | '‑' => {
                        tongue == Tongue::English
                            && ascii
                            && behind().is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
                    }
                    // Initials: U.S., H.N.
                    '.' => {
                        tongue == Tongue::English
                            && end - start < MOST_INITIALS
                            && text.get(start..end).is_some_and(|word| word.split('.').all(|part| part.len() == 1))
                            && behind().is_some_and(|rest| {
                                rest.starts_with(|c: char| c.is_uppercase()) || !rest.starts_with(char::is_alphanumeric)
                            })
                    }
                    c => is_alphanumeric(c),
                };
                if !inner {
                    break;
                }
                ascii = c.is_ascii_alphanumeric();
                end += c.len_utf8();
            }
            Kind::Word
        } else {
            Kind::Mark(c)
        };
        take(Token::new(kind, c, (start, end), 0, glued));
        glued = true;
    }
}

/// Looks a word up, with and without what Arabic writes before it and English behind it.
fn name_word(token: &mut Token, raw: &str, folded: &str, tongue: Tongue) {
    let lexicon = lexicon();
    token.id = lexicon.id(folded);
    let mut letters = folded.chars();
    token.first = letters.next().unwrap_or(token.first);
    match tongue {
        Tongue::Arabic => name_arabic(token, raw, letters.as_str()),
        Tongue::English => {
            if token.id == UNKNOWN {
                let rest = folded.strip_suffix("'s").or(folded.strip_suffix("’s"));
                token.id = rest.map_or(UNKNOWN, |rest| lexicon.id(rest));
            }
        }
        Tongue::Persian | Tongue::Urdu => {}
    }
}

/// An Arabic word, and its `rest` behind the first letter: with the article, a conjunction, a preposition.
fn name_arabic(token: &mut Token, raw: &str, rest: &str) {
    let with_article = |word: &str| word.starts_with("ال") || word.starts_with("لل");
    token.definite = match token.first {
        'ا' | 'ل' => rest.starts_with('ل'),
        'و' => with_article(rest) || rest.strip_prefix('ب').is_some_and(with_article),
        'ف' | 'ب' | 'ك' => with_article(rest),
        _ => false,
    };
    // «إلغاء», «ألمانيا» have no article.
    token.definite &= !raw.trim_start_matches(['و', 'ف', 'ب', 'ك']).starts_with(['إ', 'أ', 'آ']);
    if CONJUNCTIONS.contains(&token.first) && rest.chars().nth(1).is_some() {
        token.bare = lexicon().id(rest);
    }
    if token.id == UNKNOWN && token.bare == UNKNOWN {
        let rest = match token.first {
            'و' => rest.strip_prefix("ال"),
            'ا' => rest.strip_prefix('ل'),
            'ل' => rest.strip_prefix('ل').or(Some(rest)),
            'ب' => Some(rest),
            _ => None,
        };
        token.bare = rest.filter(|rest| rest.chars().nth(2).is_some()).map_or(UNKNOWN, |rest| lexicon().id(rest));
        token.behind_article = token.bare != UNKNOWN;
    }
}

/// «رولا بشور فرأت أن»: a verb that the tagger took into the name before it.
fn follows_name(token: &Token, joined: bool, next: Option<&Token>) -> bool {
    const THAT: [&str; 2] = ["ان", "بان"];
    let that = |next: &Token| {
        next.is_mark(&[':']) || THAT.iter().any(|that| next.id != UNKNOWN && next.id == lexicon().id(that))
    };
    joined && token.first == 'ف' && next.is_some_and(|next| next.entity != token.entity && that(next))
}

/// Gives the tokens their classes, and finds the verbs, longest first.
fn look_up(text: &str, offset: usize, tongue: Tongue, tokens: &mut [Token]) -> Vec<VerbAt> {
    let mut verbs: Vec<VerbAt> = Vec::new();
    for place in 0..tokens.len() {
        let Some(&token) = tokens.get(place).filter(|token| token.id != UNKNOWN || token.bare != UNKNOWN) else {
            continue;
        };
        let article = token.behind_article;
        for (id, joined) in [(token.id, false), (token.bare, true)] {
            if id == UNKNOWN {
                continue;
            }
            for entry in lexicon().of(id) {
                if entry.tongue != tongue {
                    continue;
                }
                let behind = tokens.get(place + 1..).unwrap_or_default().iter();
                let Some(words) = entry.matches(behind.map(|token| token.id)) else { continue };
                if let Some(exact) = &entry.meaning.exact {
                    let raw = text.get(token.start - offset..token.end - offset).unwrap_or_default();
                    if raw != &**exact {
                        continue;
                    }
                }
                match entry.meaning.verb {
                    Some(verb) if !(joined && article) => {
                        let end = place + words;
                        // Longest first: what a longer phrase covers is no verb of its own.
                        let named = token.entity.is_some() && !follows_name(&token, joined, tokens.get(place + 1));
                        if verbs.last().is_none_or(|last| last.end <= place) && !named {
                            let skip = if joined { token.first.len_utf8() } else { 0 };
                            verbs.push(VerbAt { verb, start: place, end, joined, skip });
                        }
                    }
                    Some(_) => {}
                    // «فالي نصر» begins with no preposition.
                    None if joined && token.entity.is_some() && entry.meaning.classes & IN_NO_NAME != 0 => {}
                    None => {
                        let mut classes = entry.meaning.classes;
                        if joined && article {
                            classes &= word::ROLE
                                | word::OUTLET
                                | word::ORG
                                | word::VAGUE
                                | word::NAMING
                                | word::EVENT
                                | word::DOCUMENT
                                | word::RULE;
                        }
                        if classes & (word::START | word::BREAK) != 0 {
                            if let Some(token) = tokens.get_mut(place) {
                                token.phrase = token.phrase.max(u8::try_from(words).unwrap_or(u8::MAX));
                                token.classes |= classes & (word::START | word::BREAK);
                            }
                            classes &= !(word::START | word::BREAK);
                        }
                        for token in tokens.get_mut(place..place + words).unwrap_or_default() {
                            token.classes |= classes;
                        }
                    }
                }
            }
        }
    }
    verbs
}
