//! The real pages, altered: what does not matter must change nothing, and every abstract taken away must be noticed.
//! Skipped, loudly, where the shared folder is not there.
#![expect(clippy::unwrap_used, reason = "a test may")]

use papers::{ReadSettings, Reading, Source, read};
use std::path::PathBuf;

fn pages() -> Vec<(String, String)> {
    let shared = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
    if !shared.exists() {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("SKIPPED: {} is not here", shared.display());
        }
        return Vec::new();
    }
    let mut pages = Vec::new();
    for folder in ["pages", "demo/pages"] {
        for entry in std::fs::read_dir(shared.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "txt") {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                pages.push((name, std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    pages
}

fn read_page(text: &str) -> Result<Reading, Vec<model::Notice>> {
    let settings = ReadSettings { page_year: Some(2025), ..ReadSettings::default() };
    read(vec![Source { name: "page.txt".to_owned(), bytes: text.as_bytes().to_vec() }], &settings)
}

/// Everything but the places, which move when lines do.
fn content(reading: &Reading) -> Vec<String> {
    let texts = reading.papers.documents();
    let dates = reading.papers.published();
    (0..reading.papers.len())
        .map(|row| format!("{:?} {} | {}", dates[row], texts.titles[row], texts.abstracts[row]))
        .collect()
}

#[track_caller]
fn same(name: &str, original: &str, altered: &str) {
    let (original, altered) = (read_page(original).unwrap(), read_page(altered).unwrap());
    assert_eq!(content(&original), content(&altered), "{name}");
}

fn said(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.trim().is_empty()).collect()
}

#[test]
fn empty_lines_may_be_anywhere_or_nowhere() {
    for (name, text) in pages() {
        same(&name, &text, &said(&text).join("\n"));
        same(&name, &text, &said(&text).join("\n\n"));
        same(&name, &text, &said(&text).join("\r\n\r\n\r\n"));
        same(&name, &text, &text.replace("\n\n", "\n \u{a0}\n"));
        same(&name, &text, &text.lines().map(str::trim).collect::<Vec<_>>().join("\n"));
    }
}

#[test]
fn bylines_may_stand_on_one_line() {
    for (name, text) in pages() {
        same(&name, &text, &text.replace("\n·\n", " · "));
        same(&name, &text, &said(&text).join("\n").replace("\n·\n", " · "));
    }
}

#[test]
fn header_lines_may_be_missing() {
    for (name, text) in pages() {
        for line in ["new\n", "Subscribe\n", "Daily Papers\n", "byAK and the research community\n"] {
            same(&name, &text, &text.replacen(line, "", 1));
        }
        same(&name, &text, &text.replacen("Subscribe\n\n", "Subscribe", 1));
    }
}

#[test]
fn bylines_may_be_missing() {
    for (name, text) in pages() {
        let lines = said(&text);
        let stays = |at: usize| {
            let dot = |at: usize| lines.get(at).is_some_and(|line| line.trim() == "·");
            !(dot(at) || dot(at + 1) || (at > 0 && dot(at - 1)))
        };
        let none: Vec<&str> = (0..lines.len()).filter(|&at| stays(at)).map(|at| lines[at]).collect();
        let half: Vec<&str> = (0..lines.len()).filter(|&at| stays(at) || at % 1000 < 500).map(|at| lines[at]).collect();
        let texts = |reading: &Reading| {
            let mut ids: Vec<String> = reading.papers.ids().iter().map(|&id| id.to_owned()).collect();
            ids.sort();
            (ids, reading.papers.documents().abstracts.iter().map(|text| text.len()).sum::<usize>())
        };
        let original = texts(&read_page(&text).unwrap());
        for lines in [none, half] {
            assert_eq!(texts(&read_page(&lines.join("\n")).unwrap()), original, "{name}");
            assert_eq!(texts(&read_page(&lines.join("\n\n")).unwrap()), original, "{name}");
        }
    }
}

/// Every abstract in turn is taken away (a byline under it stays): exactly its title is named, with its line.
#[test]
fn every_abstract_taken_away_is_noticed() {
    for (name, text) in pages() {
        for joint in ["\n", "\n\n"] {
            let lines = said(&text);
            for gone in (0..lines.len()).filter(|&at| lines[at].len() > 300).step_by(7) {
                let rest: Vec<&str> = (0..lines.len()).filter(|&at| at != gone).map(|at| lines[at]).collect();
                let problems = read_page(&rest.join(joint)).unwrap_err();
                assert_eq!(problems.len(), 1, "{name}: {problems:?}");
                let line = (gone - 1) * joint.len() + 1;
                assert_eq!(problems[0].line, Some(line as u64), "{name}: {problems:?}");
            }
        }
    }
}
