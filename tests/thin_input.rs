//! Input that is right but thin: one paper, papers that are all alike, no dated paper. A report comes out, with finite
//! numbers, and says what cannot be said.

use crate::program::{done, tree};
use std::{fmt::Write as _, fs, path::Path};

fn page(entries: &[(&str, &str, &str)]) -> String {
    entries.iter().fold(String::from("Daily Papers\n\nNov 3\n\n"), |mut text, (title, summary, byline)| {
        write!(text, "{title}\n\n{summary}\n\n{byline}\n").unwrap();
        text
    })
}

const ABSTRACT: &str = "We study how a river carries sand in spring, with gauges at nine bridges and a model of the \
    flow, and find that most of the sand moves within four days after the snow has melted in the hills above it.";
const BYLINE: &str = "  • 3 authors\n·\nOct 12\n";

/// Runs a report on one page and gives the HTML and what was said.
fn report(text: &str) -> (String, String) {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("page.txt"), text).unwrap();
    let said = done(home.path(), &["report", "page.txt", "--page-year", "2025", "-o", "out"]);
    assert_finite(&home.path().join("out"));
    (fs::read_to_string(home.path().join("out/report.html")).unwrap(), said.out + &said.err)
}

/// Tables, JSON and pages hold no number that is none.
pub fn assert_finite(run: &Path) {
    for (path, bytes) in tree(run) {
        if path.extension().is_some_and(|extension| extension == "csv" || extension == "json" || extension == "md") {
            let text = String::from_utf8(bytes).unwrap();
            let odd = text.split([',', '\n', ' ', ':', '|']).find(|cell| ["NaN", "inf", "-inf", "nan"].contains(cell));
            assert!(odd.is_none(), "{}: {odd:?}", path.display());
        }
    }
}

#[test]
fn one_paper_gives_a_report() {
    let (html, said) = report(&page(&[("Sand in Spring Rivers", ABSTRACT, BYLINE)]));
    assert!(html.contains("Sand in Spring Rivers"));
    assert!(said.contains("1 dated, 0 undated"), "{said}");
}

#[test]
fn the_same_paper_again_and_again_is_one_paper() {
    let (_, said) = report(&page(&[("Sand in Spring Rivers", ABSTRACT, BYLINE); 12]));
    assert!(said.contains("1 from 12 entries of 1 source, 11 merged"), "{said}");
}

#[test]
fn without_any_date_there_are_themes_and_the_reason_why_there_are_no_trends() {
    let words = ["sand", "gravel", "clay", "salt", "ice", "smoke", "pollen", "ash"];
    let text = words.iter().enumerate().fold(String::new(), |mut text, (i, word)| {
        writeln!(text, "On {word} and its carriers\n").unwrap();
        writeln!(
            text,
            "A catalogue of {word} number {i}: where {word} was found, how {word} of kind {i} was weighed by"
        )
        .unwrap();
        text.pop();
        writeln!(text, " {i} observers, and which maps of {word} were drawn from notes kept at station {i}.\n")
            .unwrap();
        text
    });
    let (html, said) = report(&text);
    assert!(said.contains("0 dated, 8 undated"), "{said}");
    assert!(html.contains("no date"), "the report says that the papers have no date");
}
