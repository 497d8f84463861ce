//! The text of a JSON file into entries: listings, or rows whose keys are columns, or both.
//! It does not parse JSON (`json` does) and does not know what a listing's entry holds (`daily` does).

use crate::columns::{ColumnNames, Columns, Field};
use crate::daily;
use crate::entry::{FileContent, remark};
use crate::json::{self, Record};
use crate::rows::{Cell, Rows};
use model::{Notice, Severity};
use rayon::prelude::*;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Objects that one thread turns into entries at once.
const BLOCK: usize = 1_024;

/// Reads a JSON file. `name` tells the day of a listing.
///
/// # Errors
/// All lines that are no JSON, or the columns that are missing.
pub fn read(text: &str, name: &str, names: &ColumnNames) -> Result<FileContent, Vec<Notice>> {
    let found = json::read(text)?;
    let listed = daily::day_of_name(name).or_else(|| found.date.as_deref().and_then(daily::day_of_name));
    let objects: Vec<Result<Record, Notice>> = found.list.into_par_iter().map(daily::object).collect();
    let mut rows = Rows::default();
    let mut records = Vec::with_capacity(objects.len());
    for object in objects {
        match object {
            Ok(record) => records.push(record),
            Err(problem) => rows.add_error(problem),
        }
    }
    let listing =
        records.iter().any(|record| daily::is_entry(&record.value)) || (records.is_empty() && listed.is_some());
    let keys = keys_of_rows(&records);
    let columns =
        if keys.is_empty() { Columns::new() } else { names.resolve(&keys).map_err(|problem| vec![problem])? };
    let block = |records: &[Record]| {
        let mut rows = Rows::default();
        for Record { line, value } in records {
            if daily::is_entry(value) {
                daily::add(&mut rows, *line, value, listed);
            } else {
                rows.add(*line, |field| cell(value, &columns, &keys, field));
            }
        }
        rows
    };
    let blocks: Vec<Rows> = records.par_chunks(BLOCK).map(block).collect();
    for block in blocks {
        rows.append(block);
    }
    let mut notices = rows.notices();
    if records.is_empty() && notices.is_empty() {
        notices.push(remark(
            Severity::Warning,
            None,
            "a list without entries",
            "at least one paper",
            "see whether fetching it failed, or leave the file out",
        ));
    }
    let format = if listing { "daily listing" } else { found.format };
    Ok(FileContent { format, entries: rows.entries, notices, page: None })
}

/// All keys of the objects that are no listing's entries, sorted.
fn keys_of_rows(records: &[Record]) -> Vec<String> {
    let rows = records.iter().filter(|record| !daily::is_entry(&record.value));
    let keys: BTreeSet<&String> =
        rows.filter_map(|record| record.value.as_object()).flat_map(|row| row.keys()).collect();
    keys.into_iter().cloned().collect()
}

fn cell<'a>(row: &'a Value, columns: &Columns, keys: &[String], field: Field) -> Cell<'a> {
    let value = columns.get(&field).and_then(|&place| row.get(&keys[place]));
    match value {
        None | Some(Value::Null | Value::Object(_) | Value::Bool(_)) => Cell::Empty,
        Some(Value::String(text)) => Cell::Text(Cow::Borrowed(text)),
        Some(Value::Number(number)) => {
            number.as_i64().map_or_else(|| number.as_f64().map_or(Cell::Empty, Cell::Fraction), Cell::Whole)
        }
        Some(Value::Array(items)) => list_cell(items, field),
    }
}

/// A list counts as so many authors, and elsewhere as the texts in it.
fn list_cell(items: &[Value], field: Field) -> Cell<'_> {
    if field == Field::Authors {
        return Cell::Items(items.len());
    }
    let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
    Cell::Text(Cow::Owned(texts.join(" ")))
}
