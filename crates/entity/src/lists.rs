//! The gazetteer lists that come with khabar, as text.

/// A list by its name below `data/gazetteers`.
macro_rules! list {
    ($name:literal) => {
        ($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/gazetteers/", $name)))
    };
}

/// Name and text of every list.
pub const GAZETTEERS: [(&str, &str); 9] = [
    list!("territories.tsv"),
    list!("capitals.tsv"),
    list!("cities.tsv"),
    list!("world.tsv"),
    list!("people.tsv"),
    list!("bodies.tsv"),
    list!("subdivisions.tsv"),
    list!("demonyms.tsv"),
    list!("doubtful.tsv"),
];
