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

use Group::{Arab, Beng, Cyrl, Deva, Ethi, Hani, Hebr, Latn, Mymr, Tibt};

/// Every lane. A class without labels takes what no other class of its group names.
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
    // Malay languages in Jawi.
    class(Arab, UND, 0.06, &["ace", "bjn", "min", "mly"]),
    class(Arab, UND, 0.06, &[]),
    class(Latn, "en", 2.0, &["eng"]),
    class(Latn, "fr", 1.2, &["fra"]),
    class(Latn, "de", 1.2, &["deu"]),
    class(Latn, "es", 1.2, &["spa"]),
    class(Latn, "pt", 1.0, &["por"]),
    class(Latn, "it", 1.0, &["ita"]),
    class(Latn, "nl", 1.0, &["nld"]),
    class(Latn, "tr", 1.0, &["tur"]),
    class(Latn, "pl", 0.8, &["pol"]),
    class(Latn, "ro", 0.8, &["ron"]),
    class(Latn, "sv", 0.8, &["swe"]),
    class(Latn, "id", 0.8, &["ind"]),
    class(Latn, "vi", 0.6, &["vie"]),
    class(Latn, "da", 0.6, &["dan"]),
    class(Latn, "nb", 0.6, &["nob"]),
    class(Latn, "nn", 0.3, &["nno"]),
    class(Latn, "fi", 0.6, &["fin"]),
    class(Latn, "cs", 0.6, &["ces"]),
    class(Latn, "sk", 0.6, &["slk"]),
    class(Latn, "hu", 0.6, &["hun"]),
    class(Latn, "hr", 0.6, &["hrv"]),
    class(Latn, "bs", 0.4, &["bos"]),
    class(Latn, "sr", 0.5, &["srp"]),
    class(Latn, "sl", 0.6, &["slv"]),
    class(Latn, "az", 0.6, &["aze", "azj"]),
    class(Latn, "ms", 0.5, &["msa", "zsm"]),
    class(Latn, "tl", 0.4, &["tgl", "fil"]),
    class(Latn, "sq", 0.4, &["sqi", "als"]),
    class(Latn, "lt", 0.4, &["lit"]),
    class(Latn, "lv", 0.4, &["lav", "lvs"]),
    class(Latn, "et", 0.4, &["est"]),
    class(Latn, "ca", 0.5, &["cat"]),
    class(Latn, "gl", 0.4, &["glg"]),
    class(Latn, "eu", 0.4, &["eus"]),
    class(Latn, "uz", 0.4, &["uzb", "uzn"]),
    class(Latn, "ku", 0.4, &["kmr"]),
    class(Latn, "so", 0.4, &["som"]),
    class(Latn, "sw", 0.4, &["swa", "swh"]),
    class(Latn, "ha", 0.4, &["hau"]),
    class(Latn, "af", 0.4, &["afr"]),
    class(Latn, "is", 0.4, &["isl"]),
    class(Latn, "ga", 0.3, &["gle"]),
    class(Latn, "cy", 0.3, &["cym"]),
    class(Latn, "mt", 0.3, &["mlt"]),
    class(Latn, "eo", 0.3, &["epo"]),
    // What the model does not name still has to be known as foreign. Families are alike enough to share a lane.
    class(
        Latn,
        UND,
        0.2,
        &["ast", "oci", "fur", "lij", "lmo", "srd", "vec", "roh", "pms", "wln", "cos", "lad", "eml", "lld", "kea"],
    ),
    class(Latn, UND, 0.15, &["ltz", "lim", "gsw", "nds", "fry", "fao", "swg", "ang"]),
    class(Latn, UND, 0.15, &["bre", "hsb", "dsb", "csb", "ltg", "max", "glv"]),
    class(Latn, UND, 0.15, &["crh", "tuk", "gag", "kaa", "tat"]),
    class(Latn, UND, 0.15, &["ina", "ido", "ile", "lfn", "nov", "lat", "cbk"]),
    class(Latn, UND, 0.15, &["jav", "sun", "min", "bjn", "ban", "bug", "mad", "dtp", "kzj"]),
    class(
        Latn,
        UND,
        0.2,
        &["ceb", "ilo", "war", "hil", "bcl", "pam", "smo", "ton", "fij", "tah", "mri", "mlg", "plt", "haw", "cha"],
    ),
    class(
        Latn,
        UND,
        0.25,
        &[
            "xho", "zul", "ssw", "nde", "sna", "nya", "kin", "run", "lin", "lug", "bem", "tsn", "nso", "sot", "tso",
            "ven", "kik", "lua", "kon", "umb", "kmb", "cjk", "kam",
        ],
    ),
    class(
        Latn,
        UND,
        0.2,
        &["yor", "ibo", "ewe", "wol", "bam", "dyu", "fon", "twi", "aka", "fuv", "fuc", "sag", "gaa", "tem", "luo"],
    ),
    class(Latn, UND, 0.15, &["kab", "ber", "tzm", "taq", "shi", "orm", "gaz", "aar", "arb_Latn"]),
    class(Latn, UND, 0.25, &[]),
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
    class(Cyrl, UND, 0.15, &["sah", "chv", "alt", "kjh", "tyv", "uzb", "aze", "tuk", "kaa"]),
    class(Cyrl, UND, 0.15, &[]),
    class(Hebr, "he", 1.0, &["heb"]),
    class(Hebr, "yi", 0.3, &["yid", "ydd"]),
    class(Deva, "hi", 1.0, &["hin"]),
    class(Deva, "mr", 0.5, &["mar"]),
    class(Deva, "ne", 0.5, &["nep", "npi"]),
    class(Deva, UND, 0.1, &["san"]),
    class(Deva, UND, 0.1, &["bho", "mai", "mag", "awa", "hne"]),
    class(Deva, UND, 0.1, &["kas_Deva"]),
    class(Beng, "bn", 1.0, &["ben"]),
    class(Beng, "as", 0.4, &["asm"]),
    class(Beng, UND, 0.1, &[]),
    class(Ethi, "am", 1.0, &["amh"]),
    class(Ethi, "ti", 0.5, &["tir"]),
    class(Tibt, "bo", 1.0, &["bod"]),
    class(Tibt, "dz", 0.5, &["dzo"]),
    class(Mymr, "my", 1.0, &["mya"]),
    class(Mymr, UND, 0.2, &["shn"]),
    class(Mymr, UND, 0.1, &["mnw"]),
    class(Hani, "zh", 1.0, &["zho-CN", "zho_Hans", "zho"]),
    class(Hani, "zh", 0.5, &["zho-TW", "zho_Hant"]),
    class(Hani, "yue", 0.2, &["yue"]),
    class(Hani, "ja", 1.0, &["jpn"]),
];

/// Languages that the trainer never sees, so that `eval` can tell how foreign languages fare.
pub(crate) const UNSEEN: &[&str] = &[
    // Latin.
    "szl", "scn", "pap", "gla", "ace_Latn", "pag", "tum", "kbp", "mos", "lus", "quy", "ayr", "nus", "tpi", "hat", "grn",
    "kac", "dik", "knc_Latn",
    // Arabic. Saraiki, too: its few rows would make Shahmukhi Punjabi, its neighbour, foreign.
    "min_Arab", "shi", "skr", // Cyrillic and Devanagari.
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
