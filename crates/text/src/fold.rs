//! T2, the fold key: one spelling for all the ways to type a word, for matching only.

use std::{mem, ops::Range};

use self::class::{Class, TABLE, Table, class_of, expand};
use crate::{
    alignment::{Aligned, Alignment, Edit, Rule},
    compose::compose,
};

mod class;

/// Version of the key: two keys compare only under the same version.
pub const FOLD_VERSION: &str = "fold-1";

/// The rule of all edits in a key's alignment.
const FOLD: Rule = Rule(FOLD_VERSION);

/// What the key has in place of a ZWNJ. Persian writes می‌شود, می شود and میشود: two texts should match if either
/// key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zwnj {
    /// Nothing: the parts are one word.
    Delete,
    /// A space: the parts are words.
    Space,
}

/// The key of a text, without ZWNJ.
///
/// In this order: NFC; presentation forms and ligatures as letters; no harakat, tatweel, direction marks and
/// zero-width characters; أ إ ٱ as ا; ة as ه; ى and ی as ي; ک and ڪ as ك; digits, punctuation and quotes as in ASCII,
/// … for any run of full stops; case folded; white space as single spaces, none at the edges. Letters that only look
/// alike stay apart: آ, Urdu ہ ھ ے ں, Kurdish ە ێ ۆ, Pashto ې ۍ.
///
/// ```
/// use khabar_text::fold;
/// assert_eq!(fold("  الجمهوريّة الإسلاميـــة "), fold("الجمهوریه الاسلامیه"));
/// assert_ne!(fold("ہے"), fold("هي"));
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut key = String::new();
    fold_with(text, Zwnj::Delete, &mut key);
    key
}

/// Writes the key of a text into `out`, in place of what it held: one buffer serves a whole run.
pub fn fold_with(text: &str, zwnj: Zwnj, out: &mut String) {
    let mut folder = Folder::<false>::new(text, zwnj, mem::take(out));
    let composed;
    if !folder.run() {
        // Rare: letters written with combining marks. The key is that of the composed text.
        composed = compose(text).map(|aligned| aligned.text);
        let text = composed.as_deref().unwrap_or(text);
        folder = Folder::new(text, zwnj, folder.key);
        folder.composed = true;
        folder.run();
    }
    *out = folder.key;
    if folder.marks
        && let Some(aligned) = compose(out)
    {
        *out = aligned.text;
    }
}

/// The key of a text, and where it came from. The alignment maps spans between key and text; only what changes its
/// length is an edit, and it cannot be undone.
///
/// ```
/// use khabar_text::{Zwnj, fold_aligned};
/// let text = "قالت «الجزيرة»";
/// let key = fold_aligned(text, Zwnj::Delete);
/// let hit = key.text.find("الجزيره").unwrap();
/// let span = khabar_model::Span::new(hit, hit + "الجزيره".len()).unwrap();
/// assert_eq!(key.alignment.to_src(span).of(text), Some("الجزيرة"));
/// ```
#[must_use]
pub fn fold_aligned(text: &str, zwnj: Zwnj) -> Aligned {
    let mut folder = Folder::<true>::new(text, zwnj, String::new());
    let mut first = None;
    if !folder.run() {
        first = compose(text);
        let text = first.as_ref().map_or(text, |aligned| &aligned.text);
        folder = Folder::new(text, zwnj, String::new());
        folder.composed = true;
        folder.run();
    }
    let marks = folder.marks;
    let folded = folder.into_aligned();
    let last = if marks { compose(&folded.text) } else { None };
    let mut aligned = match first {
        Some(first) => first.then(folded),
        None => folded,
    };
    if let Some(last) = last {
        aligned = aligned.then(last);
    }
    aligned
}

/// One pass over a text; with `TRACE` it also notes what changes length.
struct Folder<'t, const TRACE: bool> {
    text: &'t str,
    zwnj: Zwnj,
    table: &'static Table,
    key: String,
    /// Set when the text is known to be composed.
    composed: bool,
    /// Set when the key holds a combining mark, which may have to be composed again after the fold.
    marks: bool,
    /// Where in the text the last character stood that a later one may change or take back (full stop, single
    /// quote, space).
    open: usize,
    trace: Vec<(Range<usize>, Range<usize>)>,
}

impl<'t, const TRACE: bool> Folder<'t, TRACE> {
    /// Starts over an old buffer.
    fn new(text: &'t str, zwnj: Zwnj, mut key: String) -> Self {
        key.clear();
        key.reserve(text.len());
        Self { text, zwnj, table: &TABLE, key, composed: false, marks: false, open: 0, trace: Vec::new() }
    }

