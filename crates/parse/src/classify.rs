//! Lines to fates: which are the article, as what, which are cut and why, and what the cut ones tell.

use khabar_dates::Resolved;
use khabar_model::{BlockKind, Credit, DateOrigin, DateValue, RemovalReason};
use khabar_text::Script;

use crate::cue::{Action, Cues, Hit, Matching};
use crate::hosts::{self, Host};
use crate::line::Line;
use crate::{agency, credit};

/// What becomes of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Keep(BlockKind),
    Cut(RemovalReason, String),
}

/// The fate of every line, and the facts that were lifted out of the cut ones.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    pub(crate) fates: Vec<Fate>,
    pub(crate) lifted: Lifted,
}

/// Facts of cut lines.
#[derive(Debug, Default)]
pub(crate) struct Lifted {
    pub(crate) section: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) credits: Vec<Credit>,
    pub(crate) agencies: Vec<String>,
    pub(crate) published: Option<DateValue>,
    pub(crate) modified: Option<DateValue>,
    /// When a source that is credited published it first.
    pub(crate) credited: Option<DateValue>,
}

/// How to sort.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policy<'a> {
    /// False keeps every line: `--no-boilerplate`.
    pub(crate) boilerplate: bool,
    /// The title, when the input or the page already said it.
    pub(crate) title: Option<&'a str>,
    /// The repeated lines of the document's host.
    pub(crate) host: Option<&'a Host>,
}

/// Part of the document that a line stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zone {
    Head,
    Inline,
    Tail,
    /// No paragraph anywhere: position says nothing.
    Any,
}

/// Credits of one article; a page with more is a list of links, and each is compared with all.
const MAX_CREDITS: usize = 64;

/// Lines from the top among which a date on its own is the article's.
const DATE_LINE_REACH: usize = 8;

/// Sorts the lines of one document.
pub(crate) fn sort(lines: &[Line], policy: Policy<'_>) -> Sorted {
    let mut sorter = Sorter::new(lines, policy);
    if policy.boilerplate {
        sorter.cut_cues();
        sorter.cut_separators();
        sorter.cut_repeated();
        sorter.cut_tail_leftovers();
    }
    sorter.name_head();
    if let Some(host) = policy.host {
        hosts::cut(host, lines, sorter.title, policy.title, &mut sorter.fates);
    }
    sorter.name_body();
    sorter.finish()
}

struct Sorter<'l, 'p> {
    lines: &'l [Line],
    policy: Policy<'p>,
    fates: Vec<Option<Fate>>,
    first_paragraph: Option<usize>,
    last_paragraph: Option<usize>,
    /// Letters of paragraphs from each line on: how much text a cut to the end would take.
    letters_from: Vec<usize>,
    script: Script,
    title: Option<usize>,
    lifted: Lifted,
}

impl<'l, 'p> Sorter<'l, 'p> {
    fn new(lines: &'l [Line], policy: Policy<'p>) -> Self {
        let cues = Cues::embedded();
        let paragraphs: Vec<bool> =
            lines.iter().map(|line| line.is_paragraph() && cues.hits(&line.key, line.chars).is_empty()).collect();
        let mut letters_from = vec![0; lines.len() + 1];
        for (nth, line) in lines.iter().enumerate().rev() {
            let own = if paragraphs.get(nth) == Some(&true) { line.letters } else { 0 };
            let after = letters_from.get(nth + 1).copied().unwrap_or(0);
            if let Some(slot) = letters_from.get_mut(nth) {
                *slot = after + own;
            }
        }
        Self {
            lines,
            policy,
            fates: vec![None; lines.len()],
            first_paragraph: paragraphs.iter().position(|is| *is),
            last_paragraph: paragraphs.iter().rposition(|is| *is),
            letters_from,
            script: dominant_script(lines),
            title: None,
            lifted: Lifted::default(),
        }
    }

    fn zone(&self, nth: usize) -> Zone {
        match (self.first_paragraph, self.last_paragraph) {
            (Some(first), _) if nth < first => Zone::Head,
            (_, Some(last)) if nth > last => Zone::Tail,
            (Some(_), Some(_)) => Zone::Inline,
            _ => Zone::Any,
        }
    }

