//! The first bytes of formats that hold papers but are not read into one error that names the format and the way out.
//! It reads nothing of what they hold.

use crate::entry::error;
use model::Notice;

const READ: &str =
    "a table (CSV, tab separated, JSON, JSON lines or Parquet), a page of papers as text, or a daily listing";
const EXPORT: &str = "export the papers as CSV (or tab separated, or JSON) with title, abstract and date instead";

/// Files that are no text.
pub fn binary(bytes: &[u8]) -> Option<Notice> {
    let (format, hint) = if bytes.starts_with(b"%PDF") {
        ("a PDF file", "export the list of papers as CSV where the file comes from")
    } else if bytes.starts_with(b"PK\x03\x04") {
        ("an Excel workbook or zip archive", "save the sheet as CSV (UTF-8), or unpack the archive")
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        ("an old Excel workbook or another Office file", "save the sheet as CSV (UTF-8)")
    } else {
        return None;
    };
    Some(error(None, format, READ, hint))
}

/// Files of references for reference managers.
pub fn references(text: &str) -> Option<Notice> {
    let mut lines =
        (1..).zip(text.lines()).map(|(line, said)| (line, said.trim())).filter(|(_, said)| !said.is_empty());
    let (line, first) = lines.next()?;
    let format = if is_bibtex(text) {
        "references in BibTeX"
    } else if tagged(first, "TY") {
        "references in RIS"
    } else if tagged(first, "PMID") {
        "references in the format of PubMed (MEDLINE, .nbib)"
    } else if first.starts_with("FN ") && lines.next().is_some_and(|(_, second)| second.starts_with("VR ")) {
        "references in the plain text of Web of Science"
    } else {
        return None;
    };
    Some(error(Some(line), format, READ, EXPORT))
}

/// `TAG - value`, with as many spaces before the hyphen as the format fills the tag up with.
fn tagged(line: &str, tag: &str) -> bool {
    line.strip_prefix(tag).is_some_and(|rest| rest.len() <= 64 && rest.trim_start_matches(' ').starts_with('-'))
}

/// Whether the text begins with an entry such as `@article{key,`, perhaps after comments (`%`).
fn is_bibtex(text: &str) -> bool {
    const ENTRIES: [&str; 17] = [
        "article",
        "book",
        "booklet",
        "comment",
        "conference",
        "inbook",
        "incollection",
        "inproceedings",
        "manual",
        "mastersthesis",
        "misc",
        "online",
        "phdthesis",
        "preamble",
        "proceedings",
        "string",
        "techreport",
    ];
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('%'));
    let entry = first.and_then(|line| line.strip_prefix('@')).and_then(|line| line.split_once(['{', '(']));
    entry.is_some_and(|(name, _)| ENTRIES.contains(&name.trim().to_ascii_lowercase().as_str()))
}
