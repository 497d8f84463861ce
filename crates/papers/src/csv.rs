//! CSV text into entries: checks every record and notes its line, then hands the records to polars.
//! It does not guess at broken quoting; a record that does not fit the header is an error with its line.

use crate::columns::ColumnNames;
use crate::entry::{FileContent, error};
use crate::rows::Rows;
use crate::table::add_rows;
use model::Notice;
use polars::prelude::*;
use std::io::Cursor;
use std::sync::Arc;

/// One record: its first line, its bytes (without the line end), and how many fields it has.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Record {
    line: u64,
    bytes: std::ops::Range<usize>,
    fields: usize,
}

/// Reads a CSV file, separated by commas, semicolons or tabs as its first line is.
///
/// # Errors
/// All records that do not fit, or the columns that are missing.
pub fn read(text: &str, names: &ColumnNames) -> Result<FileContent, Vec<Notice>> {
    let separator = separator_of(text);
    let (records, quotes) = records_of(text, separator)?;
    let Some((header, body)) = records.split_first() else { return Err(vec![no_rows(1)]) };
    let header_names = header_names(&text[header.bytes.clone()], separator);
    let columns = names.resolve(&header_names).map_err(|problem| vec![problem])?;
    let uneven: Vec<Notice> =
        body.iter().filter(|r| r.fields != header.fields).map(|r| uneven(r, header.fields)).collect();
    if !uneven.is_empty() {
        return Err(uneven);
    }
    if body.is_empty() {
        return Err(vec![no_rows(header.line)]);
    }
    let mut places: Vec<usize> = columns.values().copied().collect();
    places.sort_unstable();
    places.dedup();
    let layout = Layout { separator, quotes, fields: header.fields };
    let frame = parse(text, layout, body, &places).map_err(|problem| vec![unreadable(&problem)])?;
    if frame.height() != body.len() {
        let counts = format!("{} records of which {} could be read", body.len(), frame.height());
        return Err(vec![unreadable(&counts)]);
    }
    let lines: Vec<u64> = body.iter().map(|record| record.line).collect();
    let mut rows = Rows::default();
    add_rows(&mut rows, &frame, &columns, &lines).map_err(|problem| vec![problem])?;
    let notices = rows.notices();
    Ok(FileContent { format: "csv", entries: rows.entries, notices, page: None })
}

/// How the fields of a record are told apart.
#[derive(Debug, Clone, Copy)]
struct Layout {
    separator: u8,
    /// Whether quotes enclose fields; where not, they are characters as others.
    quotes: bool,
    fields: usize,
}

/// The records, and whether their fields are quoted. What Web of Science exports with tabs knows no quoting: where quotes make no
/// sense and every line has the header's fields without them, they are characters as others.
fn records_of(text: &str, separator: u8) -> Result<(Vec<Record>, bool), Vec<Notice>> {
    let quoted = scan(text, separator);
    let Err(problems) = quoted else { return quoted.map(|records| (records, true)) };
    let lines = if separator == b'\t' { scan_lines(text) } else { Vec::new() };
    let even = lines.windows(2).all(|pair| pair[0].fields == pair[1].fields);
    if even && lines.len() > 1 { Ok((lines, false)) } else { Err(problems) }
}

/// Every line as a record of fields parted by tabs; empty lines are none.
fn scan_lines(text: &str) -> Vec<Record> {
    let mut records = Vec::new();
    let mut record = Record { line: 1, bytes: 0..0, fields: 1 };
    for (line, content) in (1..).zip(text.split('\n')) {
        record.fields = content.matches('\t').count() + 1;
        let end = record.bytes.start + content.len();
        finish(&mut records, &mut record, text, end, line + 1);
    }
    records
}

/// The names in the first record; empty where the text has none.
pub fn header(text: &str) -> Vec<String> {
    let separator = separator_of(text);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    header_names(line, separator)
}

/// Whether the first lines are fields parted by tabs, which no page has.
pub fn is_tab_separated(text: &str) -> bool {
    let lines = || text.lines().filter(|line| !line.trim().is_empty()).take(3);
    separator_of(text) == b'\t' && lines().count() > 1 && lines().all(|line| line.matches('\t').count() >= 2)
}