    /// True if little enough of the article follows that a closing mark may be believed.
    fn closes(&self, nth: usize) -> bool {
        let all = self.letters_from.first().copied().unwrap_or(0);
        let after = self.letters_from.get(nth).copied().unwrap_or(0);
        after * 5 <= all * 2
    }

    fn cut(&mut self, nth: usize, reason: RemovalReason, rule: &str) {
        if let Some(slot) = self.fates.get_mut(nth).filter(|slot| slot.is_none()) {
            *slot = Some(Fate::Cut(reason, rule.to_owned()));
        }
    }

    fn keep(&mut self, nth: usize, kind: BlockKind) {
        if let Some(slot) = self.fates.get_mut(nth).filter(|slot| slot.is_none()) {
            *slot = Some(Fate::Keep(kind));
        }
    }

    fn is_open(&self, nth: usize) -> bool {
        self.fates.get(nth).is_some_and(Option::is_none)
    }

    /// Applies the cue list, position guards first.
    fn cut_cues(&mut self) {
        let lines = self.lines;
        let mut nth = 0;
        while let Some(line) = lines.get(nth) {
            let hit =
                Cues::embedded().hits(&line.key, line.chars).into_iter().find(|hit| self.believes(nth, line, hit));
            let Some(hit) = hit.filter(|_| self.is_open(nth)) else {
                nth += 1;
                continue;
            };
            self.lift(line, &hit);
            self.cut(nth, hit.rule.reason, &hit.rule.id);
            match hit.rule.action {
                Action::DropNext if hit.alone => self.cut_link_titles(nth + 1, hit.rule.reason, &hit.rule.id),
                Action::ToEnd | Action::End if self.closes(nth) => {
                    self.cut_rest(nth + 1, hit.rule.reason, &hit.rule.id, hit.rule.action == Action::End);
                }
                _ => {}
            }
            nth += 1;
        }
    }

    /// Position and shape: a cue in the wrong place is text.
    fn believes(&self, nth: usize, line: &Line, hit: &Hit<'_>) -> bool {
        let rule = hit.rule;
        let place = match self.zone(nth) {
            Zone::Head => rule.head,
            Zone::Inline => {
                rule.inline || rule.tail && matches!(rule.action, Action::End | Action::ToEnd) && self.closes(nth)
            }
            Zone::Tail => rule.tail || rule.inline,
            Zone::Any => true,
        };
        // The first line is the title; it may well be "Read more: why" or a question.
        let first_long =
            nth == 0 && line.words >= 5 && rule.matching != Matching::Networks && rule.action != Action::Copyright;
        // "اقرأ أيضا" without a colon, in a sentence with its full stop, is somebody's imperative.
        let sentence = rule.matching == Matching::Start
            && rule.action == Action::DropNext
            && line.ends_sentence
            && line.letters > 80
            && !line.text.contains(':');
        let byline = rule.action != Action::Byline || hit.alone || !credit::people(after_label(line, hit)).is_empty();
        // What a label lifts must be there: a sentence is no credit, and a date line has a date.
        let shape = match rule.action {
            Action::Credit => !(line.ends_sentence && line.words > 5 && first_date(&line.text).is_none()),
            Action::Published | Action::Modified => hit.alone || first_date(&line.text).is_some(),
            Action::Copyright if rule.matching == Matching::Start && rule.id == "K020" => {
                line.text.contains('©') || line.text.chars().any(char::is_numeric)
            }
            _ => true,
        };
        place && !first_long && !sentence && byline && shape
    }

    /// The link titles under a bare "read also": short lines that end in no full stop, at most three, and not the last
    /// words before the text goes on only if they look like a title.
    fn cut_link_titles(&mut self, from: usize, reason: RemovalReason, rule: &str) {
        let lines = self.lines;
        let list = lines.get(from).is_some_and(Line::is_list_item);
        for (nth, line) in lines.iter().enumerate().skip(from).take(if list { 6 } else { 1 }) {
            let title = line.chars <= 160
                && (!line.ends_sentence || line.text.ends_with(['؟', '?', '!', '…']))
                && (!list || line.is_list_item());
            if !title || !self.is_open(nth) {
                break;
            }
            self.cut(nth, reason, rule);
        }
    }

