//! Rows of a gazetteer out of public dumps: a Wikidata JSON dump (an item a line) and ParaNames (a name a line).
//!
//! Which class an item belongs to, a dump says in steps (a club is a football club is a sports club …), and a pass over
//! lines can't follow them. So an item is a person if it is an instance of human (Q5), an organisation if it is an instance of one of the classes in
//! [`ORGANISATIONS`], else a place if it has coordinates; everything else is left out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use serde::de::IgnoredAny;

/// Classes whose direct instances are organisations: the most frequent ones in the news.
const ORGANISATIONS: [&str; 29] = [
    "Q43229",    // organization
    "Q4830453",  // business
    "Q783794",   // company
    "Q891723",   // public company
    "Q6881511",  // enterprise
    "Q7278",     // political party
    "Q476028",   // association football club
    "Q847017",   // sports club
    "Q3918",     // university
    "Q875538",   // public university
    "Q31855",    // research institute
    "Q484652",   // international organization
    "Q245065",   // intergovernmental organization
    "Q79913",    // non-governmental organization
    "Q163740",   // nonprofit organization
    "Q157031",   // foundation
    "Q327333",   // government agency
    "Q192350",   // ministry
    "Q11032",    // newspaper
    "Q1110794",  // daily newspaper
    "Q192283",   // news agency
    "Q1616075",  // television station
    "Q15265344", // broadcaster
    "Q22687",    // bank
    "Q46970",    // airline
    "Q176799",   // military unit
    "Q17149090", // armed organization
    "Q2385804",  // educational institution
    "Q1194951",  // national sports team
];

/// What is taken from a dump.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// Language codes as the dump has them.
    pub(crate) languages: Vec<String>,
    /// PER, ORG, LOC.
    pub(crate) types: Vec<String>,
    /// Fewest pages of Wikipedias that an item has; a Wikidata dump only.
    pub(crate) min_sitelinks: usize,
}

/// Why a line gives no rows.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Passed {
    /// An item of another class, type or language, or too little known.
    Unwanted,
    /// Brackets round the items, a header.
    Frame,
    /// Not what the format says.
    Malformed(String),
}

/// The two kinds of dumps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Wikidata,
    ParaNames,
}

impl Kind {
    /// By the first line that is not empty.
    pub(crate) fn of(line: &str) -> Option<Self> {
        let line = line.trim_start();
        if line.starts_with(['[', '{']) {
            Some(Self::Wikidata)
        } else if line.starts_with("wikidata_id\t") {
            Some(Self::ParaNames)
        } else {
            None
        }
    }
}

impl Wanted {
    /// Appends the rows of a line of a dump to `rows`, in the columns of a gazetteer, and returns how many.
    pub(crate) fn rows(&self, kind: Kind, line: &str, rows: &mut String) -> Result<usize, Passed> {
        match kind {
            Kind::Wikidata => self.of_item(line, rows),
            Kind::ParaNames => self.of_name(line, rows),
        }
    }

    fn of_item(&self, line: &str, rows: &mut String) -> Result<usize, Passed> {
        let json = line.trim().trim_end_matches(',');
        if matches!(json, "" | "[" | "]") {
            return Err(Passed::Frame);
        }
        let item: Item = serde_json::from_str(json).map_err(|error| Passed::Malformed(error.to_string()))?;
        let kind = item.kind().filter(|kind| self.types.iter().any(|wanted| wanted == kind)).ok_or(Passed::Unwanted)?;
        if !is_id(&item.id) || item.sitelinks.len() < self.min_sitelinks {
            return Err(Passed::Unwanted);
        }
        let canonical = item.labels.get("en").map(|label| clean(&label.value)).unwrap_or_default();
        let mut written = 0;
        for language in &self.languages {
            let label = item.labels.get(language.as_str()).into_iter();
            let aliases = item.aliases.get(language.as_str()).into_iter().flatten();
            let mut names: Vec<String> = Vec::new();
            for name in label.chain(aliases).map(|name| clean(&name.value)) {
                if is_name(&name, kind, names.is_empty()) && !names.contains(&name) {
                    names.push(name);
                }
            }
            written += self.write(rows, &item.id, kind, &canonical, language, &names);
        }
        if written == 0 { Err(Passed::Unwanted) } else { Ok(written) }
    }