/// Whichever of comma, semicolon and tab the first line has most of.
fn separator_of(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: u8| line.bytes().filter(|&b| b == mark).count();
    // On a tie the first of the three wins.
    *b",;\t".iter().rev().max_by_key(|&&mark| count(mark)).unwrap_or(&b',')
}

fn header_names(record: &str, separator: u8) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut quoted = false;
    for character in record.chars() {
        match character {
            '"' => quoted = !quoted,
            c if c == char::from(separator) && !quoted => names.push(String::new()),
            c => {
                if let Some(name) = names.last_mut() {
                    name.push(c);
                }
            }
        }
    }
    names.iter().map(|name| name.trim().to_owned()).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// Behind a quote inside a quoted field: its end, or the first of two.
    Closing,
}

/// Finds the records; empty lines are none.
fn scan(text: &str, separator: u8) -> Result<Vec<Record>, Vec<Notice>> {
    let (mut records, mut problems) = (Vec::new(), Vec::new());
    let (mut state, mut line) = (State::FieldStart, 1);
    let mut record = Record { line: 1, bytes: 0..0, fields: 1 };
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        state = match (state, byte) {
            (State::Quoted, b'"') => State::Closing,
            (State::Quoted, _) | (State::FieldStart | State::Closing, b'"') => State::Quoted,
            (_, b'\n') => {
                finish(&mut records, &mut record, text, at, line + 1);
                State::FieldStart
            }
            (_, b) if b == separator => {
                record.fields += 1;
                State::FieldStart
            }
            (State::Closing, b'\r') => State::Closing,
            (State::Closing, _) | (State::Plain, b'"') => {
                problems.push(stray_quote(line));
                State::Plain
            }
            (State::Plain | State::FieldStart, _) => State::Plain,
        };
        line += u64::from(byte == b'\n');
    }
    problems.dedup();
    if state == State::Quoted {
        problems.push(open_quote(record.line));
    }
    finish(&mut records, &mut record, text, bytes.len(), line);
    if problems.is_empty() { Ok(records) } else { Err(problems) }
}

/// Files the record that ends before `end` and starts the next one on `next_line`.
fn finish(records: &mut Vec<Record>, record: &mut Record, text: &str, end: usize, next_line: u64) {
    let start = record.bytes.start;
    let end_of_text = start + text[start..end].trim_end_matches('\r').len();
    let done = std::mem::replace(record, Record { line: next_line, bytes: end + 1..end + 1, fields: 1 });
    if !text[start..end_of_text].trim().is_empty() {
        records.push(Record { bytes: start..end_of_text, ..done });
    }
}

/// The needed columns of the records, all as texts.
fn parse(text: &str, layout: Layout, body: &[Record], places: &[usize]) -> Result<DataFrame, String> {
    let mut bytes = Vec::with_capacity(text.len());
    for record in body {
        bytes.extend_from_slice(&text.as_bytes()[record.bytes.clone()]);
        bytes.push(b'\n');
    }
    let schema: Schema = (0..layout.fields).map(|n| Field::new(format!("{n}").into(), DataType::String)).collect();
    CsvReadOptions::default()
        .with_has_header(false)
        .with_schema(Some(Arc::new(schema)))
        .with_projection(Some(Arc::new(places.to_vec())))
        .with_n_threads(Some(1))
        .map_parse_options(|options| {
            options.with_separator(layout.separator).with_quote_char(layout.quotes.then_some(b'"'))
        })
        .into_reader_with_file_handle(Cursor::new(bytes))
        .finish()
        .map_err(|problem| problem.to_string())
}

const REPAIR: &str = "write the table again with a CSV library, which quotes every field that needs it";

fn uneven(record: &Record, fields: usize) -> Notice {
    error(
        Some(record.line),
        format!("a record of {} fields", record.fields),
        format!("{fields} fields as in the header"),
        REPAIR,
    )
}

fn stray_quote(line: u64) -> Notice {
    error(Some(line), "a quote inside a field", "quotes around whole fields, and \"\" for a quote in a field", REPAIR)
}

fn open_quote(line: u64) -> Notice {
    error(Some(line), "a quoted field that is never closed", "a closing quote", REPAIR)
}

fn unreadable(problem: &str) -> Notice {
    error(None, format!("CSV that cannot be read: {problem}"), "a header and records of equal length", REPAIR)
}

fn no_rows(line: u64) -> Notice {
    error(Some(line), "a table without rows", "a header and at least one row", "give the table that holds the papers")
}
