//! What class names, ids and roles say of an element: the words that publishing systems share.

use std::sync::LazyLock;

use khabar_model::RemovalReason;

use super::attr::AttrName;
use super::tree::{NodeId, Tree};

/// What the names of one element say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cues {
    /// Names of boxes around articles, with the word that said so.
    pub(super) noise: Option<(RemovalReason, &'static str)>,
    /// Names of the container of the body: `entry-content`, `articleBody`, `متن`.
    pub(super) body: bool,
    /// Names of the standfirst.
    pub(super) lead: bool,
    /// Names of captions and picture credits.
    pub(super) caption: bool,
    /// Names of date lines.
    pub(super) date: bool,
    /// Names of bylines.
    pub(super) byline: bool,
}

/// What was read already: of a page's thousand elements most share a few dozen lists, and most lists a few names.
pub(super) struct Memo<'t> {
    lists: Slots<'t>,
    names: Slots<'t>,
    /// Room for the words of one name.
    buffer: String,
}

/// Texts and what they say, by hash; a new one takes the place of an old one.
struct Slots<'t>(Vec<Option<(&'t str, Cues)>>);

impl<'t> Slots<'t> {
    /// Texts that are remembered at a time; a power of two.
    const COUNT: usize = 256;

    fn new() -> Self {
        Self(vec![None; Self::COUNT])
    }

    fn of(&mut self, text: &str) -> &mut Option<(&'t str, Cues)> {
        &mut self.0[hash(text) as usize % Self::COUNT]
    }
}

impl<'t> Memo<'t> {
    pub(super) fn new() -> Self {
        Self { lists: Slots::new(), names: Slots::new(), buffer: String::new() }
    }

    /// What the names of one attribute say.
    fn read(&mut self, names: &'t str) -> Cues {
        let slot = self.lists.of(names);
        if let Some((known, cues)) = slot
            && *known == names
        {
            return *cues;
        }
        let mut cues = Cues::default();
        for name in names.split_ascii_whitespace().take(MAX_NAMES).filter(|name| may_speak(name)) {
            let slot = self.names.of(name);
            let said = match slot {
                Some((known, said)) if *known == name => *said,
                _ => slot.insert((name, read_words(name, &mut self.buffer))).1,
            };
            cues.add(said);
        }
        *slot = Some((names, cues));
        cues
    }
}

impl Cues {
    /// Adds what another name of the element says; of two kinds of noise the first counts.
    fn add(&mut self, other: Self) {
        self.noise = self.noise.or(other.noise);
        self.body |= other.body;
        self.lead |= other.lead;
        self.caption |= other.caption;
        self.date |= other.date;
        self.byline |= other.byline;
    }
}

/// A hash for tables of names: eight bytes at a time, multiplied and rotated as in FxHash.
fn hash(text: &str) -> u64 {
    const SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;
    let mut hash = text.len() as u64;
    let mut mix = |word: u64| hash = (hash.rotate_left(5) ^ word).wrapping_mul(SEED);
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    words.iter().for_each(|word| mix(u64::from_le_bytes(*word)));
    mix(rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
    hash ^ (hash >> 32)
}

/// Reads the names of an element.
pub(super) fn cues<'t>(tree: &'t Tree<'_>, id: NodeId, memo: &mut Memo<'t>) -> Cues {
    let mut cues = Cues::default();
    let (mut names, mut classes) = ("", "");
    // From the last to the first, since of several attributes of one name the first counts.
    for attr in tree.attrs(id).iter().rev() {
        match attr.name {
            AttrName::Role => cues.noise = role_noise(tree.value(attr.value).trim()),
            AttrName::ItemProp => {
                let mut properties = tree.value(attr.value).split_ascii_whitespace();
                cues.body |= properties.clone().any(|name| name.eq_ignore_ascii_case("articleBody"));
                cues.caption |= properties.any(|name| name.eq_ignore_ascii_case("caption"));
            }
            AttrName::Id => names = tree.value(attr.value),
            AttrName::Class => classes = tree.value(attr.value),
            _ => {}
        }
    }
    for list in [names, classes].into_iter().filter(|list| !list.is_empty()) {
        cues.add(memo.read(list));
    }
    // Of two names, `teaser newsSingle`, the one of the body is the rarer and the truer.
    if cues.body && !matches!(cues.noise, Some((RemovalReason::Comments, _))) {
        cues.noise = None;
    }
    cues
}

