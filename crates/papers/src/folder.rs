//! A file found in a folder into a decision: takes part, or is plainly no input and only named in a note.
//! It does not read papers; a file that takes part and is broken is an error later.

use crate::columns::ColumnNames;
use crate::csv;
use crate::recognise::{Format, format_of, has_table_header, is_parquet, text_of, unpacked};

/// Endings of files that hold papers; a file so named takes part even if it is broken.
const PAGES: [&str; 2] = ["txt", "text"];
const LISTS: [&str; 3] = ["json", "jsonl", "ndjson"];
const TABLES: [&str; 2] = ["csv", "tsv"];
const PARQUET: [&str; 2] = ["parquet", "pq"];

/// Endings of files that may quote papers but are no list of them.
const NEVER: [&str; 12] = ["md", "markdown", "rst", "html", "htm", "xml", "svg", "py", "rs", "toml", "ipynb", "log"];

/// A value this long (bytes) may be an abstract under whatever name of column.
const LONG_VALUE: usize = 200;

/// Whether a file in a folder takes part. Pages by their ending `.txt`; Parquet; JSON and CSV that can hold papers
/// (usual column names, or a long text) or are broken; any other file only if its content is plainly one of these.
pub fn takes_part(name: &str, bytes: &[u8]) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let plain = file.strip_suffix(".gz").unwrap_or(&file);
    let (stem, ending) = plain.rsplit_once('.').unwrap_or((plain, ""));
    if NEVER.contains(&ending) || ["readme", "license", "licence", "changelog", "notice"].contains(&stem) {
        return false;
    }
    let text = unpacked(bytes);
    let text = text.as_ref().ok().and_then(|bytes| text_of(bytes).ok());
    match text {
        _ if PAGES.contains(&ending) || PARQUET.contains(&ending) => true,
        Some(text) if LISTS.contains(&ending) => list_can_hold_papers(text),
        Some(text) if TABLES.contains(&ending) => table_can_hold_papers(text),
        None if LISTS.contains(&ending) || TABLES.contains(&ending) => true,
        Some(text) => is_plainly_input(name, text),
        None => is_parquet(bytes),
    }
}

/// JSON that is broken, empty, or names a text of papers, or holds a long text.
fn list_can_hold_papers(text: &str) -> bool {
    let named = ["\"abstract\"", "\"summary\"", "\"paper\"", "'paper'"].iter().any(|key| text.contains(key));
    named || has_long_string(text) || text.trim() == "[]" || !is_json(text)
}

fn is_json(text: &str) -> bool {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
    values.all(|value| value.is_ok())
}

/// Whether two quotes stand further apart than any name or label.
fn has_long_string(text: &str) -> bool {
    text.split('"').skip(1).step_by(2).any(|inside| inside.len() >= LONG_VALUE)
}

fn table_can_hold_papers(text: &str) -> bool {
    let usual = ColumnNames::default().resolve(&csv::header(text)).is_ok();
    usual
        || text.lines().any(|line| line.split([',', ';', '\t']).any(|field| field.len() >= LONG_VALUE))
        || has_long_string(text)
}

/// A list of papers, a table of papers, or a page that has the marks of one.
fn is_plainly_input(name: &str, text: &str) -> bool {
    match format_of(name, text, &ColumnNames::default()) {
        Format::Json => is_json(text) && list_can_hold_papers(text),
        Format::Csv => has_table_header(text, &ColumnNames::default()),
        Format::Page => {
            let byline = text.lines().any(|line| line.trim() == "·");
            byline || text.contains("Get trending papers in your email inbox")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::takes_part;

    #[test]
    fn papers_take_part_and_what_lies_beside_them_does_not() {
        let page = "Daily Papers\nA title\nAn abstract.\n";
        for (name, text) in [
            ("page.txt", page),
            ("empty.txt", ""),
            ("a.json", r#"[{"title": "t", "abstract": "a"}]"#),
            ("holiday.json", "[]"),
            ("broken.json", r#"[{"x": "#),
            ("a.csv", "Title,Abstract\nt,a\n"),
            ("page", "Get trending papers in your email inbox!\nA title\nAn abstract.\n"),
            ("cut.parquet", "PAR1"),
            ("savedrecs", "PT\tTI\tAB\nJ\tt\ta\n"),
        ] {
            assert!(takes_part(name, text.as_bytes()), "{name}");
        }
        for (name, text) in [
            ("README.md", page),
            ("LICENSE.txt", page),
            ("truth.csv", "title,theme,date,byline\nt,x,2024-01-01,1\n"),
            ("FACTS.json", r#"{"a.txt": {"papers": 60, "dated": 0}}"#),
            ("notes", "just words"),
            ("counts", "day\tseen\tkept\n1\t2\t3\n"),
            ("picture.png", "\u{0}\u{1}"),
        ] {
            assert!(!takes_part(name, text.as_bytes()), "{name}");
        }
    }
}