    /// Folds the whole text; false, half-way, if it has to be composed first.
    fn run(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(&first) = bytes.get(at) {
            let (code, len) = match first {
                0..0x80 => (usize::from(first), 1),
                0x80..0xe0 => {
                    let second = bytes.get(at + 1).copied().unwrap_or_default();
                    (usize::from(first & 0x1f) << 6 | usize::from(second & 0x3f), 2)
                }
                _ => {
                    let Some(c) = self.text.get(at..).and_then(|rest| rest.chars().next()) else { return true };
                    (c as usize, c.len_utf8())
                }
            };
            let class = match self.table.get(code) {
                Some(class) => *class,
                None => class_of(char::from_u32(code as u32).unwrap_or_default()),
            };
            if let Class::To(c) = class {
                self.put(c, at..at + len);
            } else if !self.take(class, at..at + len) {
                return false;
            }
            at += len;
        }
        if self.key.ends_with(' ') {
            self.key.pop();
            self.change_last(self.open..at, self.key.len());
        }
        true
    }

    fn put(&mut self, c: char, src: Range<usize>) {
        let start = self.key.len();
        self.key.push(c);
        self.note(src, start);
    }

    /// Takes a character that is not just another letter; false if the text has to be composed first.
    fn take(&mut self, class: Class, src: Range<usize>) -> bool {
        let start = self.key.len();
        match class {
            Class::To(c) => self.put(c, src),
            Class::Space => self.space(src),
            Class::Zwnj if self.zwnj == Zwnj::Space => self.space(src),
            Class::Zwnj | Class::Delete => self.note(src, start),
            Class::Stop(_) if self.key.ends_with(['.', '\u{2026}']) => self.replace_last('\u{2026}', src),
            Class::Apostrophe if self.key.ends_with('\'') => self.replace_last('"', src),
            Class::Stop(c) => {
                self.open = src.start;
                self.put(c, src);
            }
            Class::Apostrophe => {
                self.open = src.start;
                self.put('\'', src);
            }
            Class::Mark(_) | Class::Hamza if !self.composed => return false,
            Class::Mark(c) => {
                self.marks = true;
                self.put(c, src);
            }
            Class::Hamza => self.note(src, start),
            Class::Expand => {
                self.expand(src.clone());
                self.note(src, start);
            }
        }
        true
    }

    fn space(&mut self, src: Range<usize>) {
        if self.key.is_empty() || self.key.ends_with(' ') {
            self.note(src, self.key.len());
        } else {
            self.open = src.start;
            self.put(' ', src);
        }
    }

    fn expand(&mut self, src: Range<usize>) {
        let Some(form) = self.text.get(src).and_then(|form| form.chars().next()) else { return };
        expand(form, |c| match class_of(c) {
            Class::Space if self.key.is_empty() || self.key.ends_with(' ') => {}
            Class::Space => self.key.push(' '),
            Class::Delete | Class::Hamza | Class::Zwnj => {}
            Class::To(c) => self.key.push(c),
            Class::Mark(c) => {
                self.marks = true;
                self.key.push(c);
            }
            Class::Stop(_) | Class::Apostrophe | Class::Expand => self.key.push(c),
        });
    }

    /// Puts `c` in place of the last character of the key, for that one and for `src`.
    fn replace_last(&mut self, c: char, src: Range<usize>) {
        self.key.pop();
        let start = self.key.len();
        self.key.push(c);
        self.change_last(self.open..src.end, start);
    }

    /// Notes that `src`, which ends here and takes in what was open, stands in the key from `start` on.
    fn change_last(&mut self, src: Range<usize>, start: usize) {
        if TRACE {
            while self.trace.last().is_some_and(|(last, _)| last.start >= src.start) {
                self.trace.pop();
            }
            self.note(src, start);
        }
    }

    /// Notes that `src` stands in the key from `start` on, unless the two are of one length.
    fn note(&mut self, src: Range<usize>, start: usize) {
        let dst = start..self.key.len();
        if TRACE && src.len() != dst.len() {
            self.trace.push((src, dst));
        }
    }

    fn into_aligned(self) -> Aligned {
        let edits = self.trace.into_iter().map(|(src, dst)| Edit { src, dst, rule: FOLD }).collect();
        let alignment = Alignment { src_len: self.text.len(), dst_len: self.key.len(), edits, removed: None };
        Aligned { text: self.key, alignment }
    }
}
