//! T2, the fold key: one spelling for all the ways to type a word, for matching only.

use std::{mem, ops::Range};

use self::class::{Class, ENDS_RUN, class_of, class_of_code, expand};
use crate::{
    alignment::{Aligned, Alignment, Edit, Rule},
    compose::{compose, composed_until},
    scan::{PairTable, WIDE, char_before, char_of, code_at, look_up},
};

mod class;

/// Version of the key: two keys compare only under the same version.
pub const FOLD_VERSION: &str = "fold-1";

/// The rule of all edits in a key's alignment.
const FOLD: Rule = Rule(FOLD_VERSION);

const ELLIPSIS: char = '\u{2026}';

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
        composed = compose(text);
        let text = composed.as_ref().map_or(text, |aligned| &aligned.text);
        folder = Folder::new(text, zwnj, folder.key);
        folder.composed_until = text.len();
        folder.run();
    }
    *out = folder.key;
    if folder.uncomposed
        && let Some(aligned) = compose(out)
    {
        *out = aligned.text;
    }
}

/// What the key has for a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldedChar {
    /// This character, but for runs of full stops and pairs of single quotes, which become one character.
    As(char),
    /// White space: one space for a run of it, none at the edges.
    Space,
    /// A zero-width non-joiner: what [`Zwnj`] says.
    Zwnj,
    /// Nothing.
    Nothing,
    /// Not to be said from the character alone: it may compose with its neighbours, or become several characters.
    Open,
}

/// What the key has for a character, for callers that fold while they read: where no character of a text is
/// [`FoldedChar::Open`], the key is made of these.
///
/// ```
/// use khabar_text::{FoldedChar, fold_char};
/// assert_eq!(fold_char('ی'), FoldedChar::As('ي'));
/// assert_eq!(fold_char('\u{64b}'), FoldedChar::Nothing);
/// assert_eq!(fold_char('\u{654}'), FoldedChar::Open);
/// ```
#[must_use]
pub fn fold_char(c: char) -> FoldedChar {
    match class_of_code(c as usize) {
        Class::Same => FoldedChar::As(c),
        Class::To(folded) => FoldedChar::As(folded),
        Class::Stop => FoldedChar::As('.'),
        Class::Ellipsis => FoldedChar::As(ELLIPSIS),
        Class::Apostrophe => FoldedChar::As('\''),
        Class::Space => FoldedChar::Space,
        Class::Zwnj => FoldedChar::Zwnj,
        Class::Delete => FoldedChar::Nothing,
        Class::Mark | Class::Hamza | Class::Expand => FoldedChar::Open,
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
        folder = Folder::new(text, zwnj, folder.key);
        folder.composed_until = text.len();
        folder.run();
    }
    let uncomposed = folder.uncomposed;
    let folded = folder.into_aligned();
    let last = if uncomposed { compose(&folded.text) } else { None };
    let folded = match first {
        Some(first) => first.then(folded),
        None => folded,
    };
    match last {
        Some(last) => folded.then(last),
        None => folded,
    }
}

/// One pass over a text; with `TRACE` it also notes what changes length.
struct Folder<'t, const TRACE: bool> {
    text: &'t str,
    zwnj: Zwnj,
    ends_run: &'static PairTable,
    key: String,
    /// Where in the text the last character stood that a later one may change or take back (full stop, single
    /// quote, space).
    open: usize,
    /// How far the text is known to be composed at its marks.
    composed_until: usize,
    /// Set when a combining mark follows another character in the key than in the text: it may compose again.
    uncomposed: bool,
    trace: Vec<(Range<usize>, Range<usize>)>,
}

impl<'t, const TRACE: bool> Folder<'t, TRACE> {
    /// Starts over an old buffer.
    fn new(text: &'t str, zwnj: Zwnj, mut key: String) -> Self {
        key.clear();
        key.reserve(text.len());
        Self { text, zwnj, ends_run: &ENDS_RUN, key, open: 0, composed_until: 0, uncomposed: false, trace: Vec::new() }
    }

