//! What class names, ids and roles say of an element: the words that publishing systems share.

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
}

/// Names that were read already: of a page's thousand elements most share a few dozen names.
pub(super) struct Memo<'t> {
    slots: Vec<Option<(&'t str, Cues)>>,
}

impl<'t> Memo<'t> {
    /// Names that are remembered at a time; a power of two.
    const SLOTS: usize = 256;

    pub(super) fn new() -> Self {
        Self { slots: vec![None; Self::SLOTS] }
    }

    fn read(&mut self, name: &'t str) -> Cues {
        // FNV-1a is good enough for names of a dozen letters.
        let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let slot = &mut self.slots[(hash ^ (hash >> 16)) as usize % Self::SLOTS];
        if let Some((known, cues)) = slot
            && *known == name
        {
            return *cues;
        }
        let mut cues = Cues::default();
        read_name(name, &mut cues);
        *slot = Some((name, cues));
        cues
    }
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
    for list in [names, classes] {
        for name in list.split_ascii_whitespace().take(MAX_NAMES) {
            let found = memo.read(name);
            cues.body |= found.body;
            cues.noise = cues.noise.or(found.noise);
            cues.lead |= found.lead;
            cues.caption |= found.caption;
        }
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

fn read_name(name: &str, cues: &mut Cues) {
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
    if name.len() > 120 || FOREIGN.iter().any(|prefix| name.starts_with(prefix)) {
        return;
    }
    let mut buffer = [const { String::new() }; MAX_WORDS];
    let count = split_words(name, &mut buffer);
    let words: Vec<&str> = buffer.iter().take(count).map(String::as_str).collect();
    let noise = noise(&words).filter(|_| !is_page(&words));
    cues.body |= noise.is_none() && is_body(&words);
    cues.noise = cues.noise.or(noise);
    cues.lead |= is_lead(&words);
    cues.caption |= is_caption(&words);
}

/// Splits `articleBody`, `entry-content`, `post__text` into lower-case words.
fn split_words(name: &str, words: &mut [String; MAX_WORDS]) -> usize {
    let mut count = 0;
    let mut last_lower = false;
    for c in name.chars() {
        let starts = c.is_uppercase() && last_lower;
        if !c.is_alphanumeric() || starts {
            if words.get(count).is_some_and(|word| !word.is_empty()) {
                count += 1;
            }
            if count == MAX_WORDS {
                return count;
            }
        }
        if c.is_alphanumeric()
            && let Some(word) = words.get_mut(count)
        {
            word.extend(c.to_lowercase());
        }
        last_lower = c.is_lowercase();
    }
    count + usize::from(words.get(count).is_some_and(|word| !word.is_empty()))
}

/// The kind of noise that a name announces, by its words and pairs of words.
fn noise(words: &[&str]) -> Option<(RemovalReason, &'static str)> {
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
    if words.first() == Some(&"widget") {
        return Some((R::Related, "html.class.widget"));
    }
    words.iter().find_map(|word| {
        Some(match *word {
            "comment" | "comments" | "commentlist" | "disqus" | "respond" | "livefyre" | "kommentare" | "komentar"
            | "replies" | "commenting" | "coments" | "didgah" | "nazarat" => (R::Comments, "html.class.comments"),
            "share" | "sharing" | "shares" | "sharebar" | "sharedaddy" | "social" | "socials" | "addthis"
            | "sharethis" | "shareaholic" | "addtoany" | "a2a" | "ssba" | "sociable" | "printfriendly"
            | "socialmedia" | "socialshare" | "sharebuttons" | "sharetools" | "shareicons" => {
                (R::Share, "html.class.share")
            }
            "follow" | "followus" => (R::Follow, "html.class.follow"),
            "related" | "relateds" | "relatednews" | "relatedposts" | "relatedarticles" | "recommended"
            | "recommendation" | "recommendations" | "recommend" | "recirc" | "recirculation" | "outbrain"
            | "taboola" | "yarpp" | "trending" | "popular" | "mostread" | "mostpopular" | "similar" | "teaser"
            | "teasers" | "upnext" | "seealso" | "readmore" | "readalso" | "zergnet" | "promo" | "promos"
            | "promobox" | "sidebar" | "rail" | "recent" | "moreon" | "morelike" | "crosshead-related" | "jrelated"
            | "mgid" | "revcontent" => (R::Related, "html.class.related"),
            "nav" | "navbar" | "navigation" | "navi" | "menu" | "submenu" | "topmenu" | "breadcrumb"
            | "breadcrumbs" | "crumbs" | "crumb" | "pagination" | "pager" | "paging" | "toolbar" | "masthead"
            | "sitemap" | "topbar" | "skiplink" | "ticker" | "toc" => (R::Navigation, "html.class.navigation"),
            "ad" | "ads" | "advert" | "adverts" | "advertisement" | "advertisements" | "advertising" | "adsense"
            | "adsbygoogle" | "adslot" | "adunit" | "sponsor" | "sponsored" | "sponsors" | "dfp" | "tabligh"
            | "tablighat" | "reklam" => (R::Ad, "html.class.ad"),
            "newsletter" | "newsletters" | "subscribe" | "subscription" | "subscribers" | "signup" | "mailchimp"
            | "optin" | "cta" | "donate" | "donation" | "khabarname" => (R::Subscribe, "html.class.subscribe"),
            "tags" | "taglist" | "tagcloud" | "keywords" | "hashtags" | "barchasb" => (R::Tags, "html.class.tags"),
            "byline" | "bylines" | "authorbox" | "authorbio" | "bio" => (R::Byline, "html.class.byline"),
            "timestamp" | "datetime" | "pubdate" | "postmeta" | "metadata" | "entrymeta" | "readtime" => {
                (R::Metadata, "html.class.metadata")
            }
            "copyright" | "copyrights" => (R::Copyright, "html.class.copyright"),
            "disclaimer" | "disclosure" => (R::Disclaimer, "html.class.disclaimer"),
            "footer" | "cookie" | "cookies" | "gdpr" | "consent" | "modal" | "popup" | "tooltip" | "lightbox"
            | "overlay" | "printonly" | "visuallyhidden" => (R::Other, "html.class.chrome"),
            word if word.starts_with("comment") => (R::Comments, "html.class.comments"),
            word if word.starts_with("related") => (R::Related, "html.class.related"),
            word if word.starts_with("breadcrumb") => (R::Navigation, "html.class.navigation"),
            word if word.starts_with("newsletter") => (R::Subscribe, "html.class.subscribe"),
            _ => return None,
        })
    })
}

/// Wrappers around the whole page are named after one of their parts: `left-navigation_page-wrapper`.
fn is_page(words: &[&str]) -> bool {
    words.windows(2).any(|pair| {
        matches!(pair[0], "page" | "site" | "main" | "content") && matches!(pair[1], "wrapper" | "container" | "wrap")
    })
}

fn is_body(words: &[&str]) -> bool {
    const THING: [&str; 16] = [
        "article", "entry", "post", "story", "news", "item", "main", "blog", "page", "single", "matn", "khabar",
        "content", "detail", "details", "full",
    ];
    const PART: [&str; 11] =
        ["body", "content", "contents", "text", "copy", "matn", "bodytext", "fulltext", "txt", "single", "detail"];
    words.windows(2).any(|pair| THING.contains(&pair[0]) && PART.contains(&pair[1]))
        || words.iter().any(|word| {
            matches!(
                *word,
                "articlebody"
                    | "articletext"
                    | "articlecontent"
                    | "storybody"
                    | "storytext"
                    | "postcontent"
                    | "postbody"
                    | "entrycontent"
                    | "newstext"
                    | "newsbody"
                    | "bodytext"
                    | "fulltext"
                    | "maintext"
                    | "متن"
                    | "article"
                    | "story"
                    | "artikel"
                    | "hentry"
                    | "wysiwyg"
                    | "matn"
            )
        })
}

fn is_lead(words: &[&str]) -> bool {
    words.iter().any(|word| {
        matches!(
            *word,
            "lead"
                | "lede"
                | "standfirst"
                | "subtitle"
                | "subheadline"
                | "subheading"
                | "dek"
                | "deck"
                | "chapeau"
                | "chapo"
                | "intro"
                | "introtext"
                | "introduction"
                | "excerpt"
                | "summary"
                | "abstract"
                | "synopsis"
                | "lid"
                | "leadtext"
                | "kicker-text"
        )
    })
}

fn is_caption(words: &[&str]) -> bool {
    words
        .iter()
        .any(|word| word.ends_with("caption") || matches!(*word, "captions" | "credit" | "credits" | "photocredit"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Cues {
        let mut cues = Cues::default();
        read_name(name, &mut cues);
        cues
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
