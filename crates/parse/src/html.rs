//! An HTML page as metadata, lines of its main content, and what structure alone says is not content.
pub(crate) fn read(html: &str, limits: &crate::Limits) -> usize { feed::parse(html, limits).map_or(0, |t| t.nodes.len()) }
mod builder;
mod feed;
mod tree;
