//! Whom a short form names, by the longer forms beside it in the document: a family name, «فارس» of «خبرگزاری فارس»,
//! «جمهوری اسلامی» of «جمهوری اسلامی ایران».

use std::collections::BTreeMap;

use khabar_model::EntityType;
use khabar_text::fold;

use crate::gazetteer::Entry;
use crate::recognise::{Found, Who, full_form};

/// How many times as often as the next the one of several people of a family name has to be named in full.
const AHEAD: usize = 2;

/// Which part of a longer name a short form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// The last word of a person's name.
    Family,
    /// The first word, which is the family name in «كيم جونغ أون».
    First,
    /// All words but some at the end.
    Head,
    /// All words but the first, which says what it is.
    Tail,
}

/// A full name.
#[derive(Debug)]
struct Long {
    who: Who,
    /// As written first.
    name: String,
    key: String,
    /// How often it stands in the text.
    count: usize,
}

/// Short forms of the names in a document, and who goes by each.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    /// By type, part and fold key: the full names with how often they stand in the text.
    long: BTreeMap<(EntityType, Part, String), Vec<Long>>,
}

impl Forms {
    /// The short forms of all names that were found.
    pub(crate) fn of(found: &[Found], entries: &[Entry]) -> Self {
        let mut forms = Self::default();
        for Found { who, contracted, mention, .. } in found {
            let kind = match who {
                Who::Entry(index) => entries.get(*index as usize).map(|entry| entry.kind),
                Who::New(kind) => Some(*kind),
            };
            let name = full_form(mention, *contracted);
            let key = fold(&name);
            match kind {
                Some(EntityType::Per) => {
                    let Some(((first, _), (_, last))) = key.split_once(' ').zip(key.rsplit_once(' ')) else { continue };
                    forms.add(EntityType::Per, Part::Family, last, *who, (&name, &key));
                    forms.add(EntityType::Per, Part::First, first, *who, (&name, &key));
                }
                Some(kind @ (EntityType::Org | EntityType::Loc)) => {
                    let mut head = key.as_str();
                    while let Some((shorter, _)) = head.rsplit_once(' ') {
                        forms.add(kind, Part::Head, shorter, *who, (&name, &key));
                        head = shorter;
                    }
                    if let (EntityType::Org, Some((_, tail))) = (kind, key.split_once(' ')) {
                        forms.add(kind, Part::Tail, tail, *who, (&name, &key));
                    }
                }
                _ => {}
            }
        }
        forms
    }

    fn add(&mut self, kind: EntityType, part: Part, form: &str, who: Who, (name, key): (&str, &str)) {
        let known = self.long.entry((kind, part, form.to_owned())).or_default();
        let same = |other: &&mut Long| match (who, other.who) {
            (Who::Entry(one), Who::Entry(other)) => one == other,
            (Who::New(_), Who::New(_)) => other.key == key,
            _ => false,
        };
        match known.iter_mut().find(same) {
            Some(known) => known.count += 1,
            None => known.push(Long { who, name: name.to_owned(), key: key.to_owned(), count: 1 }),
        }
    }

    /// Who goes by a name that no list has, and the full name; `None` if nobody does, or two do.
    pub(crate) fn full(&self, kind: EntityType, name: &str) -> Option<(Who, String)> {
        let key = fold(name);
        match kind {
            EntityType::Per if !key.contains(' ') => {
                let family = self.of_part(kind, Part::Family, &key);
                if family.is_some() { leading(family?) } else { leading(self.of_part(kind, Part::First, &key)?) }
            }
            EntityType::Org | EntityType::Loc => {
                // «وزارة الخارجية» of «وزارة الخارجية الروسية», and of nothing else here.
                let parts = [Part::Head, Part::Tail];
                let mut longer = parts.into_iter().filter_map(|part| self.of_part(kind, part, &key)).flatten();
                let first = longer.next()?;
                longer
                    .all(|other| match (first.who, other.who) {
                        (Who::Entry(one), Who::Entry(other)) => one == other,
                        _ => other.key == first.key,
                    })
                    .then(|| (first.who, first.name.clone()))
            }
            _ => None,
        }
    }

    fn of_part(&self, kind: EntityType, part: Part, key: &str) -> Option<&[Long]> {
        self.long.get(&(kind, part, key.to_owned())).map(Vec::as_slice)
    }
}