/// Names of one attribute that are read; utility-class frameworks write dozens.
const MAX_NAMES: usize = 24;
/// Words of one name that are read.
const MAX_WORDS: usize = 8;

fn role_noise(role: &str) -> Option<(RemovalReason, &'static str)> {
    Some(match role {
        "navigation" | "menu" | "menubar" | "tablist" | "search" | "banner" => {
            (RemovalReason::Navigation, "html.role.navigation")
        }
        "complementary" => (RemovalReason::Related, "html.role.complementary"),
        "contentinfo" => (RemovalReason::Copyright, "html.role.contentinfo"),
        "dialog" | "alertdialog" => (RemovalReason::Other, "html.role.dialog"),
        _ => return None,
    })
}

/// False if a name says nothing of its element, which is true of most.
fn may_speak(name: &str) -> bool {
    // Post classes of WordPress (`tag-politics`) and switches (`has-sidebar`) speak of the page, not of the box.
    const FOREIGN: [&str; 13] = [
        "tag-",
        "category-",
        "has-",
        "no-",
        "non-",
        "with-",
        "without-",
        "hide-",
        "show-",
        "is-",
        "wp-image",
        "align",
        "supports-",
    ];
    let silent = name.len() > MAX_NAME || name.is_ascii() && !may_mean(name.as_bytes());
    !silent && !FOREIGN.iter().any(|prefix| name.starts_with(prefix))
}

/// Reads the words of a name; `buffer` is room for them.
fn read_words(name: &str, buffer: &mut String) -> Cues {
    buffer.clear();
    let mut places = [(0, 0); MAX_WORDS];
    let count = split_words(name, buffer, &mut places);
    let mut words = [""; MAX_WORDS];
    for (word, (start, end)) in words.iter_mut().zip(places).take(count) {
        *word = buffer.get(start..end).unwrap_or_default();
    }
    let words = words.get(..count).unwrap_or_default();
    let mut meanings = [Meaning::default(); MAX_WORDS];
    for (slot, word) in meanings.iter_mut().zip(words) {
        *slot = meaning(word);
    }
    let any = |says: fn(&Meaning) -> bool| meanings.iter().any(says);
    let noise =
        pair_noise(words).or_else(|| meanings.iter().find_map(|meaning| meaning.noise)).filter(|_| !is_page(words));
    Cues {
        noise,
        body: noise.is_none() && (any(|meaning| meaning.body) || is_body_pair(words)),
        lead: any(|meaning| meaning.lead),
        caption: any(|meaning| meaning.caption) || words.iter().any(|word| word.ends_with("caption")),
        date: any(|meaning| meaning.date),
        byline: any(|meaning| meaning.byline),
    }
}

/// Longest name that is read, in bytes.
const MAX_NAME: usize = 120;

/// False if no word of an ASCII name, and no two of them together, can be in the lists: most names of a page end here,
/// read once.
fn may_mean(name: &[u8]) -> bool {
    let filter = &WORDS.filter;
    let (mut hash, mut start, mut last_lower, mut before) = (FILTER_SEED, 0, false, 0);
    for (at, byte) in name.iter().chain(b"-").enumerate() {
        let in_word = byte.is_ascii_alphanumeric();
        if (!in_word || byte.is_ascii_uppercase() && last_lower) && start < at {
            let role = filter.roles(hash);
            if role & ALONE != 0 || before & FIRST != 0 && role & SECOND != 0 || opens_like_one(&name[start..at]) {
                return true;
            }
            (hash, before) = (FILTER_SEED, role);
            start = at;
        }
        if in_word {
            hash = filter_hash(hash, byte.to_ascii_lowercase());
        } else {
            start = at + 1;
        }
        last_lower = byte.is_ascii_lowercase();
    }
    false
}

