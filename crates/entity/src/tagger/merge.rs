//! What of the gazetteer's and the tagger's names stands: names nest or are apart, and never cross.

use khabar_model::EntityType;

/// Nats a token that the tagger may be against a name of one word before it falls, where the tagger has no name:
/// 0.5 to 2 score alike on the development sets.
const DOUBT: f32 = 1.0;

/// A name of the gazetteer, as far as it competes with the tagger's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Listed {
    /// Where its proclitics start.
    pub(crate) chain: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Where it ends without a nationality at its end, «حزب الله» of «حزب الله اللبناني»; `end` if it has none.
    pub(crate) bare: usize,
    pub(crate) kind: EntityType,
    /// Hardly anything else is called that: a country, or a name of several words.
    pub(crate) sure: bool,
    /// Nats that the tagger's labels of its tokens are ahead of those of its type, where the tagger has no name; 0 else.
    pub(crate) doubt: f32,
}

impl Listed {
    /// True if the tagger has found the same name, letter for letter.
    pub(crate) fn is_named(&self, name: &Tagged) -> bool {
        (self.start, self.end, self.kind) == (name.start, name.end, name.kind)
    }
}

/// A name that the tagger found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tagged {
    /// Where its proclitics start.
    pub(crate) chain: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: EntityType,
    /// Nats that the text without the name is behind, 0 at least.
    pub(crate) margin: f32,
}

/// What became of the names of one block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Merged {
    /// For each name of the gazetteer: whether it stands.
    pub(crate) listed: Vec<bool>,
    /// For each name of the tagger: what it is.
    pub(crate) tagged: Vec<Fate>,
}

/// What a name of the tagger is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// A name of its own.
    New,
    /// The name of the gazetteer with this index, which has the same letters or more, stands for it.
    Same,
    /// The same thing within the tagger's borders.
    Within(usize),
    /// Nothing.
    Dropped,
}

/// Settles the names of one block; both lists in order, and each without overlaps.
pub(crate) fn merge(listed: &[Listed], tagged: &[Tagged]) -> Merged {
    let mut merged = Merged { listed: vec![true; listed.len()], tagged: vec![Fate::New; tagged.len()] };
    for (stands, known) in merged.listed.iter_mut().zip(listed) {
        *stands = known.kind == EntityType::Misc || known.sure || known.doubt <= DOUBT;
    }
    let mut from = 0;
    for (place, name) in tagged.iter().enumerate() {
        while listed.get(from).is_some_and(|known| known.end <= name.start) {
            from += 1;
        }
        let mut at = from;
        while let Some(known) = listed.get(at).filter(|known| known.start < name.end) {
            let (stands, fate) = settle(known, name, at);
            if let Some(listed) = merged.listed.get_mut(at) {
                *listed &= stands;
            }
            if fate != Fate::New
                && let Some(tagged) = merged.tagged.get_mut(place)
            {
                *tagged = fate;
            }
            at += 1;
        }
    }
    merged
}

/// Whether a name of the gazetteer stands beside a name of the tagger that it touches, and what becomes of that.
fn settle(known: &Listed, name: &Tagged, at: usize) -> (bool, Fate) {
    let is_name = known.kind != EntityType::Misc;
    // A proclitic that one of the two took for a letter makes no other name.
    let same = known.end == name.end
        && (known.start == name.start
            || known.start >= name.chain && known.start <= name.start
            || known.chain == name.start);
    if same {
        // A team goes by its city's name, and a city stands for its government: what is sure stays what it is.
        return match known.kind == name.kind || known.sure || known.kind == EntityType::Org {
            true if is_name => (true, Fate::Same),
            // «روسي» by itself is nobody's name.
            _ if !is_name && (known.sure || name.kind == EntityType::Per) => (true, Fate::Dropped),
            _ => (false, Fate::New),
        };
    }
    let inside = known.start >= name.start && known.end <= name.end;
    if inside {
        // A country in the name of its ministry; not a family name in a full one.
        let family = name.kind == EntityType::Per || known.kind == EntityType::Per;
        let nests = !family && (name.kind, known.kind) != (EntityType::Loc, EntityType::Org);
        return (nests, Fate::New);
    }
    let around = known.start <= name.start && known.end >= name.end;
    if around {
        // «حركة حماس», «الملك عبد الله», «حزب الله اللبناني» in the list, and «حماس», «عبد الله», «حزب الله» in the habits that the
        // tagger has learned.
        let nation = known.start == name.start && known.bare == name.end;
        if known.kind == name.kind && (known.end == name.end || nation) {
            return (false, Fate::Within(at));
        }
        // «حرب فيتنام» is an event, and «فيتنام» in it a country.
        return (true, if is_name { Fate::Same } else { Fate::New });
    }
    // They cross: the longer one.
    if known.end - known.start >= name.end - name.start { (true, Fate::Dropped) } else { (false, Fate::New) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(start: usize, end: usize, kind: EntityType, sure: bool) -> Listed {
        Listed { chain: start, start, end, bare: end, kind, sure, doubt: 0.0 }
    }

    fn name(start: usize, end: usize, kind: EntityType) -> Tagged {
        Tagged { chain: start, start, end, kind, margin: 1.0 }
    }

    #[test]
    fn names_nest_or_are_apart() {
        use EntityType::{Loc, Misc, Org, Per};
        let listed = [
            known(0, 4, Loc, true),
            known(10, 14, Per, false),
            known(20, 24, Loc, false),
            known(30, 34, Misc, false),
            known(40, 48, Org, true),
        ];
        let tagged = [name(0, 8, Org), name(10, 18, Per), name(20, 24, Org), name(28, 34, Org), name(44, 52, Per)];
        let merged = merge(&listed, &tagged);
        assert_eq!(merged.listed, [true, false, false, true, true]);
        assert_eq!(merged.tagged, [Fate::New, Fate::New, Fate::New, Fate::New, Fate::Dropped]);
        // «وروسيا», of which the tagger took all for the name.
        let with_proclitic = Listed { start: 2, ..known(0, 12, Loc, true) };
        assert_eq!(merge(&[with_proclitic], &[name(0, 12, Loc)]).tagged, [Fate::Same]);
        let merged = merge(&[known(0, 9, Loc, true), known(20, 29, Per, false)], &[name(0, 9, Org), name(20, 25, Per)]);
        assert_eq!(merged, Merged { listed: vec![true, true], tagged: vec![Fate::Same, Fate::Same] });
        // «حرب فيتنام», and «الملك عبد الله».
        let merged = merge(&[known(0, 9, Misc, true), known(20, 29, Per, true)], &[name(4, 9, Loc), name(24, 29, Per)]);
        assert_eq!(merged, Merged { listed: vec![true, false], tagged: vec![Fate::New, Fate::Within(1)] });
        // «حزب الله اللبناني».
        let hezbollah = Listed { bare: 15, ..known(0, 32, Org, true) };
        assert_eq!(merge(&[hezbollah], &[name(0, 15, Org)]).tagged, [Fate::Within(0)]);
        assert_eq!(merge(&[hezbollah], &[name(0, 6, Org)]).tagged, [Fate::Same]);
    }
}
