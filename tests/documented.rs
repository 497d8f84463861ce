//! Turns a document of `docs/` into what it promises of files, columns and keys, and real files into what they hold, so that a test can
//! hold the one against the other. It judges nothing.

use crate::program::TOP;
use polars::prelude::{ParquetReader, SerReader};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Name of a column or key to its type, in the order of the document.
pub type Rows = Vec<(String, String)>;

/// The rows of the tables under each heading; a heading that names several things gives its table to each.
pub fn document(name: &str) -> BTreeMap<String, Rows> {
    let page = fs::read_to_string(Path::new(TOP).join("docs").join(name)).unwrap();
    let mut found: BTreeMap<String, Rows> = BTreeMap::new();
    let mut headings = Vec::new();
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ").or_else(|| line.strip_prefix("### ")) {
            headings = heading.split(", ").map(str::to_owned).collect();
        } else if line.starts_with("| `") {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            let kind = cells.get(1).copied().unwrap_or_default();
            let weighed = if line.contains("only with `--weight upvotes`") { " (weighed)" } else { "" };
            for heading in &headings {
                let row = (cells[0].trim_matches('`').to_owned(), format!("{kind}{weighed}"));
                found.entry(heading.clone()).or_default().push(row);
            }
        }
    }
    found
}

pub fn columns_of_parquet(path: &Path) -> Rows {
    let frame = ParquetReader::new(fs::File::open(path).unwrap()).finish().unwrap();
    frame.columns().iter().map(|column| (column.name().to_string(), column.dtype().to_string())).collect()
}

pub fn columns_of_csv(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().next().unwrap_or_default().split(',').map(str::to_owned).collect()
}

/// The kinds of value that stand at every path, such as `inputs[].name`. Below the paths that are `open`, names differ from file to file
/// and are given as `*`.
pub fn keys(value: &Value, open: &[&str]) -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut found = BTreeMap::new();
    add_keys(value, "", open, &mut found);
    found
}

fn add_keys(value: &Value, path: &str, open: &[&str], found: &mut BTreeMap<String, BTreeSet<&'static str>>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let key = if open.contains(&path) { "*" } else { key };
                add_keys(value, &if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }, open, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| add_keys(value, &format!("{path}[]"), open, found)),
        leaf => {
            let kind = match leaf {
                Value::Null => "null",
                Value::Bool(_) => "boolean",
                Value::Number(_) => "number",
                _ => "string",
            };
            found.entry(path.to_owned()).or_default().insert(kind);
        }
    }
}

/// Fails where the files together have a key that the document has not, or the other way round, or another kind of value. A value
/// that is null as a whole in one file has its keys in another.
pub fn assert_keys(files: &[Value], open: &[&str], rows: &Rows) {
    let mut found: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    for (key, kinds) in files.iter().flat_map(|file| keys(file, open)) {
        found.entry(key).or_default().extend(kinds);
    }
    let document: BTreeMap<&str, &str> = rows.iter().map(|(key, kind)| (key.as_str(), kind.as_str())).collect();
    let below = |key: &str| document.keys().any(|other| other.starts_with(&format!("{key}.")));
    found.retain(|key, kinds| *kinds != BTreeSet::from(["null"]) || !below(key));
    assert_eq!(found.keys().collect::<Vec<_>>(), document.keys().collect::<Vec<_>>());
    for (key, kinds) in found {
        let documented: BTreeSet<&str> = document[key.as_str()].split(" or ").collect();
        assert!(kinds.is_subset(&documented), "{key}: {kinds:?}, documented: {documented:?}");
    }
}
