//! Turns notices and tables into lines for people. It writes to the writer it is given and decides nothing else:
//! colour is taken out by the writer where it is no terminal, or where `NO_COLOR` says so.

use anstyle::{AnsiColor, Style};
use model::{Notice, Severity};
use std::io::{self, Write};

/// So many problems are printed; the rest is counted.
const SHOWN: usize = 50;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const QUIET: Style = Style::new().dimmed();

/// Prints errors (or, where there are none, warnings) as `error: FILE:LINE: found, expected ...` with a `hint:` line,
/// the first 50 in the order of (file, line), then a count.
pub fn write_notices(out: &mut dyn Write, notices: &[Notice], severity: Severity) -> io::Result<()> {
    let mut chosen: Vec<&Notice> = notices.iter().filter(|notice| notice.severity == severity).collect();
    chosen.sort();
    for (index, notice) in chosen.iter().take(SHOWN).enumerate() {
        // The same hint under fifty lines in a row helps nobody: it stands under the last of them.
        let repeated = chosen.get(index + 1).is_some_and(|next| index + 1 < SHOWN && next.hint == notice.hint);
        write_notice(out, notice, repeated)?;
    }
    match chosen.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => writeln!(out, "... and {more} more"),
    }
}

fn write_notice(out: &mut dyn Write, notice: &Notice, hint_follows: bool) -> io::Result<()> {
    let (style, word) = match notice.severity {
        Severity::Error => (ERROR, "error"),
        Severity::Warning => (WARNING, "warning"),
        Severity::Note => (QUIET, "note"),
    };
    let expected = if notice.expected.is_empty() { String::new() } else { format!(", expected {}", notice.expected) };
    let text = plain(&format!("{}{}{expected}", place(notice), notice.found));
    writeln!(out, "{style}{word}:{style:#} {text}")?;
    if hint_follows || notice.hint.is_empty() {
        return Ok(());
    }
    writeln!(out, "{QUIET}hint:{QUIET:#} {}", plain(&notice.hint))
}

/// `FILE:LINE: `, as far as the notice knows them.
fn place(notice: &Notice) -> String {
    match (&notice.file, notice.line) {
        (Some(file), Some(line)) => format!("{file}:{line}: "),
        (Some(file), None) => format!("{file}: "),
        (None, _) => String::new(),
    }
}

/// Text from outside, safe to print: control characters become visible escapes, so that no title moves the cursor.
pub fn plain(text: &str) -> String {
    let escape = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    text.chars().map(escape).collect()
}

/// One problem that is not about an input: `error: what` and `hint: what to do`.
pub fn write_problem(out: &mut dyn Write, what: &str, hint: &str) -> io::Result<()> {
    let notice = Notice {
        severity: Severity::Error,
        file: None,
        line: None,
        found: what.to_owned(),
        expected: String::new(),
        hint: hint.to_owned(),
    };
    write_notice(out, &notice, false)
}

/// A table with a heading; the first column is set left, the others right, and columns are two blanks apart.
pub fn write_table(out: &mut dyn Write, rows: &[Vec<String>]) -> io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| plain(cell).chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
            let cell = plain(cell);
            let padding = " ".repeat(width.saturating_sub(cell.chars().count()));
            let parts = if column == 0 { [cell.as_str(), &padding, ""] } else { ["  ", &padding, &cell] };
            line.extend(parts);
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(line: u64, hint: &str) -> Notice {
        Notice {
            severity: Severity::Error,
            file: Some("a.txt".to_owned()),
            line: Some(line),
            found: "a title without an abstract".to_owned(),
            expected: "a line of text after it".to_owned(),
            hint: hint.to_owned(),
        }
    }

    fn printed(notices: &[Notice]) -> String {
        let mut out = Vec::new();
        write_notices(&mut anstream::StripStream::new(&mut out), notices, Severity::Error).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_problem_says_where_what_and_what_to_do() {
        let expected = "error: a.txt:3: a title without an abstract, expected a line of text after it\nhint: add it\n";
        assert_eq!(printed(&[notice(3, "add it")]), expected);
    }

    #[test]
    fn fifty_problems_are_shown_and_the_rest_counted() {
        let text = printed(&(1..=123).map(|line| notice(line, "add it")).collect::<Vec<_>>());
        assert_eq!(text.lines().filter(|line| line.starts_with("error:")).count(), 50);
        assert!(text.ends_with("hint: add it\n... and 73 more\n"), "{text}");
        assert_eq!(text.matches("hint:").count(), 1);
    }

    #[test]
    fn control_characters_cannot_reach_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\tc"), "a\\u{1b}[2Jb\\tc");
    }

    #[test]
    fn tables_line_up() {
        let rows = vec![vec!["source".to_owned(), "papers".to_owned()], vec!["é".to_owned(), "7".to_owned()]];
        let mut out = Vec::new();
        write_table(&mut out, &rows).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "source  papers\né            7\n");
    }
}
