//! Entries of a Daily Papers API answer, as JSON objects or as strings that are the `repr` of a Python dict, into entries.
//! It neither opens the file nor finds the records in it.

use crate::entry::{Entry, error, quoted};
use crate::json::Record;
use crate::markup::plain;
use crate::python;
use crate::rows::{Cell, Rows};
use crate::wording::{arxiv_id, arxiv_link, clean};
use model::{Day, Notice};
use serde_json::Value;
use std::borrow::Cow;

/// The object that a record is, or that its string stands for.
///
/// # Errors
/// Where the record is no object, or its string is neither JSON nor a Python dict.
pub fn object(record: Record) -> Result<Record, Notice> {
    let line = record.line;
    let value = match record.value {
        Value::String(text) => unpacked(&text).map_err(|what| not_an_entry(line, &what))?,
        other => other,
    };
    match value {
        Value::Object(_) => Ok(Record { line, value }),
        other => Err(not_an_entry(line, &format!("a value that is no entry: {}", quoted(&other.to_string())))),
    }
}

fn unpacked(text: &str) -> Result<Value, String> {
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    python::parse(text).map_err(|problem| {
        let found = quoted(&text[problem.at..]);
        format!("a string that is no Python dict: at its byte {} stands {found}, not {}", problem.at, problem.expected)
    })
}

fn not_an_entry(line: u64, what: &str) -> Notice {
    error(
        Some(line),
        what,
        "an object, or a string that holds a Python dict",
        "fetch the listing again; the file may have been cut off",
    )
}

/// Whether an object is an entry of a listing.
pub fn is_entry(value: &Value) -> bool {
    value.get("paper").is_some_and(Value::is_object)
}

/// The day in a file name such as `2025-01-10.json.gz`.
pub fn day_of_name(name: &str) -> Option<Day> {
    let file = name.rsplit('/').next()?;
    (0..file.len()).find_map(|start| file.get(start..start + 10)?.parse().ok())
}

/// Adds the entry of a listing. `listed`: the day of the listing, if the file tells it.
pub fn add(rows: &mut Rows, line: u64, value: &Value, listed: Option<Day>) {
    let paper = &value["paper"];
    let arxiv = text_of(paper, "id").as_deref().and_then(arxiv_id);
    let published = day(rows, line, paper, "publishedAt");
    let seen = listed
        .or_else(|| day(rows, line, paper, "submittedOnDailyAt"))
        .or_else(|| day(rows, line, value, "publishedAt"));
    let prose = |value: &Value, key| value.get(key).and_then(Value::as_str).map(plain).filter(|text| !text.is_empty());
    let either = |key| prose(paper, key).or_else(|| prose(value, key));
    rows.add_entry(Entry {
        title: either("title").unwrap_or_default(),
        abstract_text: either("summary").unwrap_or_default(),
        published,
        seen,
        authors: paper["authors"].as_array().and_then(|list| u32::try_from(list.len()).ok()),
        organisation: organisation(value).or_else(|| organisation(paper)),
        comments: number(value, "numComments").or_else(|| number(paper, "numComments")),
        upvotes: number(paper, "upvotes").or_else(|| number(value, "upvotes")),
        link: arxiv.as_deref().map(arxiv_link),
        arxiv,
        line,
    });
}

fn text_of(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(clean).filter(|text| !text.is_empty())
}

fn number(value: &Value, key: &str) -> Option<u32> {
    value.get(key).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok())
}

fn organisation(value: &Value) -> Option<String> {
    let organisation = value.get("organization")?;
    organisation
        .as_str()
        .map(clean)
        .filter(|text| !text.is_empty())
        .or_else(|| text_of(organisation, "fullname"))
        .or_else(|| text_of(organisation, "name"))
}

fn day(rows: &mut Rows, line: u64, value: &Value, key: &str) -> Option<Day> {
    let text = value.get(key).and_then(Value::as_str)?;
    rows.day(line, &Cell::Text(Cow::Borrowed(text))).map(|(day, _)| day)
}