    fn of_name(&self, line: &str, rows: &mut String) -> Result<usize, Passed> {
        let columns: Vec<&str> = line.trim_end_matches(['\r', '\n']).split('\t').collect();
        let [id, english, name, language, kind] = columns[..] else {
            return Err(Passed::Malformed(format!("expected 5 columns, found {}", columns.len())));
        };
        if id == "wikidata_id" {
            return Err(Passed::Frame);
        }
        if !is_id(id) {
            return Err(Passed::Malformed(format!("no Wikidata id: {id:?}")));
        }
        // A name of two types has them joined by a hyphen (LOC-ORG): the first counts.
        let kind = kind.split('-').next().unwrap_or_default();
        let name = clean(name);
        let wanted =
            self.types.iter().any(|wanted| wanted == kind) && self.languages.iter().any(|code| code == language);
        if !wanted || !is_name(&name, kind, true) {
            return Err(Passed::Unwanted);
        }
        Ok(self.write(rows, id, kind, &clean(english), language, &[name]))
    }

    fn write(
        &self,
        rows: &mut String,
        id: &str,
        kind: &str,
        canonical: &str,
        language: &str,
        names: &[String],
    ) -> usize {
        if names.is_empty() {
            return 0;
        }
        // A string takes whatever is written to it.
        let _ = writeln!(rows, "{id}\t{kind}\t\t{canonical}\t{language}\t{}", names.join("|"));
        1
    }
}

/// A name without what the columns of a gazetteer mean something with.
fn clean(name: &str) -> String {
    let name = name.replace(['\t', '\n', '\r', '|'], " ");
    name.trim().trim_start_matches('=').to_owned()
}

/// False for names that are too short to be told from words, and for other names of people that are one word.
fn is_name(name: &str, kind: &str, is_label: bool) -> bool {
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    let single = !name.contains([' ', '-', '\u{200c}']);
    letters >= 3 && (is_label || kind != "PER" || !single)
}

fn is_id(id: &str) -> bool {
    id.strip_prefix('Q').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// An item of a Wikidata dump, as far as it is read.
#[derive(Deserialize)]
struct Item {
    id: String,
    #[serde(default)]
    labels: Map<Text>,
    #[serde(default)]
    aliases: Map<Vec<Text>>,
    #[serde(default)]
    claims: Map<Vec<Claim>>,
    #[serde(default)]
    sitelinks: Map<IgnoredAny>,
}

#[derive(Deserialize)]
struct Text {
    value: String,
}

/// A map that the dump writes as `[]` where it is empty.
#[derive(Deserialize)]
#[serde(untagged)]
enum Map<T> {
    Full(BTreeMap<String, T>),
    #[expect(dead_code, reason = "its shape is what counts")]
    Empty(Vec<IgnoredAny>),
}

#[derive(Deserialize)]
struct Claim {
    #[serde(default)]
    mainsnak: Snak,
}

#[derive(Default, Deserialize)]
struct Snak {
    #[serde(default)]
    datavalue: Option<DataValue>,
}

#[derive(Deserialize)]
struct DataValue {
    value: serde_json::Value,
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self::Empty(Vec::new())
    }
}

impl<T> Map<T> {
    fn get(&self, key: &str) -> Option<&T> {
        match self {
            Self::Full(map) => map.get(key),
            Self::Empty(_) => None,
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Full(map) => map.len(),
            Self::Empty(_) => 0,
        }
    }
}