    /// Everything from `from` on, each line for its own reason where it has one.
    fn cut_rest(&mut self, from: usize, reason: RemovalReason, rule: &str, hard: bool) {
        let lines = self.lines;
        for (nth, line) in lines.iter().enumerate().skip(from) {
            if let Some(hit) = Cues::embedded().hits(&line.key, line.chars).into_iter().find(|hit| hit.rule.tail) {
                self.lift(line, &hit);
                self.cut(nth, hit.rule.reason, &hit.rule.id);
            } else if let Some(value) = date_line(line) {
                self.note_date(value);
                self.cut(nth, RemovalReason::Metadata, "date_line");
            } else if hard {
                self.cut(nth, RemovalReason::Other, rule);
            } else {
                self.cut(nth, reason, rule);
            }
        }
    }

    /// "***", "--", "• • •": a line without a letter or a digit says nothing.
    fn cut_separators(&mut self) {
        let lines = self.lines;
        for (nth, _) in lines.iter().enumerate().filter(|(_, line)| !line.text.chars().any(char::is_alphanumeric)) {
            self.cut(nth, RemovalReason::Other, "separator");
        }
    }

    /// A long line that stands twice is a template's, or the lead again; the title again below itself is the page's.
    fn cut_repeated(&mut self) {
        let mut seen: std::collections::HashSet<&str> = std::collections::HashSet::new();
        if let Some(title) = self.policy.title {
            let key = khabar_text::fold(title);
            let lines = self.lines;
            let repeats = lines.iter().enumerate().take(6).filter(|(_, line)| line.key == key);
            for (nth, _) in repeats.skip(1).collect::<Vec<_>>() {
                self.cut(nth, RemovalReason::DuplicateLine, "title_again");
            }
        }
        let lines = self.lines;
        for (nth, line) in lines.iter().enumerate() {
            // A refrain, a repeated question or a score is text; a paragraph is not said twice.
            let template = line.letters >= 60 || nth < DATE_LINE_REACH && line.chars >= 25;
            if self.is_open(nth) && template && !seen.insert(line.key.as_str()) {
                self.cut(nth, RemovalReason::DuplicateLine, "line_again");
            }
        }
    }

    /// After the last paragraph: agencies, dates, and short lines that stand behind cut ones.
    fn cut_tail_leftovers(&mut self) {
        let Some(last) = self.last_paragraph else { return };
        let lines = self.lines;
        let mut behind_cut = false;
        for (nth, line) in lines.iter().enumerate().skip(last + 1) {
            if !self.is_open(nth) {
                behind_cut = true;
                continue;
            }
            let bare = line.text.trim_matches(|char: char| char.is_whitespace() || "()[]*".contains(char));
            let agencies = agency::names_in(bare);
            if !agencies.is_empty() && line.words <= 8 {
                self.lifted.agencies.extend(agencies.iter().map(|name| (*name).to_owned()));
                self.cut(nth, RemovalReason::SourceCredit, "agency_line");
            } else if let Some(value) = date_line(line) {
                self.note_date(value);
                self.cut(nth, RemovalReason::Metadata, "date_line");
            } else if behind_cut && line.letters < 60 && !line.ends_sentence && line.marked.is_none() {
                let next_is_text = lines.get(nth + 1).is_some_and(|next| self.is_open(nth + 1) && next.letters >= 60);
                if !next_is_text {
                    self.cut(nth, RemovalReason::Other, "tail_leftover");
                }
            }
        }
    }

    /// Above and around the title: section, title, date line, captions, bylines.
    fn name_head(&mut self) {
        let lines = self.lines;
        let end = self.first_paragraph.unwrap_or(lines.len()).min(12);
        let paged = lines.iter().any(|line| line.marked.is_some());
        if self.policy.boilerplate {
            self.cut_section(end, paged);
            // The date stands above the text or right under the lead; further down, or one of several, it is a timeline's.
            let reach = lines.iter().enumerate().take(end.max(DATE_LINE_REACH)).filter(|(nth, _)| self.is_open(*nth));
            let dates: Vec<(usize, DateValue)> =
                reach.filter_map(|(nth, line)| Some((nth, date_line(line)?))).collect();
            if let [(nth, value)] = dates.as_slice() {
                self.note_date(value.clone());
                self.cut(*nth, RemovalReason::Metadata, "date_line");
            }
        }
        match self.policy.title {
            Some(title) => {
                let key = khabar_text::fold(title);
                self.title = lines
                    .iter()
                    .enumerate()
                    .take(6)
                    .find(|(nth, line)| self.is_open(*nth) && line.key == key)
                    .map(|(nth, _)| nth);
            }
            None if !paged => self.title = self.find_title(),
            None => {}
        }
        if let Some(title) = self.title {
            self.keep(title, BlockKind::Title);
        }
        for (nth, line) in lines.iter().enumerate().take(end) {
            let foreign = line.script != self.script && line.words >= 4 && self.title.is_some_and(|title| nth < title);
            let archive = self.title.is_some_and(|title| nth > title)
                && line.marked.is_none()
                && !line.ends_sentence
                && ends_with_picture_note(line);
            if self.is_open(nth) && (foreign || archive) {
                self.keep(nth, BlockKind::Caption);
            }
        }
    }

