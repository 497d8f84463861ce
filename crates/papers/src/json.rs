//! JSON text into its top-level records, each with its line: arrays, JSON lines, or an object that holds a list.
//! It does not say what a record means: `daily` and `records` do.

use crate::entry::{error, quoted};
use model::Notice;
use rayon::prelude::*;
use serde_json::Value;

/// One record with its 1-based line.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub line: u64,
    pub value: Value,
}

/// The records of a file, and what stood around them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Records {
    pub list: Vec<Record>,
    /// `json` or `json lines`.
    pub format: &'static str,
    /// The string under `date` of an object that holds the list.
    pub date: Option<String>,
}

/// A piece of the text with the line on which it starts.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    line: u64,
    text: &'a str,
}

const WHOLE: &str = "a JSON array of papers, one JSON object a line, or an object with a list under `data`";
const REPAIR: &str = "write the file again with a JSON library; it may have been cut off";

/// Reads all records, or says every line at which the text is no JSON.
pub fn read(text: &str) -> Result<Records, Vec<Notice>> {
    if is_json_lines(text) {
        return Ok(Records { list: parse_all(&lines(text))?, format: "json lines", date: None });
    }
    let whole = Piece { line: 1, text }.trimmed();
    if whole.text.starts_with('[') {
        return Ok(Records { list: parse_all(&members(whole)?)?, format: "json", date: None });
    }
    read_object(whole)
}

/// Whether the first line is a whole JSON object and is not alone.
fn is_json_lines(text: &str) -> bool {
    let mut said = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let Some(first) = said.next().filter(|line| line.starts_with('{')) else { return false };
    let several = said.next().is_some_and(|second| second.starts_with('{'));
    several || (first.ends_with('}') && serde_json::from_str::<Value>(first).is_ok_and(|v| list_key(&v).is_none()))
}

fn lines(text: &str) -> Vec<Piece<'_>> {
    let numbered = text.split('\n').zip(1..).map(|(text, line)| Piece { line, text: text.trim() });
    numbered.filter(|piece| !piece.text.is_empty()).collect()
}

/// Keys under which an object may hold its list of papers, in the order in which they are tried.
const LIST_KEYS: [&str; 6] = ["data", "papers", "results", "items", "entries", "articles"];

fn list_key(value: &Value) -> Option<&'static str> {
    LIST_KEYS.into_iter().find(|key| value.get(key).is_some_and(Value::is_array))
}

/// An object that holds a list, or is a single record. The list is scanned so that every record keeps its line.
fn read_object(whole: Piece<'_>) -> Result<Records, Vec<Notice>> {
    let value = parse(whole).map_err(|notice| vec![notice])?.value;
    let Some(key) = list_key(&value) else {
        if !value.is_object() {
            return Err(vec![no_list(whole)]);
        }
        return Ok(Records { list: vec![Record { line: whole.line, value }], format: "json", date: None });
    };
    let date = value.get("date").and_then(Value::as_str).map(str::to_owned);
    let list = members(whole)?.into_iter().find_map(|member| member_value(member, key));
    let records = match list {
        Some(list) => parse_all(&members(list)?)?,
        None => Vec::new(),
    };
    Ok(Records { list: records, format: "json", date })
}

fn no_list(whole: Piece<'_>) -> Notice {
    error(
        Some(whole.line),
        format!("JSON that starts {}", quoted(whole.text.lines().next().unwrap_or_default())),
        WHOLE,
        "give the file that holds the papers",
    )
}

/// The value of `"key": value` if the key is the one wanted.
fn member_value<'a>(member: Piece<'a>, key: &str) -> Option<Piece<'a>> {
    let after = member.text.strip_prefix('"')?.strip_prefix(key)?.strip_prefix('"')?;
    let value = after.trim_start().strip_prefix(':')?;
    Some(member.after(member.text.len() - value.len()))
}

impl Piece<'_> {
    /// From byte `at` on.
    fn after(self, at: usize) -> Self {
        let (skipped, text) = self.text.split_at(at);
        Piece { line: self.line + newlines(skipped), text }.trimmed()
    }

    fn trimmed(self) -> Self {
        let text = self.text.trim_start();
        let skipped = &self.text[..self.text.len() - text.len()];
        Piece { line: self.line + newlines(skipped), text: text.trim_end() }
    }
}

fn newlines(text: &str) -> u64 {
    text.bytes().filter(|&b| b == b'\n').count() as u64
}

