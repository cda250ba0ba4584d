//! As much of Thrift's compact protocol as it takes to look at a footer before it is believed, and to read page heads.
//!
//! The parquet crate builds what a footer describes by recursion and reserves what it promises; a hostile one is found
//! here first. Steps are bounded by the bytes, depth by [`MAX_DEPTH`].

/// Structures within structures that are passed over.
const MAX_DEPTH: u32 = 32;

/// Groups within groups of a schema.
const MAX_SCHEMA_DEPTH: usize = 64;

/// Why bytes are no Thrift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// They end too early.
    Short,
    /// They are something else.
    Wrong,
}

/// The head of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PageHead {
    pub(super) kind: i64,
    /// Bytes of the page, expanded.
    pub(super) expanded: i64,
    /// Bytes of the page in the file, behind this head.
    pub(super) stored: i64,
    pub(super) values: i64,
    pub(super) encoding: i64,
    /// Encodings of the levels, of a data page of version 1.
    pub(super) definition_encoding: i64,
    pub(super) repetition_encoding: i64,
    /// Of a data page of version 2.
    pub(super) nulls: i64,
    pub(super) rows: i64,
    pub(super) definition_bytes: i64,
    pub(super) repetition_bytes: i64,
    pub(super) is_compressed: bool,
    pub(super) is_sorted: bool,
    /// Whether there was a head for the kind of page.
    pub(super) is_whole: bool,
}

/// Kinds of pages.
pub(super) const DATA: i64 = 0;
pub(super) const DICTIONARY: i64 = 2;
pub(super) const DATA_V2: i64 = 3;

impl PageHead {
    /// Reads a head; returns its length beside it.
    pub(super) fn parse(bytes: &[u8]) -> Result<(Self, usize), Fault> {
        let mut thrift = Thrift { bytes, at: 0 };
        let mut head = Self { is_compressed: true, ..Self::default() };
        thrift.fields(0, &mut |thrift, id, kind| {
            match (id, kind) {
                (1, I32) => head.kind = thrift.number()?,
                (2, I32) => head.expanded = thrift.number()?,
                (3, I32) => head.stored = thrift.number()?,
                (5 | 7 | 8, STRUCT) => {
                    let own = matches!((id, head.kind), (5, DATA) | (7, DICTIONARY) | (8, DATA_V2));
                    head.is_whole |= own;
                    thrift.fields(1, &mut |thrift, inner, kind| {
                        if own { head.inner(thrift, id, inner, kind) } else { Ok(false) }
                    })?;
                }
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok((head, thrift.at))
    }

    /// Reads one field of the head for a kind of page; false if it is none that matters.
    fn inner(&mut self, thrift: &mut Thrift<'_>, page: i16, id: i16, kind: u8) -> Result<bool, Fault> {
        let slot = match (page, id) {
            (_, 1) => &mut self.values,
            (5 | 7, 2) | (8, 4) => &mut self.encoding,
            (5, 3) => &mut self.definition_encoding,
            (5, 4) => &mut self.repetition_encoding,
            (8, 2) => &mut self.nulls,
            (8, 3) => &mut self.rows,
            (8, 5) => &mut self.definition_bytes,
            (8, 6) => &mut self.repetition_bytes,
            (8, 7) if kind <= BOOL_FALSE => {
                self.is_compressed = kind == BOOL_TRUE;
                return Ok(true);
            }
            (7, 3) if kind <= BOOL_FALSE => {
                self.is_sorted = kind == BOOL_TRUE;
                return Ok(true);
            }
            _ => return Ok(false),
        };
        if kind != I32 {
            return Ok(false);
        }
        *slot = thrift.number()?;
        Ok(true)
    }
}

/// Whether a footer is sound: its schema is no deeper than may be, and promises no more than it has.
pub(super) fn is_sound_footer(bytes: &[u8]) -> Result<bool, Fault> {
    let mut thrift = Thrift { bytes, at: 0 };
    let mut children = Vec::new();
    thrift.fields(0, &mut |thrift, id, kind| {
        if (id, kind) != (2, LIST) {
            return Ok(false);
        }
        let (count, of) = thrift.list()?;
        if of != STRUCT {
            return Err(Fault::Wrong);
        }
        for _ in 0..count {
            let mut own = 0;
            thrift.fields(1, &mut |thrift, id, kind| {
                if (id, kind) == (5, I32) {
                    own = thrift.number()?;
                    return Ok(true);
                }
                Ok(false)
            })?;
            children.push(own);
        }
        Ok(true)
    })?;
    Ok(is_sound_tree(&children))
}

/// Whether these numbers of children, in the order of a walk, are one tree that is not too deep.
fn is_sound_tree(children: &[i64]) -> bool {
    let mut open: Vec<i64> = Vec::new();
    for (nth, count) in children.iter().enumerate() {
        if *count < 0 || *count >= children.len() as i64 || open.len() > MAX_SCHEMA_DEPTH {
            return false;
        }
        match open.last_mut() {
            Some(left) => *left -= 1,
            None if nth > 0 => return false,
            None => {}
        }
        open.push(*count);
        while open.last() == Some(&0) {
            open.pop();
        }
    }
    open.is_empty() && !children.is_empty()
}

const BOOL_TRUE: u8 = 1;
const BOOL_FALSE: u8 = 2;
const I32: u8 = 5;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// What reads one field: true if it took the value, false to have it passed over.
type Visit<'v, 'b> = &'v mut dyn FnMut(&mut Thrift<'b>, i16, u8) -> Result<bool, Fault>;

/// Bytes of the compact protocol, and how far they have been read.
struct Thrift<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Thrift<'b> {
    fn byte(&mut self) -> Result<u8, Fault> {
        let byte = *self.bytes.get(self.at).ok_or(Fault::Short)?;
        self.at += 1;
        Ok(byte)
    }

    fn pass(&mut self, bytes: u64) -> Result<(), Fault> {
        let left = (self.bytes.len() - self.at) as u64;
        if bytes > left {
            return Err(Fault::Short);
        }
        self.at += usize::try_from(bytes).map_err(|_| Fault::Wrong)?;
        Ok(())
    }

    fn unsigned(&mut self) -> Result<u64, Fault> {
        let mut value = 0_u64;
        for shift in (0..70).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Fault::Wrong)
    }

