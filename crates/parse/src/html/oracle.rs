//! What html5ever makes of a page, and our tree in the same words: for tests only.
//!
//! Compared is what readers see: elements, their nesting and their text, neighbouring text joined. Left out are what is
//! never read: comments, the contents of scripts, templates, drawings and form controls.

use std::path::{Path, PathBuf};

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::tag::Tag;
use super::tree::{Data, Flow, Tree};

/// Elements whose content is not compared.
fn is_opaque(tag: Tag) -> bool {
    tag.flow() == Flow::Skip
        && !matches!(tag, Tag::Head | Tag::Title | Tag::Option | Tag::Button | Tag::Select | Tag::Object)
        || matches!(tag, Tag::Xmp | Tag::Plaintext)
}

/// The outline of html5ever's tree.
pub(super) fn outline(html: &str) -> String {
    let opts = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    let dom = parse_document(RcDom::default(), opts).one(html);
    let mut out = Writer::default();
    // Pages are deep: no recursion.
    let mut todo: Vec<(Handle, bool)> =
        dom.document.children.borrow().iter().rev().map(|node| (node.clone(), true)).collect();
    while let Some((node, opening)) = todo.pop() {
        match &node.data {
            NodeData::Text { contents } => out.text(&contents.borrow()),
            NodeData::Element { name, .. } => {
                let tag = Tag::of(name.local.as_bytes());
                let shown = &*name.local.to_ascii_lowercase();
                if !opening {
                    out.tag("</", shown);
                    continue;
                }
                out.tag("<", shown);
                todo.push((node.clone(), false));
                if !is_opaque(tag) {
                    todo.extend(node.children.borrow().iter().rev().map(|node| (node.clone(), true)));
                }
            }
            _ => {}
        }
    }
    out.finish()
}

/// The outline of our tree.
pub(super) fn outline_of(tree: &Tree<'_>) -> String {
    let mut out = Writer::default();
    // Open elements: (end, name).
    let mut open: Vec<(u32, String)> = Vec::new();
    let mut at = 1;
    loop {
        while let Some((_, name)) = open.pop_if(|(end, _)| *end <= at) {
            out.tag("</", &name);
        }
        if at >= tree.ids().end {
            return out.finish();
        }
        let node = tree.node(at);
        match &node.data {
            Data::Text(value) => out.text(tree.value(*value)),
            Data::Element { tag, .. } => {
                let name = name(tree, at, *tag);
                out.tag("<", &name);
                open.push((node.end, name));
                if is_opaque(*tag) {
                    at = node.end;
                    continue;
                }
            }
        }
        at += 1;
    }
}

/// The name of an element, lower case.
fn name(tree: &Tree<'_>, id: u32, tag: Tag) -> String {
    if tag != Tag::Other {
        return tag.name().to_owned();
    }
    let source = tree.source(id).trim_start_matches('<');
    let end = source.find([' ', '\t', '\n', '\r', '\x0c', '/', '>']).unwrap_or(source.len());
    source.get(..end).unwrap_or_default().to_ascii_lowercase()
}

#[derive(Default)]
struct Writer {
    text: String,
    in_text: bool,
    /// No text since the tag of a box: white space there is never laid out, and ours is not kept.
    at_box: bool,
}

impl Writer {
    fn finish(self) -> String {
        self.text
    }

    fn tag(&mut self, open: &str, name: &str) {
        if std::mem::take(&mut self.in_text) {
            self.text.push('"');
        }
        self.text.push_str(open);
        self.text.push_str(name);
        self.text.push('>');
        self.at_box |= matches!(Tag::of(name.as_bytes()).flow(), Flow::Block | Flow::Break);
    }

    /// Text, all white space as one space: line ends are not what differs.
    fn text(&mut self, run: &str) {
        let run: String = run.chars().filter(|c| *c != '\0').map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let run = if self.at_box { run.trim_start() } else { &run };
        if run.is_empty() {
            return;
        }
        self.at_box = false;
        if !std::mem::replace(&mut self.in_text, true) {
            self.text.push('"');
        }
        for c in run.chars() {
            if c != ' ' || !self.text.ends_with(' ') {
                self.text.push(c);
            }
        }
    }
}

/// Where two outlines part, with a little before and after; `None` if they are the same.
pub(super) fn difference(ours: &str, theirs: &str) -> Option<String> {
    if ours == theirs {
        return None;
    }
    let same = ours.chars().zip(theirs.chars()).take_while(|(one, other)| one == other).count();
    let around = |text: &str| text.chars().skip(same.saturating_sub(60)).take(140).collect::<String>();
    Some(format!("ours:   {}\ntheirs: {}", around(ours), around(theirs)))
}

/// A page to compare on.
pub(super) struct Page {
    pub(super) name: String,
    pub(super) html: String,
}

/// All pages below a folder.
#[expect(clippy::disallowed_methods, reason = "tests read pages")]
pub(super) fn pages(folder: &Path) -> Vec<Page> {
    let mut folders = vec![folder.to_owned()];
    let mut pages = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "html") {
                let bytes = std::fs::read(&path).unwrap();
                pages.push(Page {
                    name: path.display().to_string(),
                    html: String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned(),
                });
            }
        }
    }
    pages.sort_by(|one, other| one.name.cmp(&other.name));
    pages
}

/// The data beside the repository.
#[expect(clippy::disallowed_methods, reason = "a test may be told where the data is")]
pub(crate) fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var("KHABAR_SHARED").map_or(beside, PathBuf::from);
    shared.is_dir().then_some(shared)
}

/// True in CI, where nothing may be skipped.
#[expect(clippy::disallowed_methods, reason = "CI says so by this variable")]
pub(crate) fn in_ci() -> bool {
    std::env::var("CI").is_ok()
}

/// Pages of the bench sets: all of the small ones, unpacked with the system's tar.
pub(super) fn bench_pages(shared: &Path) -> Vec<Page> {
    let folder = tempfile::tempdir().unwrap();
    for set in ["aeb", "ar_fa_dev"] {
        let archive = shared.join(format!("bench/parse/{set}.tar.zst"));
        let done = std::process::Command::new("tar")
            .arg("--zstd")
            .arg("-xf")
            .arg(&archive)
            .arg("-C")
            .arg(folder.path())
            .status();
        assert!(done.is_ok_and(|status| status.success()), "cannot unpack {}", archive.display());
    }
    pages(folder.path())
}