/// The members of the array or object that `whole` is, without judging what is in them.
fn members(whole: Piece<'_>) -> Result<Vec<Piece<'_>>, Vec<Notice>> {
    let bytes = whole.text.as_bytes();
    let (mut found, mut start, mut depth) = (Vec::new(), 1, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => depth += 1,
            b',' if depth == 1 => {
                found.push(start..at);
                start = at + 1;
            }
            b']' | b'}' if depth == 1 => {
                let last = !found.is_empty() || !whole.text[start..at].trim().is_empty();
                found.extend(last.then_some(start..at));
                return finished(whole, &found, at);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let line = whole.line + newlines(whole.text);
    Err(vec![error(Some(line), "the end of the file inside a JSON value", "a closing bracket", REPAIR)])
}

fn finished<'a>(whole: Piece<'a>, found: &[std::ops::Range<usize>], end: usize) -> Result<Vec<Piece<'a>>, Vec<Notice>> {
    let rest = whole.text[end + 1..].trim_start();
    if !rest.is_empty() {
        let line = whole.line + newlines(&whole.text[..whole.text.len() - rest.len()]);
        return Err(vec![error(
            Some(line),
            format!("more text after the end of the JSON: {}", quoted(rest)),
            "the end of the file",
            REPAIR,
        )]);
    }
    let (mut pieces, mut line, mut counted) = (Vec::with_capacity(found.len()), whole.line, 0);
    for range in found {
        line += newlines(&whole.text[counted..range.start]);
        counted = range.start;
        pieces.push(Piece { line, text: &whole.text[range.clone()] }.trimmed());
    }
    Ok(pieces)
}

fn parse(piece: Piece<'_>) -> Result<Record, Notice> {
    let value = serde_json::from_str(piece.text).map_err(|problem| {
        let line = piece.line + (problem.line() as u64).saturating_sub(1);
        let what = problem.to_string();
        let what = what.split(" at line ").next().unwrap_or_default();
        error(Some(line), format!("broken JSON: {what}"), "a JSON value", REPAIR)
    })?;
    Ok(Record { line: piece.line, value })
}

fn parse_all(pieces: &[Piece<'_>]) -> Result<Vec<Record>, Vec<Notice>> {
    let parsed: Vec<Result<Record, Notice>> = pieces.par_iter().map(|piece| parse(*piece)).collect();
    let mut records = Vec::with_capacity(parsed.len());
    let mut problems = Vec::new();
    for result in parsed {
        match result {
            Ok(record) => records.push(record),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(records) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_of(text: &str) -> Result<Vec<u64>, Vec<Option<u64>>> {
        read(text).map(|r| r.list.iter().map(|r| r.line).collect()).map_err(|p| p.iter().map(|n| n.line).collect())
    }

    #[test]
    fn records_keep_their_lines() {
        assert_eq!(lines_of("[\n {\"a\": \"x,]\\\"\"},\n\n {\"b\": [1,\n2]}\n]\n"), Ok(vec![2, 4]));
        assert_eq!(lines_of("{\"a\": 1}\n\n{\"a\": 2}\r\n"), Ok(vec![1, 3]));
        assert_eq!(lines_of("{\n \"date\": \"2025-01-10\",\n \"data\": [\n  \"x\",\n  \"y\"\n ]\n}"), Ok(vec![4, 5]));
        assert_eq!(lines_of("[]"), Ok(vec![]));
        assert_eq!(lines_of("{\"title\": \"t\", \"abstract\": \"a\"}"), Ok(vec![1]));
        assert_eq!(lines_of("\n{\n\"title\": \"t\",\n\"abstract\": \"a\"\n}"), Ok(vec![2]));
    }

    #[test]
    fn broken_json_says_where() {
        assert_eq!(lines_of("[\n{\"a\": 1},\n{\"a\": tru},\n{\"a\" 1}\n]"), Err(vec![Some(3), Some(4)]));
        assert_eq!(lines_of("[{\"a\": 1},\n{\"a\": \"cut"), Err(vec![Some(2)]));
        assert_eq!(lines_of("{\"a\": 1}\n{\"a\": \n"), Err(vec![Some(2)]));
        assert_eq!(lines_of("[\"\\ud800\"]"), Err(vec![Some(1)]));
        assert_eq!(lines_of("[1]\nmore"), Err(vec![Some(2)]));
        assert_eq!(lines_of("[1,]"), Err(vec![Some(1)]));
    }
}