    /// "الدفاع والأمن" above the title: a few words, no sentence, and a real title below.
    fn cut_section(&mut self, end: usize, paged: bool) {
        let lines = self.lines;
        let open: Vec<usize> = (0..end).filter(|nth| self.is_open(*nth)).take(2).collect();
        let [first, second] = open.as_slice() else { return };
        let (Some(section), Some(below)) = (lines.get(*first), lines.get(*second)) else { return };
        let short = section.words <= 4 && section.chars <= 32 && !section.ends_sentence && section.letters >= 3;
        let titled = below.words >= 5 && below.chars >= 25 && !below.is_paragraph()
            || self.policy.title.is_some_and(|title| khabar_text::fold(title) == below.key);
        if !paged
            && short
            && titled
            && date_line(section).is_none()
            && date_line(below).is_none()
            && section.script == self.script
        {
            // Of a breadcrumb the last part is the section.
            let name = section.text.rsplit(['»', '/', '>', '|']).map(str::trim).find(|part| !part.is_empty());
            self.lifted.section = name.map(str::to_owned);
            let trail = section.text.contains(['»', '/', '>', '|']);
            let reason = if trail { RemovalReason::Navigation } else { RemovalReason::Metadata };
            self.cut(*first, reason, "section_line");
        }
    }

    /// The first open line, if it reads as a headline does.
    fn find_title(&self) -> Option<usize> {
        let lines = self.lines;
        let mut open = (0..lines.len()).filter(|nth| self.is_open(*nth));
        let first = open.next()?;
        let second = open.next();
        let reads_as_title = |nth: usize| {
            let Some(line) = lines.get(nth) else { return false };
            let stop = line.text.trim_end_matches(['"', '»', '”', ' ']).ends_with(['.', '۔', '؛', '،', ':']);
            let below = lines.get(nth + 1).map_or(0, |next| next.letters);
            let short = line.chars <= 160 || line.chars <= 240 && !line.ends_sentence && below > line.letters;
            line.letters >= 4
                && short
                && (!stop || line.chars <= 100 && below * 2 > line.letters * 3)
                && !line.is_list_item()
                && crate::dateline::opening(&line.text).is_none()
        };
        // A picture's text in another script may stand above the headline.
        let foreign = lines.get(first).is_some_and(|line| line.script != self.script);
        match second {
            Some(second)
                if foreign
                    && reads_as_title(second)
                    && lines.get(second).is_some_and(|line| line.script == self.script) =>
            {
                Some(second)
            }
            _ if second.is_some() && reads_as_title(first) => Some(first),
            _ => None,
        }
    }

    /// What is left is the article: lead, headings, captions, list items, paragraphs.
    fn name_body(&mut self) {
        let lines = self.lines;
        let mut led = self.title.is_none() && self.policy.title.is_none();
        for (nth, line) in lines.iter().enumerate() {
            if !self.is_open(nth) {
                continue;
            }
            let kind = match line.marked {
                Some(kind) => kind,
                None if is_caption(line) => BlockKind::Caption,
                None if line.is_list_item() => BlockKind::ListItem,
                None if self.is_picture_text(nth, line) => BlockKind::Caption,
                None if self.is_heading(nth, line) => BlockKind::Heading,
                None => BlockKind::Paragraph,
            };
            let lead = kind == BlockKind::Paragraph && !led && line.letters >= 30;
            led |= matches!(kind, BlockKind::Lead) || lead;
            self.keep(nth, if lead && line.marked.is_none() { BlockKind::Lead } else { kind });
        }
    }

