//! Turns CSV text into rows by column name. It knows quotes and commas, and no types.

use std::{collections::BTreeMap, fs, path::Path};

pub type Row = BTreeMap<String, String>;

/// Rows of a CSV file with a heading.
pub fn read(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut records = records(&text).into_iter();
    let heading = records.next().unwrap_or_default();
    records.map(|record| heading.iter().cloned().zip(record).collect()).collect()
}

fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !record.is_empty() {
        record.push(cell);
        records.push(record);
    }
    records
}

#[test]
fn quotes_commas_and_line_ends() {
    assert_eq!(records("a,\"b, \"\"c\"\"\"\r\n,\"x\ny\"\n"), [vec!["a", "b, \"c\""], vec!["", "x\ny"]]);
}
