//! The files below the INPUT arguments, in the order in which they are read.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use globset::GlobBuilder;
use khabar_model::RejectReason;
use walkdir::{DirEntry, WalkDir};

use super::{Place, Refusal};

/// One file to read, or the reason why it cannot be.
pub(super) struct Planned {
    pub(super) place: Place,
    pub(super) origin: Origin,
}

/// Where the bytes of an input come from.
pub(super) enum Origin {
    Stdin,
    File { path: PathBuf, bytes: u64 },
    Refused(Refusal),
}

/// Every file of the arguments: arguments in their order, folders and globs in byte order of the paths below them.
pub(super) fn plan(inputs: &[String]) -> anyhow::Result<Vec<Planned>> {
    let mut planned = Vec::new();
    for input in inputs {
        let path = Path::new(input);
        if input == "-" {
            planned.push(Planned { place: Place::new("-", "-"), origin: Origin::Stdin });
        } else if path.is_dir() {
            planned.extend(walk(input, |_| true));
        } else if path.symlink_metadata().is_ok() {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            planned.push(Planned { place: Place::new(input, name), origin: origin(path, true) });
        } else if input.contains(['*', '?', '[', '{']) {
            planned.extend(glob(input)?);
        } else {
            anyhow::bail!("no file or folder `{input}`: check the path, or give `-` to read standard input");
        }
    }
    Ok(planned)
}

fn origin(path: &Path, by_name: bool) -> Origin {
    let refused = |reason, detail| Origin::Refused(Refusal::new(reason, detail));
    match path.metadata() {
        Ok(metadata) if metadata.is_file() => Origin::File { path: path.to_owned(), bytes: metadata.len() },
        // A pipe that was named outright (`<(zcat …)`) is meant; one that lies in a folder could block for ever.
        Ok(_) if by_name => Origin::File { path: path.to_owned(), bytes: 0 },
        Ok(_) => refused(RejectReason::Unsupported, "a pipe, socket or device in a folder".to_owned()),
        Err(error) => refused(RejectReason::Io, format!("cannot be opened: {error}")),
    }
}

fn glob(pattern: &str) -> anyhow::Result<Vec<Planned>> {
    let fixed: Vec<&str> = pattern.split('/').take_while(|part| !part.contains(['*', '?', '[', '{'])).collect();
    let root = match fixed.as_slice() {
        [] => ".".to_owned(),
        [""] => "/".to_owned(),
        parts => parts.join("/"),
    };
    let below = pattern.split('/').skip(fixed.len()).collect::<Vec<_>>().join("/");
    let matcher = GlobBuilder::new(&below)
        .literal_separator(true)
        .build()
        .with_context(|| format!("the pattern `{pattern}` cannot be read: quote it and check its brackets"))?
        .compile_matcher();
    let mut found = Vec::new();
    if Path::new(&root).is_dir() {
        // A folder that matches is read whole.
        found = walk(&root, |path| Path::new(path).ancestors().any(|part| matcher.is_match(part)));
    }
    if found.is_empty() {
        anyhow::bail!("no file matches the pattern `{pattern}`: check the folder `{root}` and the pattern");
    }
    if fixed.is_empty() {
        // `*.txt` was given, not `./*.txt`.
        for planned in &mut found {
            planned.place.uri.clone_from(&planned.place.below);
        }
    }
    Ok(found)
}

/// The files below a folder whose path below it is wanted, in byte order of these paths; hidden ones are left out.
fn walk(root: &str, wanted: impl Fn(&str) -> bool) -> Vec<Planned> {
    let shown = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    let below = |path: &Path| {
        let rest = path.strip_prefix(root).unwrap_or(path);
        rest.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    let mut found = Vec::new();
    for entry in WalkDir::new(root).follow_links(true).into_iter().filter_entry(shown) {
        let (path, origin) = match entry {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) => (below(entry.path()), origin(entry.path(), false)),
            // A link back to a folder above: what it leads to is read already.
            Err(error) if error.loop_ancestor().is_some() => continue,
            Err(error) => {
                let path = error.path().map(&below).unwrap_or_default();
                let words = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                (path, Origin::Refused(Refusal::new(RejectReason::Io, format!("cannot be opened: {words}"))))
            }
        };
        if wanted(&path) {
            let uri = match path.is_empty() {
                true => root.to_owned(),
                false => format!("{}/{path}", root.trim_end_matches('/')),
            };
            found.push(Planned { place: Place::new(uri, path), origin });
        }
    }
    found.sort_by(|one, other| one.place.below.as_bytes().cmp(other.place.below.as_bytes()));
    found
}