    /// A signed number, in zigzag.
    fn number(&mut self) -> Result<i64, Fault> {
        let value = self.unsigned()?;
        Ok((value >> 1).cast_signed() ^ -((value & 1).cast_signed()))
    }

    /// The head of a list: how many of what.
    fn list(&mut self) -> Result<(u64, u8), Fault> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.unsigned()?,
            few => u64::from(few),
        };
        // Every element but an empty structure takes a byte, and that takes its end mark.
        if count > (self.bytes.len() - self.at) as u64 {
            return Err(Fault::Short);
        }
        Ok((count, head & 0x0f))
    }

    /// The fields of a structure.
    fn fields(&mut self, depth: u32, visit: Visit<'_, 'b>) -> Result<(), Fault> {
        if depth > MAX_DEPTH {
            return Err(Fault::Wrong);
        }
        let mut id = 0_i16;
        loop {
            let head = self.byte()?;
            let kind = head & 0x0f;
            if kind == 0 {
                return Ok(());
            }
            id = match head >> 4 {
                0 => i16::try_from(self.number()?).map_err(|_| Fault::Wrong)?,
                step => id.checked_add(i16::from(step)).ok_or(Fault::Wrong)?,
            };
            if !visit(self, id, kind)? {
                self.skip(kind, depth + 1, false)?;
            }
        }
    }

    /// Passes over a value; the booleans of a list have a byte each, those of a structure none.
    fn skip(&mut self, kind: u8, depth: u32, in_list: bool) -> Result<(), Fault> {
        match kind {
            1 | 2 if in_list => self.pass(1),
            1 | 2 => Ok(()),
            3 => self.pass(1),
            4..=6 => self.unsigned().map(|_| ()),
            7 => self.pass(8),
            8 => {
                let length = self.unsigned()?;
                self.pass(length)
            }
            9 | 10 => {
                let (count, of) = self.list()?;
                (0..count).try_for_each(|_| self.nested(of, depth))
            }
            11 => {
                let count = self.unsigned()?;
                if count == 0 {
                    return Ok(());
                }
                let kinds = self.byte()?;
                (0..count).try_for_each(|_| {
                    self.nested(kinds >> 4, depth)?;
                    self.nested(kinds & 0x0f, depth)
                })
            }
            STRUCT => self.fields(depth, &mut |_, _, _| Ok(false)),
            13 => self.pass(16),
            _ => Err(Fault::Wrong),
        }
    }

    fn nested(&mut self, kind: u8, depth: u32) -> Result<(), Fault> {
        if depth > MAX_DEPTH || kind == 0 {
            return Err(Fault::Wrong);
        }
        self.skip(kind, depth + 1, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn trees_are_checked_before_they_are_built() {
        assert!(is_sound_tree(&[3, 0, 1, 0, 0]) && is_sound_tree(&[0]));
        for wrong in [&[][..], &[1], &[1, 0, 0], &[2, 0], &[i64::from(i32::MAX), 0], &[-1, 0]] {
            assert!(!is_sound_tree(wrong), "{wrong:?}");
        }
        let deep = |depth| (0..depth).map(|_| 1).chain([0]).collect::<Vec<_>>();
        assert!(is_sound_tree(&deep(60)) && !is_sound_tree(&deep(200_000)));
    }

    #[test]
    fn depth_and_lengths_are_bounded() {
        // A list of lists of lists, a list of more than there is, a number without an end.
        assert_eq!(is_sound_footer(&[vec![0x19], vec![0x19; 100_000]].concat()), Err(Fault::Wrong));
        assert_eq!(is_sound_footer(&[0x1c].repeat(100_000)), Err(Fault::Wrong));
        assert_eq!(is_sound_footer(&[0x19, 0xfc, 0xff, 0xff, 0xff, 0x7f]), Err(Fault::Short));
        assert_eq!(is_sound_footer(&[[0x15].as_slice(), &[0xff; 20]].concat()), Err(Fault::Wrong));
    }

    proptest! {
        #[test]
        fn any_bytes_are_judged(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = is_sound_footer(&bytes);
            if let Ok((_, length)) = PageHead::parse(&bytes) {
                prop_assert!(length <= bytes.len());
            }
        }
    }
}
