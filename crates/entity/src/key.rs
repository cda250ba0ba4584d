//! The spaceless key of a text or a name, with its word edges and the way back to the text.

use khabar_model::Span;
use khabar_text::{Alignment, Zwnj, fold_aligned};

use crate::language::Writing;

/// Stands in the key for punctuation that no name reaches across.
const HARD_BREAK: char = ' ';

const ZWNJ: char = '\u{200c}';

/// The fold key of a text without its spaces: «کره شمالی», «کره‌شمالی» and «کرهشمالی» have the same letters.
///
/// What stood between two letters is kept beside them, so that a name can be told from a fragment of a word. Offsets
/// are bytes of [`Key::letters`].
#[derive(Debug)]
pub(crate) struct Key<'t> {
    text: &'t str,
    alignment: Alignment,
    spaceless: Spaceless,
}

/// The letters of a folded text, and what stood before each.
#[derive(Debug)]
struct Spaceless {
    letters: String,
    /// By byte of `letters`, and one more for its end: what stands before it.
    edges: Vec<Edge>,
    /// By byte of `letters`: its byte in the folded text.
    folded: Vec<u32>,
}

/// What stands between two letters of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    /// Nothing: both belong to one word.
    None,
    /// The writing changes, or letters meet digits: often two words whose space was forgotten.
    Script,
    /// A zero-width non-joiner.
    HalfSpace,
    /// A space, hyphen, apostrophe, underscore, or the dot of an abbreviation: a name may go on behind it.
    Space,
    /// Other punctuation: a name ends here.
    Hard,
}

impl<'t> Key<'t> {
    /// The key of a text or a name.
    pub(crate) fn new(text: &'t str) -> Self {
        let aligned = fold_aligned(text, Zwnj::Delete);
        let spaceless = Spaceless::new(&aligned.text, half_spaces(text, &aligned.alignment));
        Self { text, alignment: aligned.alignment, spaceless }
    }

    /// The letters without what stood between them.
    pub(crate) fn letters(&self) -> &str {
        &self.spaceless.letters
    }

    /// What stands before the letter at an offset; [`Edge::Hard`] at both ends.
    pub(crate) fn edge(&self, offset: usize) -> Edge {
        self.spaceless.edges.get(offset).copied().unwrap_or(Edge::Hard)
    }

    /// The letters without what stood between them, given away.
    pub(crate) fn into_letters(self) -> String {
        self.spaceless.letters
    }

    /// A range of the letters as a range of the text: bytes, without what stands around it, with the vowel signs of
    /// its last letter.
    pub(crate) fn in_text(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let first = *self.spaceless.folded.get(start)? as usize;
        let last = *self.spaceless.folded.get(end.checked_sub(1)?)? as usize;
        let span = self.alignment.to_src(Span::new(first, last + 1).ok()?);
        let behind = self.text.get(span.end()..)?;
        let marks = behind.len() - behind.trim_start_matches(is_vowel_sign).len();
        Some((span.start(), span.end() + marks))
    }

    /// The text that a range of the letters stands for.
    pub(crate) fn text_of(&self, start: usize, end: usize) -> Option<&'t str> {
        let (start, end) = self.in_text(start, end)?;
        self.text.get(start..end)
    }

    /// The character of the text that the letter at an offset comes from.
    pub(crate) fn text_char(&self, offset: usize) -> Option<char> {
        let (start, _) = self.in_text(offset, offset + 1)?;
        self.text.get(start..)?.chars().next()
    }

    /// Start of the word that `offset` lies in, if it is at most `most` letters before it.
    pub(crate) fn start_of_word(&self, offset: usize, most: usize) -> Option<usize> {
        let before = self.letters().get(..offset)?.char_indices().rev().take(most);
        before.map(|(start, _)| start).find(|&start| self.edge(start) != Edge::None)
    }

    /// The letters of a word from `offset` to its end, cut after a few: longer than any suffix is long enough.
    pub(crate) fn rest_of_word(&self, offset: usize) -> &str {
        const ENOUGH: usize = 6;
        let rest = self.letters().get(offset..).unwrap_or_default();
        let mut letters = rest.char_indices().take(ENOUGH);
        let end = letters.find(|&(start, _)| start > 0 && self.edge(offset + start) != Edge::None);
        let end = end.map_or_else(|| rest.char_indices().nth(ENOUGH).map_or(rest.len(), |(end, _)| end), |(end, _)| end);
        rest.get(..end).unwrap_or_default()
    }
}

