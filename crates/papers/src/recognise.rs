//! The bytes of one file into its entries: unpacks it, tells its format by its content, and hands it to that reader.
//! It knows nothing of other files; bytes that are no input become an error that says what they are.

use crate::columns::ColumnNames;
use crate::entry::{FileContent, error};
use crate::{csv, foreign, pages, parquet, records};
use flate2::read::MultiGzDecoder;
use model::Notice;
use std::borrow::Cow;
use std::io::Read;

const WHOLE: &str = "a page of papers as text, a daily listing, JSON, JSON lines, CSV or Parquet, perhaps gzipped";

/// A gzipped file may unpack to at most this many bytes (16 GiB); more is a trap rather than papers.
const MOST_UNPACKED: u64 = 16 << 30;

/// How a text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Page,
    Json,
    Csv,
}

/// Reads one file. `name` tells the day of a listing and, where the content fits several formats, decides.
///
/// # Errors
/// All problems of a file that cannot be read at all; others are among the notices.
pub fn read(name: &str, bytes: &[u8], names: &ColumnNames) -> Result<FileContent, Vec<Notice>> {
    let bytes = unpacked(bytes).map_err(|problem| vec![problem])?;
    if is_parquet(&bytes) {
        return parquet::read(&bytes, names);
    }
    if let Some(problem) = foreign::binary(&bytes) {
        return Err(vec![problem]);
    }
    let text = text_of(&bytes).map_err(|problem| vec![problem])?;
    if let Some(problem) = foreign::references(text) {
        return Err(vec![problem]);
    }
    if is_html(text) {
        return Err(vec![html()]);
    }
    match format_of(name, text, names) {
        Format::Json => records::read(text, name, names),
        Format::Csv => csv::read(text, names),
        Format::Page => Ok(pages::read(text)),
    }
}

/// The content of a gzipped file, or the bytes as they are.
pub fn unpacked(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Notice> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut out = Vec::new();
    match MultiGzDecoder::new(bytes).take(MOST_UNPACKED).read_to_end(&mut out) {
        Ok(_) => Ok(Cow::Owned(out)),
        Err(problem) => Err(error(
            None,
            format!("a gzip file that cannot be unpacked beyond {} bytes: {problem}", out.len()),
            "a whole gzip file",
            "fetch or compress the file again; it may have been cut off",
        )),
    }
}

/// Parquet starts and ends with its mark; one that was cut off still starts with it.
pub fn is_parquet(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PAR1")
}

/// The bytes as text, without a byte-order mark.
pub fn text_of(bytes: &[u8]) -> Result<&str, Notice> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(error(
            None,
            "text in UTF-16 (by its byte-order mark)",
            "text in UTF-8",
            "save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8",
        ));
    }
    // Looking for its place takes longer, and there seldom is one.
    let zero = bytes.contains(&0).then(|| bytes.iter().position(|&byte| byte == 0)).flatten();
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() => Err(error(
            None,
            if bytes.is_empty() { "an empty file" } else { "a file of nothing but white space" },
            WHOLE,
            "see whether saving it failed",
        )),
        Ok(text) if zero.is_none() => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Ok(_) => Err(binary(zero.unwrap_or_default())),
        Err(problem) => Err(match zero.filter(|&at| at < 8192) {
            Some(at) => binary(at),
            None => not_utf8(bytes, problem.valid_up_to()),
        }),
    }
}

/// Whether a text is the source of a web page rather than what the page says.
fn is_html(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(15).collect::<String>().to_ascii_lowercase();
    ["<!doctype", "<html", "<head", "<body", "<?xml"].iter().any(|mark| start.starts_with(mark))
}

fn html() -> Notice {
    error(
        Some(1),
        "the source of a web page (HTML or XML)",
        WHOLE,
        "save the page as text: open it in a browser, select all, copy, and paste it into a .txt file",
    )
}

fn binary(at: usize) -> Notice {
    error(None, format!("binary data (a zero byte at byte offset {at})"), WHOLE, "give the file that holds the papers")
}

fn not_utf8(bytes: &[u8], at: usize) -> Notice {
    let line = bytes[..at].split(|&byte| byte == b'\n').count() as u64;
    error(
        Some(line),
        format!("text that is not UTF-8: byte 0x{:02x} at byte offset {at}", bytes[at]),
        "text in UTF-8",
        "save it as UTF-8, or convert it: iconv -f LATIN1 -t UTF-8",
    )
}

/// Tells the format of a text.
pub fn format_of(name: &str, text: &str, names: &ColumnNames) -> Format {
    let start = text.trim_start();
    let stem = name.strip_suffix(".gz").unwrap_or(name).to_ascii_lowercase();
    let ends_in = |endings: &[&str]| endings.iter().any(|end| stem.ends_with(end));
    if starts_as_json(start) || (ends_in(&[".json", ".jsonl", ".ndjson"]) && start.starts_with(['{', '[', '"'])) {
        Format::Json
    } else if ends_in(&[".csv", ".tsv"]) || has_table_header(text, names) || csv::is_tab_separated(text) {
        Format::Csv
    } else {
        Format::Page
    }
}

/// An object with a key, or a list of objects or strings.
fn starts_as_json(start: &str) -> bool {
    let after = |mark| start.strip_prefix(mark).map(str::trim_start);
    after('{').is_some_and(|rest| rest.starts_with(['"', '}']))
        || after('[').is_some_and(|rest| rest.starts_with(['{', '"', ']']))
}

/// Whether the first line names the title and the abstract of a table in short fields.
pub fn has_table_header(text: &str, names: &ColumnNames) -> bool {
    let header = csv::header(text);
    header.len() >= 2 && header.iter().all(|name| name.len() <= 40) && names.resolve(&header).is_ok()
}