impl Item {
    fn kind(&self) -> Option<&'static str> {
        let classes = || {
            let claims = self.claims.get("P31").into_iter().flatten();
            claims.filter_map(|claim| claim.mainsnak.datavalue.as_ref()?.value.get("id")?.as_str())
        };
        if classes().any(|class| class == "Q5") {
            Some("PER")
        } else if classes().any(|class| ORGANISATIONS.contains(&class)) {
            Some("ORG")
        } else if self.claims.get("P625").is_some_and(|claims| !claims.is_empty()) {
            Some("LOC")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(kind: Kind, line: &str) -> Result<String, Passed> {
        let wanted = Wanted {
            languages: ["ar", "fa", "en"].map(str::to_owned).into(),
            types: ["PER", "ORG", "LOC"].map(str::to_owned).into(),
            min_sitelinks: 1,
        };
        let mut rows = String::new();
        wanted.rows(kind, line, &mut rows).map(|_| rows)
    }

    fn item(class: &str, more: &str) -> String {
        format!(
            r#"{{"type":"item","id":"Q7","labels":{{"en":{{"language":"en","value":"Anna|B"}},"fa":{{"language":"fa","value":"مهتاب رستگار"}}}},
            "aliases":{{"fa":[{{"language":"fa","value":"رستگار"}},{{"language":"fa","value":"م. رستگار"}}]}},
            "claims":{{"P31":[{{"mainsnak":{{"snaktype":"value","datavalue":{{"value":{{"id":"{class}"}}}}}}}}]{more}}},
            "sitelinks":{{"fawiki":{{"title":"م"}}}}}},"#
        )
        .replace('\n', " ")
    }

    #[test]
    fn items_become_rows_of_their_languages() {
        assert_eq!(
            rows(Kind::Wikidata, &item("Q5", "")).unwrap(),
            "Q7\tPER\t\tAnna B\tfa\tمهتاب رستگار|م. رستگار\nQ7\tPER\t\tAnna B\ten\tAnna B\n"
        );
        assert!(
            rows(Kind::Wikidata, &item("Q476028", ""))
                .unwrap()
                .starts_with("Q7\tORG\t\tAnna B\tfa\tمهتاب رستگار|رستگار|")
        );
        assert!(rows(Kind::Wikidata, &item("Q515", r#","P625":[{}]"#)).unwrap().starts_with("Q7\tLOC"));
    }

    #[test]
    fn what_is_passed_over_and_why() {
        assert_eq!(rows(Kind::Wikidata, "["), Err(Passed::Frame));
        assert_eq!(rows(Kind::Wikidata, &item("Q515", "")), Err(Passed::Unwanted));
        assert_eq!(
            rows(Kind::Wikidata, r#"{"id":"Q7","labels":[],"claims":[],"sitelinks":[]},"#),
            Err(Passed::Unwanted)
        );
        assert!(matches!(rows(Kind::Wikidata, r#"{"id":"Q7","lab"#), Err(Passed::Malformed(_))));
    }

    #[test]
    fn names_of_paranames() {
        assert_eq!(rows(Kind::ParaNames, "wikidata_id\teng\tlabel\tlanguage\ttype\n"), Err(Passed::Frame));
        assert_eq!(
            rows(Kind::ParaNames, "Q7\tA\tمهتاب رستگار\tfa\tPER\n").unwrap(),
            "Q7\tPER\t\tA\tfa\tمهتاب رستگار\n"
        );
        assert_eq!(rows(Kind::ParaNames, "Q7\tA\tМ\tru\tPER"), Err(Passed::Unwanted));
        assert!(matches!(rows(Kind::ParaNames, "Q7\tA"), Err(Passed::Malformed(_))));
        assert!(matches!(rows(Kind::ParaNames, "7\tA\tب ج د\tfa\tPER"), Err(Passed::Malformed(_))));
    }

    #[test]
    fn the_first_line_tells_the_kind() {
        assert_eq!(Kind::of("[\n"), Some(Kind::Wikidata));
        assert_eq!(Kind::of("wikidata_id\teng\tlabel"), Some(Kind::ParaNames));
        assert_eq!(Kind::of("<html>"), None);
    }
}