/// For each mention of a body that no list has: the body of the lists that it is, if behind that name there is only a
/// nationality, as in «يونهاب الكورية الجنوبية».
pub(crate) fn cores(found: &[Found], entries: &[Entry]) -> Vec<Option<Who>> {
    let kind = |who: Who| match who {
        Who::Entry(index) => entries.get(index as usize).map(|entry| entry.kind),
        Who::New(_) => None,
    };
    let mut cores = vec![None; found.len()];
    for (at, body) in found.iter().enumerate() {
        if body.who != Who::New(EntityType::Org) {
            continue;
        }
        let span = body.mention.span;
        let around = |place: &usize| found.get(*place).is_some_and(|other| other.mention.span.start() >= span.start());
        let from = (0..at).rev().take_while(around).last().unwrap_or(at);
        let within = || {
            let near = found.get(from..).unwrap_or_default().iter();
            near.take_while(|other| other.mention.span.start() < span.end())
        };
        let core = within()
            .find(|other| other.mention.span.start() == span.start() && kind(other.who) == Some(EntityType::Org));
        let nation =
            within().find(|other| other.mention.span.end() == span.end() && kind(other.who) == Some(EntityType::Misc));
        if let Some((core, nation)) = core.zip(nation)
            && nation.mention.span.start() == core.mention.span.end() + 1
            && let Some(place) = cores.get_mut(at)
        {
            *place = Some(core.who);
        }
    }
    cores
}

/// The one that is named in full by far the most.
fn leading(known: &[Long]) -> Option<(Who, String)> {
    let most = known.iter().max_by_key(|known| known.count)?;
    let next = known.iter().filter(|other| other.name != most.name).map(|other| other.count).max().unwrap_or(0);
    (most.count >= AHEAD * next).then(|| (most.who, most.name.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clitic::Contraction;
    use khabar_model::{Layer, Mention, Span};

    fn found(start: usize, text: &str, who: Who) -> Found {
        let span = Span::new(start, start + text.len()).unwrap();
        let mention = Mention { span, text: text.to_owned(), prefix: None, layer: Layer::Tagger };
        Found { who, contracted: Contraction::None, confidence: 0.5, mention }
    }

    fn entry(id: &str, kind: EntityType) -> Entry {
        Entry { id: id.to_owned(), kind, subtype: None, canonical: None }
    }

    #[test]
    fn short_forms_name_whom_the_long_ones_name() {
        use EntityType::{Loc, Org, Per};
        let entries = [entry("kb:fars", Org), entry("kb:leader", Per), entry("Q794", Loc)];
        let found = [
            found(0, "خبرگزاری فارس", Who::Entry(0)),
            found(100, "كيم جونغ أون", Who::Entry(1)),
            found(200, "كيم جونغ أون", Who::Entry(1)),
            found(300, "كيم يونغ شول", Who::New(Per)),
            found(400, "جمهوری اسلامی ایران", Who::Entry(2)),
            found(500, "وزارة الدفاع الروسية", Who::New(Org)),
            found(600, "وزارة الدفاع الفرنسية", Who::New(Org)),
            found(700, "سامر الخطيب", Who::New(Per)),
        ];
        let forms = Forms::of(&found, &entries);
        let full = |kind, name: &str| forms.full(kind, name);
        assert_eq!(full(Org, "فارس"), Some((Who::Entry(0), "خبرگزاری فارس".to_owned())));
        assert_eq!(full(Loc, "جمهوری اسلامی"), Some((Who::Entry(2), "جمهوری اسلامی ایران".to_owned())));
        // Named twice in full, the other one once.
        assert_eq!(full(Per, "كيم"), Some((Who::Entry(1), "كيم جونغ أون".to_owned())));
        assert_eq!(full(Per, "الخطيب"), Some((Who::New(Per), "سامر الخطيب".to_owned())));
        // Two ministries; a place by its last word; a type of its own.
        for (kind, name) in [(Org, "وزارة الدفاع"), (Loc, "ایران"), (Loc, "فارس"), (Per, "فارس")]
        {
            assert_eq!(full(kind, name), None, "{name}");
        }
    }

    #[test]
    fn a_body_with_its_nationality_is_the_body() {
        let entries = [entry("kb:yonhap", EntityType::Org), entry("Q884", EntityType::Misc)];
        let body = found(10, "يونهاب الكورية", Who::New(EntityType::Org));
        let core = found(10, "يونهاب", Who::Entry(0));
        let nation = found(10 + "يونهاب ".len(), "الكورية", Who::Entry(1));
        assert_eq!(cores(&[core, body, nation], &entries), [None, Some(Who::Entry(0)), None]);
        let body = found(10, "يونهاب الكورية", Who::New(EntityType::Org));
        assert_eq!(cores(&[body], &entries), [None]);
    }
}
