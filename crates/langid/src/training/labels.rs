//! Which labels of the data make which output of the model.

use crate::{detector::UND, script::Group};

/// One lane of a group: the code that it reports, how often it is drawn, the labels that it learns from.
#[derive(Debug)]
pub(crate) struct Class {
    pub(crate) group: Group,
    pub(crate) code: &'static str,
    /// Share of the samples, relative to the other classes of the group: how much news there is to expect.
    pub(crate) weight: f64,
    /// ISO 639-3, or the whole label of the data where a variant of it is meant.
    pub(crate) labels: &'static [&'static str],
}

const fn class(group: Group, code: &'static str, weight: f64, labels: &'static [&'static str]) -> Class {
    Class { group, code, weight, labels }
}

use Group::{Arab, Arvr, Beng, Cyrl, Deva, Ethi, Hani, Hebr, Latn, Mymr, Tibt};

/// Every lane. A class without labels takes what no other class of its group names.
///
/// Within a group, relatives stand together: the detector looks at sixteen lanes at a time, and leaves those alone that
/// are out of the question.
pub(crate) const CLASSES: &[Class] = &[
    class(Arab, "ar", 1.0, &["arb", "ara"]),
    // The dialects are Arabic; a lane of their own keeps their words from blurring those of the standard language.
    class(Arab, "ar", 0.5, &["arz", "acm", "acq", "aeb", "ajp", "apc", "ars", "ary", "mey", "ara-dial"]),
    class(Arab, "fa", 1.0, &["fas", "pes"]),
    class(Arab, "fa", 0.3, &["prs"]),
    class(Arab, "ur", 1.0, &["urd"]),
    class(Arab, "ps", 0.3, &["pus", "pbt"]),
    class(Arab, "ckb", 0.3, &["ckb"]),
    class(Arab, "sd", 0.3, &["snd"]),
    class(Arab, "ug", 0.3, &["uig"]),
    class(Arab, "azb", 0.12, &["azb"]),
    class(Arab, "pnb", 0.2, &["pnb"]),
    class(Arab, "ks", 0.06, &["kas"]),
    class(Arab, "mzn", 0.05, &["mzn"]),
    class(Arab, "glk", 0.05, &["glk"]),
    class(Arab, "skr", 0.06, &["skr"]),
    // Malay languages in Jawi, Kanuri, Turkic languages of old.
    class(Arab, UND, 0.1, &[]),
    // Germanic.
    class(Latn, "en", 2.0, &["eng"]),
    class(Latn, "de", 1.2, &["deu"]),
    class(Latn, "nl", 1.0, &["nld"]),
    class(Latn, "af", 0.4, &["afr"]),
    class(Latn, "lb", 0.2, &["ltz"]),
    class(Latn, "li", 0.12, &["lim"]),
    class(Latn, UND, 0.15, &["gsw", "nds", "fry", "swg", "ang", "sco"]),
    class(Latn, "sv", 0.8, &["swe"]),
    class(Latn, "da", 0.6, &["dan"]),
    class(Latn, "nb", 0.6, &["nob"]),
    class(Latn, "nn", 0.3, &["nno"]),
    class(Latn, "is", 0.4, &["isl"]),
    class(Latn, "fo", 0.2, &["fao"]),
    // Celtic, and Albanian.
    class(Latn, "ga", 0.3, &["gle"]),
    class(Latn, "gd", 0.2, &["gla"]),
    class(Latn, "cy", 0.3, &["cym"]),
    class(Latn, "br", 0.3, &["bre"]),
    class(Latn, "sq", 0.4, &["sqi", "als"]),
    // Romance, and Basque.
    class(Latn, "fr", 1.2, &["fra"]),
    class(Latn, "es", 1.2, &["spa"]),
    class(Latn, "pt", 1.0, &["por"]),
    class(Latn, "it", 1.0, &["ita"]),
    class(Latn, "ro", 0.8, &["ron"]),
    class(Latn, "ca", 0.5, &["cat"]),
    class(Latn, "gl", 0.4, &["glg"]),
    class(Latn, "oc", 0.15, &["oci"]),
    class(Latn, "ast", 0.12, &["ast"]),
    class(Latn, "rm", 0.15, &["roh"]),
    class(Latn, "fur", 0.12, &["fur"]),
    class(Latn, "lij", 0.12, &["lij"]),
    class(Latn, "lmo", 0.12, &["lmo"]),
    class(Latn, "sc", 0.12, &["srd"]),
    class(Latn, "vec", 0.12, &["vec"]),
    class(Latn, "la", 0.12, &["lat"]),
    class(Latn, "ht", 0.15, &["hat"]),
    class(Latn, "kea", 0.12, &["kea"]),
    class(Latn, UND, 0.2, &["pms", "wln", "cos", "lad", "eml", "lld", "ina", "ido", "ile", "lfn", "nov", "cbk"]),
    class(Latn, "eo", 0.3, &["epo"]),
    class(Latn, "mt", 0.3, &["mlt"]),
    class(Latn, "eu", 0.4, &["eus"]),
    // Slavic, Baltic.
    class(Latn, "pl", 0.8, &["pol"]),
    class(Latn, "cs", 0.6, &["ces"]),
    class(Latn, "sk", 0.6, &["slk"]),
    class(Latn, "sl", 0.6, &["slv"]),
    class(Latn, "hr", 0.6, &["hrv"]),
    class(Latn, "bs", 0.4, &["bos"]),
    class(Latn, "sr", 0.5, &["srp"]),
    class(Latn, UND, 0.12, &["hsb", "dsb", "csb", "max", "glv"]),
    class(Latn, "lt", 0.4, &["lit"]),
    class(Latn, "lv", 0.4, &["lav", "lvs"]),
    class(Latn, "ltg", 0.12, &["ltg"]),
    // Uralic, Turkic, Kurdish.
    class(Latn, "fi", 0.6, &["fin"]),
    class(Latn, "et", 0.4, &["est"]),
    class(Latn, "hu", 0.6, &["hun"]),
    class(Latn, "tr", 1.0, &["tur"]),
    class(Latn, "az", 0.6, &["aze", "azj"]),
    class(Latn, "uz", 0.4, &["uzb", "uzn"]),
    class(Latn, "tk", 0.2, &["tuk"]),
    class(Latn, "crh", 0.12, &["crh"]),
    class(Latn, UND, 0.12, &["gag", "kaa", "tat"]),
    class(Latn, "ku", 0.4, &["kmr"]),
    // Afro-Asiatic.
    class(Latn, "so", 0.4, &["som"]),
    class(Latn, "ha", 0.4, &["hau"]),
    class(Latn, "om", 0.2, &["orm", "gaz"]),
    class(Latn, "kab", 0.2, &["kab"]),
    class(Latn, UND, 0.15, &["ber", "tzm", "taq", "shi", "aar", "arb_Latn"]),
    // Austronesian, Vietnamese.
    class(Latn, "id", 0.8, &["ind"]),
    class(Latn, "ms", 0.5, &["msa", "zsm"]),
    class(Latn, "jv", 0.2, &["jav"]),
    class(Latn, "su", 0.15, &["sun"]),
    class(Latn, UND, 0.15, &["min", "bjn", "ban", "bug", "mad", "dtp", "kzj"]),
    class(Latn, "tl", 0.4, &["tgl", "fil"]),
    class(Latn, "ceb", 0.15, &["ceb"]),
    class(Latn, "ilo", 0.12, &["ilo"]),
    class(Latn, "war", 0.12, &["war"]),
    class(Latn, "sm", 0.15, &["smo"]),
    class(Latn, "to", 0.12, &["ton"]),
    class(Latn, "fj", 0.15, &["fij"]),
    class(Latn, "ty", 0.12, &["tah"]),
    class(Latn, "mi", 0.15, &["mri"]),
    class(Latn, "mg", 0.2, &["mlg", "plt"]),
    class(Latn, UND, 0.12, &["hil", "bcl", "pam", "haw", "cha"]),
    class(Latn, "vi", 0.6, &["vie"]),
    // Bantu.
    class(Latn, "sw", 0.4, &["swa", "swh"]),
    class(Latn, "zu", 0.2, &["zul"]),
    class(Latn, "xh", 0.2, &["xho"]),
    class(Latn, "ss", 0.12, &["ssw"]),
    class(Latn, "nd", 0.12, &["nde"]),
    class(Latn, "sn", 0.2, &["sna"]),
    class(Latn, "ny", 0.2, &["nya"]),
    class(Latn, "rw", 0.2, &["kin"]),
    class(Latn, "rn", 0.12, &["run"]),
    class(Latn, "lg", 0.12, &["lug"]),
    class(Latn, "ln", 0.12, &["lin"]),
    class(Latn, "bem", 0.12, &["bem"]),
    class(Latn, "st", 0.12, &["sot"]),
    class(Latn, "tn", 0.15, &["tsn"]),
    class(Latn, "nso", 0.15, &["nso"]),
    class(Latn, "ts", 0.12, &["tso"]),
    class(Latn, "ve", 0.12, &["ven"]),
    class(Latn, UND, 0.2, &["kik", "lua", "kon", "umb", "kmb", "cjk", "kam"]),
    // West and East Africa.
    class(Latn, "yo", 0.2, &["yor"]),
    class(Latn, "ig", 0.2, &["ibo"]),
    class(Latn, "ee", 0.15, &["ewe"]),
    class(Latn, "tw", 0.15, &["twi", "aka"]),
    class(Latn, "wo", 0.15, &["wol"]),
    class(Latn, "bm", 0.12, &["bam"]),
    class(Latn, UND, 0.2, &["dyu", "fon", "fuv", "fuc", "sag", "gaa", "tem", "luo"]),
    // The Americas.
    class(Latn, "gn", 0.12, &["grn"]),
    class(Latn, "qu", 0.12, &["quy"]),
    class(Latn, UND, 0.3, &[]),
    class(Cyrl, "ru", 1.0, &["rus"]),
    class(Cyrl, "uk", 0.8, &["ukr"]),
    class(Cyrl, "bg", 0.6, &["bul"]),
    class(Cyrl, "sr", 0.6, &["srp"]),
    class(Cyrl, "be", 0.4, &["bel"]),
    class(Cyrl, "mk", 0.4, &["mkd"]),
    class(Cyrl, "kk", 0.4, &["kaz"]),
    class(Cyrl, "ky", 0.3, &["kir"]),
    class(Cyrl, "mn", 0.3, &["mon", "khk"]),
    class(Cyrl, "tg", 0.3, &["tgk"]),
    class(Cyrl, "tt", 0.3, &["tat"]),
    class(Cyrl, "ba", 0.3, &["bak"]),
    class(Cyrl, "cv", 0.15, &["chv"]),
    class(Cyrl, "sah", 0.15, &["sah"]),
    class(Cyrl, UND, 0.12, &["alt", "kjh", "tyv", "uzb", "aze", "tuk", "kaa"]),
    class(Cyrl, UND, 0.15, &[]),
    class(Hebr, "he", 1.0, &["heb"]),
    class(Hebr, "yi", 0.3, &["yid", "ydd"]),
    class(Deva, "hi", 1.0, &["hin"]),
    class(Deva, "mr", 0.5, &["mar"]),
    class(Deva, "ne", 0.5, &["nep", "npi"]),
    class(Deva, "sa", 0.15, &["san"]),
    class(Deva, "bho", 0.12, &["bho"]),
    class(Deva, "mai", 0.12, &["mai"]),
    class(Deva, UND, 0.1, &["mag", "hne"]),
    class(Deva, "ks", 0.1, &["kas_Deva"]),
    class(Beng, "bn", 1.0, &["ben"]),
    class(Beng, "as", 0.4, &["asm"]),
    class(Beng, "mni", 0.1, &["mni"]),
    class(Beng, UND, 0.05, &[]),
    class(Ethi, "am", 1.0, &["amh"]),
    class(Ethi, "ti", 0.5, &["tir"]),
    class(Tibt, "bo", 1.0, &["bod"]),
    class(Tibt, "dz", 0.5, &["dzo"]),
    class(Mymr, "my", 1.0, &["mya"]),
    class(Mymr, "shn", 0.2, &["shn"]),
    class(Mymr, UND, 0.1, &["mnw"]),
    class(Hani, "zh", 1.0, &["zho-CN", "zho_Hans", "zho"]),
    class(Hani, "zh", 0.5, &["zho-TW", "zho_Hant"]),
    class(Hani, "yue", 0.2, &["yue"]),
    class(Hani, "ja", 1.0, &["jpn"]),
    // What is asked for when a variety is: standard Arabic first, as the code that has none.
    class(Arvr, "ar", 1.0, &["arb", "ara"]),
    class(Arvr, "arz", 0.6, &["arz"]),
    class(Arvr, "ary", 0.4, &["aeb", "ary", "mey"]),
    class(Arvr, "apc", 0.4, &["ajp", "apc"]),
    class(Arvr, "acm", 0.3, &["acm", "acq", "ars"]),
    class(Arvr, "fa", 1.0, &["fas", "pes"]),
    class(Arvr, "prs", 0.6, &["prs"]),
];

/// Languages that the trainer never sees, so that `eval` can tell how foreign languages fare.
pub(crate) const UNSEEN: &[&str] = &[
    // Latin.
    "szl", "scn", "pap", "ace_Latn", "pag", "tum", "kbp", "mos", "lus", "ayr", "nus", "tpi", "kac", "dik", "knc_Latn",
    // Arabic.
    "min_Arab", "shi", // Cyrillic and Devanagari.
    "kbd", "oss", "awa",
];

/// ISO 639-1 codes of the languages that a script alone decides, by label.
const SINGLES: &[(&str, &str)] = &[
    ("div", "dv"),
    ("ell", "el"),
    ("guj", "gu"),
    ("hye", "hy"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lao", "lo"),
    ("mal", "ml"),
    ("nqo", "nqo"),
    ("ory", "or"),
    ("ori", "or"),
    ("pan", "pa"),
    ("sat", "sat"),
    ("sin", "si"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tha", "th"),
];

/// The language part of a label: `arb` of `arb_Arab`, `spa` of `spa-MX`.
pub(crate) fn base(label: &str) -> &str {
    label.split(['_', '-']).next().unwrap_or(label)
}

fn names(list: &[&str], label: &str) -> bool {
    list.contains(&label) || list.contains(&base(label))
}

/// True for a label that training leaves out.
pub(crate) fn is_unseen(label: &str) -> bool {
    names(UNSEEN, label)
}

/// The index into [`CLASSES`] of a text in the script of `group` under `label`.
pub(crate) fn class_of(group: Group, label: &str) -> Option<usize> {
    let find = |matches: &dyn Fn(&Class) -> bool| CLASSES.iter().position(matches);
    find(&|class| class.group == group && class.labels.contains(&label))
        .or_else(|| find(&|class| class.group == group && class.labels.contains(&base(label))))
        .or_else(|| {
            // A language of ours in a foreign script (Latin words in a Persian list) is a slip, not a language.
            let known = CLASSES.iter().any(|class| names(class.labels, label));
            let single = SINGLES.iter().any(|&(single, _)| single == base(label));
            find(&|class| class.group == group && class.labels.is_empty() && !known && !single)
        })
}

/// The code that a text under `label` should get; none when we don't know the language.
pub(crate) fn expected(group: Option<Group>, label: &str) -> Option<&'static str> {
    match group {
        Some(group) if !is_unseen(label) => class_of(group, label).map(|class| CLASSES[class].code),
        Some(_) => Some(UND),
        None => SINGLES.iter().find(|&&(single, _)| single == base(label)).map(|&(_, code)| code),
    }
}