    /// A short line without a full stop above a longer paragraph.
    fn is_heading(&self, nth: usize, line: &Line) -> bool {
        let longer = self.stands_above_text(nth, line);
        let question = line.text.ends_with(['؟', '?']);
        line.words >= 2
            && line.chars <= 120
            && (!line.ends_sentence || question && line.chars <= 80)
            && longer
            && line.letters > 6
            && !line.text.contains(['«', '"', '“'])
    }

    /// True if the next open line is a longer one, and long enough for text.
    fn stands_above_text(&self, nth: usize, line: &Line) -> bool {
        let next =
            (nth + 1..self.lines.len()).find(|below| self.is_open(*below)).and_then(|below| self.lines.get(below));
        next.is_some_and(|next| next.letters >= 60 && next.letters > line.letters)
    }

    /// Among the first lines, what looks like a heading and has no word of the title is the text of the main picture; a
    /// second headline says the title again in other words.
    fn is_picture_text(&self, nth: usize, line: &Line) -> bool {
        let Some(title) = self.title.and_then(|title| self.lines.get(title)) else { return false };
        let stem = |word: &str| word.trim_start_matches("ال").chars().take(5).collect::<String>();
        let content = |word: &&str| word.chars().count() >= 4;
        let of_title: Vec<String> = title.key.split(' ').filter(content).map(stem).collect();
        let shared = line.key.split(' ').filter(content).filter(|word| of_title.contains(&stem(word))).count();
        let short = line.words >= 6 && line.chars <= 140 && !line.ends_sentence;
        nth < DATE_LINE_REACH && short && shared <= 1 && self.stands_above_text(nth, line)
    }

    /// Takes the facts out of a line that is about to be cut.
    fn lift(&mut self, line: &Line, hit: &Hit<'_>) {
        let rest = after_label(line, hit);
        match hit.rule.action {
            Action::Credit => {
                let found =
                    if hit.rule.matching == Matching::Line { credit::credit(&line.text) } else { credit::credit(rest) };
                if let Some(found) = found {
                    let agencies = found.name.as_deref().map(agency::names_in).unwrap_or_default();
                    self.lifted.agencies.extend(agencies.into_iter().map(str::to_owned));
                    self.note_credit(found);
                }
                if self.lifted.credited.is_none() {
                    self.lifted.credited = first_date(rest).map(|date| DateValue { origin: DateOrigin::Text, ..date });
                }
            }
            Action::Byline => self.lifted.authors.extend(credit::people(rest)),
            Action::Tags => self.lifted.tags.extend(credit::tags(rest)),
            Action::Copyright => {
                let holder = || credit::copyright_holder(&line.text);
                self.lifted.publisher = self.lifted.publisher.take().or_else(holder);
            }
            Action::Publisher => {
                let name = rest.trim_matches(|char: char| char.is_whitespace() || ":-–|".contains(char));
                if self.lifted.publisher.is_none() && !name.is_empty() {
                    self.lifted.publisher = Some(name.to_owned());
                }
            }
            Action::Published => {
                let value =
                    khabar_dates::parse(rest, None).map(|date| date.with_evidence(rest.trim(), DateOrigin::Dateline));
                if let Some(value) = value.or_else(|| first_date(rest)) {
                    self.note_date(value);
                }
            }
            Action::Modified => self.lifted.modified = self.lifted.modified.take().or_else(|| first_date(rest)),
            // A line such as "کد خبر: … | تاریخ انتشار: ۸ آبان ۱۴۰۳" names its date behind another label.
            Action::Drop if hit.rule.reason == RemovalReason::Metadata => {
                if let Some(value) = first_date(&line.text) {
                    self.note_date(value);
                }
            }
            _ => {}
        }
    }

    /// Two lines that credit one source are one credit.
    fn note_credit(&mut self, found: Credit) {
        let room = self.lifted.credits.len() < MAX_CREDITS;
        let same = self.lifted.credits.iter_mut().find(|credit| credit.name.is_some() && credit.name == found.name);
        match same {
            Some(credit) => {
                credit.url = credit.url.take().or(found.url);
                credit.date = credit.date.take().or(found.date);
            }
            None if room => self.lifted.credits.push(found),
            None => {}
        }
    }

    fn note_date(&mut self, value: DateValue) {
        if self.lifted.published.is_none() {
            self.lifted.published = Some(value);
        }
    }

