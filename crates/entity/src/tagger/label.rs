//! What the tagger says of a token: outside, or where in a name of which type (BILOU).

use khabar_model::EntityType;

/// Types of names that the tagger finds, in the order of their labels.
pub(crate) const TYPES: [EntityType; 3] = [EntityType::Per, EntityType::Loc, EntityType::Org];

/// Labels: outside, and begin, inside, last, unit of each type.
pub(crate) const LABELS: usize = 1 + 4 * TYPES.len();

/// Outside of any name.
pub(crate) const OUTSIDE: usize = 0;

/// Where in a name a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Begin = 0,
    Inside = 1,
    Last = 2,
    Unit = 3,
}

/// The label of a part of a name of the type with this index.
pub(crate) const fn label(kind: usize, part: Part) -> usize {
    1 + kind * 4 + part as usize
}

/// Index of the type and part of a label; `None` outside.
pub(crate) fn meaning(label: usize) -> Option<(usize, Part)> {
    let place = label.checked_sub(1)?;
    let part = match place % 4 {
        0 => Part::Begin,
        1 => Part::Inside,
        2 => Part::Last,
        _ => Part::Unit,
    };
    (place / 4 < TYPES.len()).then_some((place / 4, part))
}

/// The index of a type; `None` for those that the tagger does not find.
pub(crate) fn index_of(kind: EntityType) -> Option<usize> {
    TYPES.iter().position(|&known| known == kind)
}

/// True if a name is open behind this label.
pub(crate) fn opens(label: usize) -> bool {
    matches!(meaning(label), Some((_, Part::Begin | Part::Inside)))
}

/// True if one label may follow another: names end before others begin, and a name is of one type.
pub(crate) fn may_follow(left: usize, right: usize) -> bool {
    match (meaning(left), meaning(right)) {
        (Some((left, Part::Begin | Part::Inside)), right) => {
            matches!(right, Some((kind, Part::Inside | Part::Last)) if kind == left)
        }
        (_, right) => !matches!(right, Some((_, Part::Inside | Part::Last))),
    }
}

/// True if a sequence may start with this label.
pub(crate) fn may_start(label: usize) -> bool {
    may_follow(OUTSIDE, label)
}

/// The names that a sequence of labels marks: first token, one past the last, index of the type.
pub(crate) fn names(labels: &[u8]) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, &label) in labels.iter().enumerate() {
        match meaning(usize::from(label)) {
            Some((kind, Part::Begin)) => open = Some((at, kind)),
            Some((kind, Part::Unit)) => {
                found.push((at, at + 1, kind));
                open = None;
            }
            Some((_, Part::Last)) => {
                if let Some((start, kind)) = open.take() {
                    found.push((start, at + 1, kind));
                }
            }
            Some((_, Part::Inside)) => {}
            None => open = None,
        }
    }
    found
}

/// Writes the labels of a name over tokens `start..end`.
pub(crate) fn mark(labels: &mut [u8], start: usize, end: usize, kind: usize) {
    for at in start..end {
        let part = match (at == start, at + 1 == end) {
            (true, true) => Part::Unit,
            (true, false) => Part::Begin,
            (false, true) => Part::Last,
            (false, false) => Part::Inside,
        };
        if let Some(place) = labels.get_mut(at) {
            *place = label(kind, part) as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_say_what_was_marked() {
        let mut labels = [0_u8; 9];
        mark(&mut labels, 0, 3, 2);
        mark(&mut labels, 3, 4, 0);
        mark(&mut labels, 6, 8, 1);
        assert_eq!(names(&labels), [(0, 3, 2), (3, 4, 0), (6, 8, 1)]);
        assert!(may_start(usize::from(labels[0])));
        assert!(labels.windows(2).all(|pair| may_follow(usize::from(pair[0]), usize::from(pair[1]))));
    }

    #[test]
    fn a_name_is_of_one_type_and_ends() {
        let begin = label(0, Part::Begin);
        assert!(!may_follow(begin, OUTSIDE));
        assert!(!may_follow(begin, label(1, Part::Last)));
        assert!(may_follow(begin, label(0, Part::Last)));
        assert!(!may_start(label(2, Part::Inside)));
        for label in 0..LABELS {
            assert_eq!(opens(label), !may_follow(label, OUTSIDE));
        }
    }
}