    /// Folds the whole text; false, half-way, if it has to be composed first, which is rare.
    fn run(&mut self) -> bool {
        let ends_run = self.ends_run;
        let bytes = self.text.as_bytes();
        let mut at = 0;
        // What stays the same is copied in runs.
        let mut run = 0;
        let mut before = b' ';
        while let Some(&byte) = bytes.get(at) {
            let answer = look_up(ends_run, mem::replace(&mut before, byte), byte);
            if answer == 0 {
                at += 1;
                continue;
            }
            // The table answers at the first byte of a wide character, at the last of the others.
            let start = if answer == WIDE || byte < 0x80 { at } else { at - 1 };
            let (code, len) = code_at(bytes, start);
            let class = class_of_code(code);
            at = start + len;
            if class != Class::Same {
                self.copy(run..start);
                if !self.take(class, char_of(code), start..at) {
                    return false;
                }
                run = at;
                before = if self.ends_in_space() { b' ' } else { 0 };
            }
        }
        self.copy(run..at);
        if self.key.ends_with(' ') {
            self.key.pop();
            self.change_last(self.open..at, self.key.len());
        }
        true
    }

    fn copy(&mut self, run: Range<usize>) {
        let same = self.text.get(run.clone()).unwrap_or_default();
        if same.ends_with(' ') {
            self.open = run.end - 1;
        }
        self.key.push_str(same);
    }

    /// True if a further space would be one too many.
    fn ends_in_space(&self) -> bool {
        matches!(self.key.as_bytes().last(), None | Some(b' '))
    }

    fn put(&mut self, c: char, src: Range<usize>) {
        let start = self.key.len();
        self.key.push(c);
        self.note(src, start);
    }

    /// Takes the character `c` at `src`; false if the text has to be composed first.
    #[inline]
    fn take(&mut self, class: Class, c: char, src: Range<usize>) -> bool {
        let start = self.key.len();
        match class {
            Class::Same => self.put(c, src),
            Class::To(folded) => self.put(folded, src),
            Class::Space => self.space(src),
            Class::Zwnj if self.zwnj == Zwnj::Space => self.space(src),
            Class::Zwnj | Class::Delete => self.note(src, start),
            Class::Stop | Class::Ellipsis if self.key.ends_with(['.', ELLIPSIS]) => self.replace_last(ELLIPSIS, src),
            Class::Apostrophe if self.key.ends_with('\'') => self.replace_last('"', src),
            Class::Stop => self.put_open('.', src),
            Class::Ellipsis => self.put_open(ELLIPSIS, src),
            Class::Apostrophe => self.put_open('\'', src),
            Class::Mark => {
                if !self.is_composed_at(src.start) {
                    return false;
                }
                let before = char_before(self.text, src.start);
                self.uncomposed |= self.key.chars().next_back() != before;
                self.put(c, src);
            }
            Class::Hamza => {
                if !self.is_composed_at(src.start) {
                    return false;
                }
                self.note(src, start);
            }
            Class::Expand => {
                self.expand(c);
                self.edit(src, start);
            }
        }
        true
    }

    fn is_composed_at(&mut self, at: usize) -> bool {
        if at >= self.composed_until {
            match composed_until(self.text, at) {
                Some(end) => self.composed_until = end,
                None => return false,
            }
        }
        true
    }

    /// Puts a character that the next one may change or take back.
    fn put_open(&mut self, c: char, src: Range<usize>) {
        self.open = src.start;
        self.put(c, src);
    }

    fn space(&mut self, src: Range<usize>) {
        if self.ends_in_space() {
            self.note(src, self.key.len());
        } else {
            self.put_open(' ', src);
        }
    }

    fn expand(&mut self, form: char) {
        expand(form, |c| match class_of(c) {
            Class::Space if self.ends_in_space() => {}
            Class::Space => self.key.push(' '),
            Class::Delete | Class::Hamza | Class::Zwnj => {}
            Class::To(folded) => self.key.push(folded),
            Class::Mark => {
                self.uncomposed = true;
                self.key.push(c);
            }
            Class::Same | Class::Stop | Class::Ellipsis | Class::Apostrophe | Class::Expand => self.key.push(c),
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
            self.edit(src, start);
        }
    }

    /// Notes that the one character `src` stands in the key from `start` on; no edit if the two are of one length.
    fn note(&mut self, src: Range<usize>, start: usize) {
        if TRACE && src.len() != self.key.len() - start {
            self.edit(src, start);
        }
    }

    fn edit(&mut self, src: Range<usize>, start: usize) {
        if TRACE {
            self.trace.push((src, start..self.key.len()));
        }
    }

    fn into_aligned(self) -> Aligned {
        let edits = self.trace.into_iter().map(|(src, dst)| Edit { src, dst, rule: FOLD }).collect();
        let alignment = Alignment { src_len: self.text.len(), dst_len: self.key.len(), edits, removed: None };
        Aligned { text: self.key, alignment }
    }
}