    fn finish(self) -> Sorted {
        let fates = self.fates.into_iter().map(|fate| fate.unwrap_or(Fate::Keep(BlockKind::Paragraph))).collect();
        let mut lifted = self.lifted;
        dedup_in_order(&mut lifted.agencies);
        dedup_in_order(&mut lifted.authors);
        Sorted { fates, lifted }
    }
}

/// The line behind its cue, in its own spelling.
fn after_label<'l>(line: &'l Line, hit: &Hit<'_>) -> &'l str {
    let aligned = khabar_text::fold_aligned(&line.text, khabar_text::Zwnj::Delete);
    let Ok(span) = khabar_model::Span::new(hit.key_len, aligned.text.len()) else { return "" };
    aligned.alignment.to_src(span).of(&line.text).unwrap_or_default()
}

/// A line that is a date and nothing else.
fn date_line(line: &Line) -> Option<DateValue> {
    if line.chars > 90 || !line.text.chars().any(char::is_numeric) {
        return None;
    }
    if let Some(date) = khabar_dates::parse(&line.text, None) {
        return date.day().is_some().then(|| date.clone().with_evidence(&line.text, DateOrigin::Dateline));
    }
    // "بيروت - 24 تشرين الأول 2024": a place or a desk, a separator, the date, and that is all.
    let (span, date): (_, Resolved) = khabar_dates::first_absolute(&line.text, None)?;
    let before = line.text.get(..span.start())?.trim_end();
    let after = line.text.get(span.end()..)?;
    let place = before.trim_end_matches(['-', '–', '—', '|', '،', ',', ':', '/']);
    let short =
        place.len() < before.len() && place.split_whitespace().count() <= 4 && !after.chars().any(char::is_alphabetic);
    short.then(|| span.of(&line.text).map(|raw| date.with_evidence(raw, DateOrigin::Dateline))).flatten()
}

fn first_date(text: &str) -> Option<DateValue> {
    let (span, date) = khabar_dates::first_absolute(text, None)?;
    Some(date.with_evidence(span.of(text)?, DateOrigin::Dateline))
}

/// A picture's text with its credit: "… © AFP", "… / عکس: AA", "(أرشيف)".
fn is_caption(line: &Line) -> bool {
    if line.chars > 320 {
        return false;
    }
    let text = line.text.as_str();
    let credited = text.find('©').is_some_and(|at| at > 20);
    credited
        || [
            "/ عکس",
            "/عکس",
            "عکس:",
            "عکس :",
            "تصویر:",
            "الصورة:",
            "صورة:",
            "Photo:",
            "PHOTO:",
            "Photograph:",
            "Getty Images",
            "فوٹو:",
        ]
        .iter()
        .any(|cue| text.contains(cue) && line.chars <= 240)
        || !line.ends_sentence && ends_with_picture_note(line)
}

/// "(أرشيف)", "(رويترز)", `[AFP]` at the end of a short line without a full stop.
fn ends_with_picture_note(line: &Line) -> bool {
    let text = line.text.trim_end();
    let Some(open) = text.rfind(['(', '[']).filter(|_| text.ends_with([')', ']'])) else { return false };
    let note = text.get(open + 1..text.len() - 1).unwrap_or_default();
    let key = khabar_text::fold(note);
    let archive = ["ارشيف", "ارشيفيه", "صوره ارشيفيه", "ارشيوي", "archive", "file", "file photo", "فايل", "فايل فوتو"];
    line.chars <= 200 && open > 0 && (archive.contains(&key.as_str()) || !agency::names_in(note).is_empty())
}

fn dominant_script(lines: &[Line]) -> Script {
    let letters =
        |script: Script| -> usize { lines.iter().filter(|line| line.script == script).map(|line| line.letters).sum() };
    let (arabic, latin) = (letters(Script::Arabic), letters(Script::Latin));
    let all: usize = lines.iter().map(|line| line.letters).sum();
    if arabic >= latin && arabic * 3 >= all {
        Script::Arabic
    } else if latin * 3 >= all {
        Script::Latin
    } else {
        lines.iter().max_by_key(|line| line.letters).map_or(Script::Common, |line| line.script)
    }
}

pub(crate) fn dedup_in_order(names: &mut Vec<String>) {
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
}