impl Spaceless {
    /// `half_spaces` are the offsets in the folded text where a ZWNJ was dropped, in ascending order.
    fn new(folded: &str, half_spaces: impl Iterator<Item = usize>) -> Self {
        let mut spaceless = Self {
            letters: String::with_capacity(folded.len()),
            edges: Vec::with_capacity(folded.len() + 1),
            folded: Vec::with_capacity(folded.len()),
        };
        let mut half_spaces = half_spaces.peekable();
        let mut run: Option<usize> = None;
        let mut last: Option<char> = None;
        let mut word_letters = 0;
        for (offset, letter) in folded.char_indices() {
            if !is_letter(letter) {
                run.get_or_insert(offset);
                continue;
            }
            let mut half_space = false;
            while half_spaces.next_if(|&place| place <= offset).is_some() {
                half_space = true;
            }
            let edge = match (last, run.take()) {
                (None, _) => Edge::Hard,
                (Some(_), Some(start)) => between(folded.get(start..offset).unwrap_or_default(), word_letters),
                (Some(_), None) if half_space => Edge::HalfSpace,
                (Some(last), None) if changes_writing(last, letter) => Edge::Script,
                (Some(_), None) => Edge::None,
            };
            if edge == Edge::Hard && last.is_some() {
                spaceless.push(HARD_BREAK, Edge::Hard, offset);
            }
            spaceless.push(letter, edge, offset);
            word_letters = if edge == Edge::None { word_letters + 1 } else { 1 };
            last = Some(letter);
        }
        spaceless.edges.push(Edge::Hard);
        spaceless
    }

    fn push(&mut self, letter: char, edge: Edge, offset: usize) {
        self.letters.push(letter);
        for byte in 0..letter.len_utf8() {
            self.edges.push(if byte == 0 { edge } else { Edge::None });
            // Texts beyond 4 GiB have no spans in this schema.
            self.folded.push(u32::try_from(offset + byte).unwrap_or(u32::MAX));
        }
    }
}

/// The offsets in the folded text where a ZWNJ was dropped, in ascending order.
fn half_spaces(text: &str, alignment: &Alignment) -> impl Iterator<Item = usize> {
    // Most Arabic text has none.
    let edits = if text.contains(ZWNJ) { alignment.edits() } else { &[] };
    edits
        .iter()
        .filter(|edit| text.get(edit.src.clone()).is_some_and(|dropped| dropped.contains(ZWNJ)))
        .map(|edit| edit.dst.end)
}

/// What a run of characters between two letters means; `word_letters` is the length of the word before it.
fn between(run: &str, word_letters: usize) -> Edge {
    let mut characters = run.chars();
    match (characters.next(), characters.next()) {
        (Some(' ' | '-' | '_' | '.' | '\'' | '’' | '·' | '‐'), None) => Edge::Space,
        _ if run.bytes().all(|byte| byte == b' ') => Edge::Space,
        // "St. Petersburg", «أ. ف. ب»: the dot of an abbreviation. Behind a longer word it ends a sentence.
        (Some('.'), Some(' ')) if word_letters <= 2 && characters.all(|character| character == ' ') => Edge::Space,
        _ => Edge::Hard,
    }
}

/// True for what belongs to a word: letters, digits, and the vowel signs of scripts that have them as characters.
fn is_letter(character: char) -> bool {
    match character {
        'a'..='z' | '0'..='9' | '\u{620}'..='\u{64a}' => true,
        ' '..='~' => false,
        '\u{300}'..='\u{36f}' | '\u{5b0}'..='\u{5bd}' => true,
        '\u{964}' | '\u{965}' => false,
        '\u{900}'..='\u{dff}' | '\u{e30}'..='\u{e4e}' | '\u{eb0}'..='\u{ecd}' | '\u{102b}'..='\u{103e}' => true,
        _ => character.is_alphanumeric(),
    }
}

/// True for the marks that the fold key drops behind a letter: harakat and their like, combining accents.
fn is_vowel_sign(character: char) -> bool {
    matches!(character, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{610}'..='\u{61a}' | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{300}'..='\u{36f}')
}

/// True if two letters that touch are of different writings, or a letter of a script without case meets a digit
/// («17دستگاه» is two words, "F16" is one).
fn changes_writing(left: char, right: char) -> bool {
    match (Writing::of(left), Writing::of(right)) {
        (Some(left), Some(right)) => left != right,
        (Some(writing), None) | (None, Some(writing)) => {
            writing != Writing::Cased && (left.is_numeric() || right.is_numeric())
        }
        (None, None) => false,
    }
}
