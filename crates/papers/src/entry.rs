//! What a format reader makes of one file: entries as they stand in it, with remarks and the facts about the page.
//! Types only; nothing here reads, merges or numbers.

use crate::dates::WrittenDay;
use model::{Day, Notice, Severity};

/// One paper as one file lists it. Texts are clean (see `wording`), absent texts are empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    pub title: String,
    pub abstract_text: String,
    /// The paper's own date.
    pub published: Option<Day>,
    /// The day of the page or listing.
    pub seen: Option<Day>,
    pub authors: Option<u32>,
    pub organisation: Option<String>,
    pub comments: Option<u32>,
    pub upvotes: Option<u32>,
    pub link: Option<String>,
    /// arXiv id without version, where the entry carries one: equal ids are the same paper.
    pub arxiv: Option<String>,
    /// 1-based line (row in Parquet) where the entry starts.
    pub line: u64,
}

/// The dates of a page as they are written; the year may be nowhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageDates {
    /// The page's own date and its line.
    pub page: Option<(WrittenDay, u64)>,
    /// For every entry the date in its byline and that line.
    pub bylines: Vec<Option<(WrittenDay, u64)>>,
}

/// One file, read. Notices carry no file name yet.
#[derive(Debug, Clone, Default)]
pub struct FileContent {
    /// As in [`model::SourceSummary::format`].
    pub format: &'static str,
    pub entries: Vec<Entry>,
    pub notices: Vec<Notice>,
    /// Only for pages.
    pub page: Option<PageDates>,
}

/// A notice that does not know its file yet.
pub fn remark(
    severity: Severity,
    line: Option<u64>,
    found: impl Into<String>,
    expected: impl Into<String>,
    hint: impl Into<String>,
) -> Notice {
    Notice { severity, file: None, line, found: found.into(), expected: expected.into(), hint: hint.into() }
}

/// An error that does not know its file yet.
pub fn error(
    line: Option<u64>,
    found: impl Into<String>,
    expected: impl Into<String>,
    hint: impl Into<String>,
) -> Notice {
    remark(Severity::Error, line, found, expected, hint)
}

/// A text as a message quotes it: the first 60 characters.
pub fn quoted(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("`{}...`", &text[..end]),
        None => format!("`{text}`"),
    }
}