/// The words whose forms are not all listed: `comment…`, `related…`, `breadcrumb…`, `newsletter…`, `…caption`.
fn opens_like_one(word: &[u8]) -> bool {
    let opens = |with: &[u8]| word.get(..with.len()).is_some_and(|front| front.eq_ignore_ascii_case(with));
    word.len() >= 7
        && match word[0] | 0x20 {
            b'c' => opens(b"comment"),
            b'r' => opens(b"related"),
            b'b' => opens(b"breadcrumb"),
            b'n' => opens(b"newsletter"),
            _ => false,
        }
        || word.len() >= 7 && word[word.len() - 7..].eq_ignore_ascii_case(b"caption")
}

/// Parts that words play in names.
const ALONE: u8 = 1;
const FIRST: u8 = 2;
const SECOND: u8 = 4;

/// What words may do in names, by a hash; another word with the same hash does no harm.
struct Filter(Vec<u8>);

/// Where the hash of a word begins: the offset basis of FNV-1a of 32 bits.
const FILTER_SEED: u32 = 0x811c_9dc5;

/// A step of FNV-1a.
fn filter_hash(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

impl Filter {
    /// A power of two, some twenty times the words.
    const SLOTS: usize = 8192;

    fn slot(hash: u32) -> usize {
        (hash ^ (hash >> 15)) as usize % Self::SLOTS
    }

    fn add(&mut self, word: &str, role: u8) {
        self.0[Self::slot(word.bytes().fold(FILTER_SEED, filter_hash))] |= role;
    }

    fn roles(&self, hash: u32) -> u8 {
        self.0[Self::slot(hash)]
    }
}

/// Splits `articleBody`, `entry-content`, `post__text` into words: their places in `buffer`, which holds them in lower
/// case. Returns how many there are.
fn split_words(name: &str, buffer: &mut String, places: &mut [(usize, usize); MAX_WORDS]) -> usize {
    let mut count = 0;
    let mut start = 0;
    let mut last_lower = false;
    let mut close = |start: usize, end: usize| {
        if start < end
            && let Some(place) = places.get_mut(count)
        {
            *place = (start, end);
            count += 1;
        }
    };
    if name.is_ascii() {
        buffer.push_str(name);
        buffer.make_ascii_lowercase();
        for (at, byte) in name.bytes().enumerate() {
            if !byte.is_ascii_alphanumeric() {
                close(start, at);
                start = at + 1;
            } else if byte.is_ascii_uppercase() && last_lower {
                close(start, at);
                start = at;
            }
            last_lower = byte.is_ascii_lowercase();
        }
    } else {
        for c in name.chars() {
            let in_word = khabar_text::is_alphanumeric(c);
            if !in_word || c.is_uppercase() && last_lower {
                close(start, buffer.len());
                start = buffer.len();
            }
            if in_word {
                buffer.extend(c.to_lowercase());
            }
            last_lower = c.is_lowercase();
        }
    }
    close(start, buffer.len());
    count
}

/// The kind of noise that two words together announce.
fn pair_noise(words: &[&str]) -> Option<(RemovalReason, &'static str)> {
    use RemovalReason as R;
    for pair in words.windows(2) {
        let found = match (pair[0], pair[1]) {
            ("most", "read" | "popular" | "viewed" | "shared" | "commented" | "recent" | "watched") => {
                (R::Related, "html.class.most")
            }
            (
                "read" | "see" | "more" | "you",
                "more" | "next" | "also" | "from" | "stories" | "news" | "may" | "might",
            ) => (R::Related, "html.class.more"),
            ("also", "like" | "read") => (R::Related, "html.class.also"),
            ("next" | "previous" | "prev", "post" | "article" | "story" | "posts") => {
                (R::Navigation, "html.class.next")
            }
            ("post" | "posts" | "article", "navigation" | "nav" | "pagination") => (R::Navigation, "html.class.next"),
            (
                "latest" | "recent" | "top" | "other" | "featured",
                "news" | "posts" | "articles" | "stories" | "headlines",
            ) => (R::Related, "html.class.latest"),
            ("sign", "up") | ("mailing", "list") | ("opt", "in") | ("email", "signup") => {
                (R::Subscribe, "html.class.signup")
            }
            ("author", "bio" | "box" | "info" | "card" | "about" | "profile") | ("about", "author") => {
                (R::Byline, "html.class.author")
            }
            ("tags", _) | (_, "tags" | "taglist") => (R::Tags, "html.class.tags"),
            ("tag", "list" | "cloud" | "links" | "box") => (R::Tags, "html.class.tags"),
            ("entry" | "post" | "article" | "story", "meta" | "footer" | "utility" | "info" | "tools" | "actions") => {
                (R::Metadata, "html.class.meta")
            }
            ("breaking", "news") => (R::Navigation, "html.class.breaking"),
            ("skip", "link" | "to" | "nav") => (R::Navigation, "html.class.skip"),
            ("cookie", _) => (R::Other, "html.class.cookie"),
            _ => continue,
        };
        return Some(found);
    }
    // WordPress calls the boxes of a sidebar so; Elementor calls everything `elementor-widget`.
    (words.first() == Some(&"widget")).then_some((R::Related, WIDGET))
}

/// The rule of WordPress's boxes.
pub(super) const WIDGET: &str = "html.class.widget";

/// What one word of a name says.
#[derive(Clone, Copy, Debug, Default)]
struct Meaning {
    noise: Option<(RemovalReason, &'static str)>,
    body: bool,
    lead: bool,
    caption: bool,
    date: bool,
    byline: bool,
}

impl Meaning {
    /// True if the word needs no other beside it.
    fn says_something(&self) -> bool {
        self.noise.is_some() || self.body || self.lead || self.caption || self.date || self.byline
    }
}

/// Words that announce noise, by kind.
const NOISE: [(RemovalReason, &str, &str); 13] = [
    (
        RemovalReason::Comments,
        "html.class.comments",
        "comment comments commentlist disqus respond livefyre kommentare komentar replies commenting coments didgah \
         nazarat",
    ),
    (
        RemovalReason::Share,
        "html.class.share",
        "share sharing shares sharebar sharedaddy social socials addthis sharethis shareaholic addtoany a2a ssba \
         sociable printfriendly socialmedia socialshare sharebuttons sharetools shareicons",
    ),
    (RemovalReason::Follow, "html.class.follow", "follow followus"),
    (
        RemovalReason::Related,
        "html.class.related",
        "related relateds relatednews relatedposts relatedarticles recommended recommendation recommendations \
         recommend recirc recirculation outbrain taboola yarpp trending popular mostread mostpopular similar teaser \
         teasers upnext seealso readmore readalso zergnet promo promos promobox sidebar rail recent moreon morelike \
         jrelated mgid revcontent",
    ),
    (
        RemovalReason::Navigation,
        "html.class.navigation",
        "nav navbar navigation navi menu submenu topmenu breadcrumb breadcrumbs crumbs crumb pagination pager paging \
         toolbar masthead sitemap topbar skiplink ticker toc",
    ),
    (
        RemovalReason::Ad,
        "html.class.ad",
        "ad ads advert adverts advertisement advertisements advertising adsense adsbygoogle adslot adunit sponsor \
         sponsored sponsors dfp tabligh tablighat reklam",
    ),
    (
        RemovalReason::Subscribe,
        "html.class.subscribe",
        "newsletter newsletters subscribe subscription subscribers signup mailchimp optin cta donate donation khabarname",
    ),
    (RemovalReason::Tags, "html.class.tags", "tags taglist tagcloud keywords hashtags barchasb"),
    (RemovalReason::Byline, "html.class.byline", "byline bylines authorbox authorbio bio"),
    (RemovalReason::Metadata, "html.class.metadata", "timestamp datetime pubdate postmeta metadata entrymeta readtime"),
    (RemovalReason::Copyright, "html.class.copyright", "copyright copyrights"),
    (RemovalReason::Disclaimer, "html.class.disclaimer", "disclaimer disclosure"),
    (
        RemovalReason::Other,
        "html.class.chrome",
        "footer cookie cookies gdpr consent modal popup tooltip lightbox overlay printonly visuallyhidden",
    ),
];

/// Words that name the container of the body.
const BODY: &str = "articlebody articletext articlecontent storybody storytext postcontent postbody entrycontent \
                    newstext newsbody bodytext fulltext maintext متن article story artikel hentry wysiwyg matn";
/// Words that name the standfirst.
const LEAD: &str = "lead lede standfirst subtitle subheadline subheading dek deck chapeau chapo intro introtext \
                    introduction excerpt summary abstract synopsis lid leadtext";
/// Words that name captions and picture credits.
const CAPTION: &str = "captions credit credits photocredit";
/// Words that name date lines.
const DATE: &str = "date dates time timestamp datetime published publish pubdate posted dateline publishdate postdate \
                    entrydate updated tarikh تاریخ تاريخ datepublished publishtime newsdate articledate zaman";
/// Words that name bylines.
const BYLINE: &str = "byline author authors writer authorname nevisande نویسنده كاتب yazar";

/// All words, by hash, open addressing.
struct Words {
    slots: Vec<Option<(&'static str, Meaning)>>,
    filter: Filter,
}

static WORDS: LazyLock<Words> = LazyLock::new(Words::embedded);

impl Words {
    /// A power of two with room to spare.
    const SLOTS: usize = 1024;

    fn embedded() -> Self {
        let mut words = Self { slots: vec![None; Self::SLOTS], filter: Filter(vec![0; Filter::SLOTS]) };
        for (reason, rule, list) in NOISE {
            list.split(' ').for_each(|word| words.entry(word).noise = Some((reason, rule)));
        }
        BODY.split(' ').for_each(|word| words.entry(word).body = true);
        LEAD.split(' ').for_each(|word| words.entry(word).lead = true);
        CAPTION.split(' ').for_each(|word| words.entry(word).caption = true);
        DATE.split(' ').for_each(|word| words.entry(word).date = true);
        BYLINE.split(' ').for_each(|word| words.entry(word).byline = true);
        for word in PAIRED.split(' ') {
            words.entry(word);
        }
        for (word, meaning) in words.slots.iter().flatten() {
            words.filter.add(word, if meaning.says_something() { ALONE } else { FIRST | SECOND });
        }
        words.filter.add("widget", ALONE);
        SECONDS.split(' ').for_each(|word| words.filter.add(word, SECOND));
        words
    }

    /// The slot of a word, or the free one where it belongs.
    fn place(&self, word: &str) -> usize {
        let mut slot = hash(word) as usize % Self::SLOTS;
        while self.slots[slot].is_some_and(|(known, _)| known != word) {
            slot = (slot + 1) % Self::SLOTS;
        }
        slot
    }

    fn entry(&mut self, word: &'static str) -> &mut Meaning {
        let slot = self.place(word);
        &mut self.slots[slot].get_or_insert((word, Meaning::default())).1
    }

    fn get(&self, word: &str) -> Option<Meaning> {
        self.slots[self.place(word)].map(|(_, meaning)| meaning)
    }
}

/// What a lower-case word says.
fn meaning(word: &str) -> Meaning {
    if let Some(known) = WORDS.get(word) {
        return known;
    }
    use RemovalReason as R;
    let noise = match word {
        word if word.starts_with("comment") => Some((R::Comments, "html.class.comments")),
        word if word.starts_with("related") => Some((R::Related, "html.class.related")),
        word if word.starts_with("breadcrumb") => Some((R::Navigation, "html.class.navigation")),
        word if word.starts_with("newsletter") => Some((R::Subscribe, "html.class.subscribe")),
        _ => None,
    };
    Meaning { noise, ..Meaning::default() }
}

/// Words that mean something only together with another; see [`pair_noise`], [`is_page`] and [`is_body_pair`].
const PAIRED: &str = "most read see more you also next previous prev post posts article latest recent top other \
                      featured sign mailing opt email author about tags taglist tag entry story breaking skip cookie \
                      widget page site main content news item blog single matn khabar detail details full";

/// Words that only mean something behind another, beside those of [`PAIRED`].
const SECONDS: &str = "popular viewed shared commented watched from stories may might like articles headlines up list in \
                       box info card profile cloud links meta utility tools actions link to body contents text copy \
                       bodytext fulltext txt wrapper container wrap";

/// Wrappers around the whole page are named after one of their parts: `left-navigation_page-wrapper`.
fn is_page(words: &[&str]) -> bool {
    words.windows(2).any(|pair| {
        matches!(pair[0], "page" | "site" | "main" | "content") && matches!(pair[1], "wrapper" | "container" | "wrap")
    })
}

/// Two words that name the container of the body.
fn is_body_pair(words: &[&str]) -> bool {
    const THING: [&str; 16] = [
        "article", "entry", "post", "story", "news", "item", "main", "blog", "page", "single", "matn", "khabar",
        "content", "detail", "details", "full",
    ];
    const PART: [&str; 11] =
        ["body", "content", "contents", "text", "copy", "matn", "bodytext", "fulltext", "txt", "single", "detail"];
    words.windows(2).any(|pair| THING.contains(&pair[0]) && PART.contains(&pair[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Cues {
        if may_speak(name) { read_words(name, &mut String::new()) } else { Cues::default() }
    }

    #[test]
    fn names_that_are_passed_over_say_nothing() {
        let words: Vec<&str> = NOISE
            .iter()
            .flat_map(|(.., list)| list.split(' '))
            .chain(PAIRED.split(' '))
            .chain(SECONDS.split(' '))
            .collect();
        let mut said = 0;
        for one in words.iter().chain(&["relatedly", "commentbox", "imagecaption", "x"]) {
            for other in words.iter().chain(&["x"]) {
                let name = format!("{one}-{other}");
                let cues = read_words(&name, &mut String::new());
                assert!(cues == Cues::default() || may_mean(name.as_bytes()), "{name}");
                said += usize::from(cues != Cues::default());
            }
        }
        assert!(said > words.len());
        assert!(!may_mean(b"col-md-6") && !may_mean(b"content") && !may_mean(b"site--header"));
    }

    #[test]
    fn names_are_read_by_their_words() {
        for name in ["article-body", "entry-content", "storyBody", "post__text", "item-text"] {
            assert!(of(name).body, "{name}");
        }
        for name in ["has-sidebar", "tag-comments", "download", "shareholder", "gradient", "commentary-free"] {
            assert!(of(name).noise.is_none() || name.starts_with("comment"), "{name}");
        }
        assert_eq!(of("relatedArticles").noise.map(|noise| noise.0), Some(RemovalReason::Related));
        assert_eq!(of("post-tags").noise.map(|noise| noise.0), Some(RemovalReason::Tags));
        assert_eq!(of("most-read-list").noise.map(|noise| noise.0), Some(RemovalReason::Related));
        assert!(of("wp-caption-text").caption && of("standfirst").lead);
    }
}
