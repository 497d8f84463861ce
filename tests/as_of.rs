//! `--as-of`: a report as it would have been on an earlier day, held against one that was given nothing later.

use crate::{
    program::{TOP, done, run, text},
    tables,
    thin_input::assert_finite,
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

const DAY: &str = "2025-07-03";

/// The demo papers as daily listings, `YYYY-MM-DD.json` each: every paper is listed on the third of the month after its
/// own, and every fifth again a month later, with a longer abstract.
pub fn listings(home: &Path) -> BTreeMap<String, PathBuf> {
    done(home, &["papers", text(&Path::new(TOP).join("data")), "-o", "papers.csv"]);
    let mut days: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (number, row) in tables::read(&home.join("papers.csv")).into_iter().enumerate() {
        let day = &row["published"];
        if day.is_empty() {
            continue;
        }
        let months: usize = day[..4].parse::<usize>().unwrap() * 12 + day[5..7].parse::<usize>().unwrap();
        for (later, more) in [(0, ""), (1, " Much was learnt since, and quaternions are mentioned.")] {
            if later == 0 || number % 5 == 0 {
                let listed = format!("{}-{:02}-03", (months + later) / 12, (months + later) % 12 + 1);
                let summary = format!("{}{more}", row["abstract"]);
                let paper = json!({"title": row["title"], "summary": summary, "publishedAt": day, "upvotes": number});
                days.entry(listed).or_default().push(json!({ "paper": paper }));
            }
        }
    }
    let write = |(day, entries): (String, Vec<Value>)| {
        let path = home.join(format!("{day}.json"));
        fs::write(&path, Value::from(entries).to_string()).unwrap();
        (day, path)
    };
    days.into_iter().map(write).collect()
}

#[test]
fn nothing_listed_later_reaches_any_number() {
    let home = tempfile::tempdir().unwrap();
    let listings = listings(home.path());
    assert!(listings.contains_key(DAY) && listings.len() > 10);
    let report = |out: &str, last: &str, more: &[&str]| {
        let files = listings.iter().filter(|(day, _)| day.as_str() <= last).map(|(_, path)| text(path));
        let mut args: Vec<&str> = ["report", "-o", out].into_iter().chain(files).collect();
        args.extend(more);
        done(home.path(), &args);
        crate::program::tree(&home.path().join(out).join("tables"))
    };
    let all = report("all", "9999", &[]);
    let on_the_day = report("as_of", "9999", &["--as-of", DAY]);
    let given_no_more = report("earlier", DAY, &[]);
    assert_ne!(all, on_the_day);
    // The workbook names the run, and a run is another one with other files; its sheets are the tables.
    for (path, bytes) in given_no_more.into_iter().filter(|(path, _)| path != Path::new("tables.xlsx")) {
        assert!(bytes == on_the_day[&path], "{} differs", path.display());
    }
}

#[test]
fn before_the_first_paper_the_report_says_so() {
    let home = tempfile::tempdir().unwrap();
    let said = done(home.path(), &["report", text(&Path::new(TOP).join("data")), "--as-of", "2019-06-30", "-o", "out"]);
    assert!(said.err.contains("no paper is left") && said.err.contains("the first is of 2024-11-04"), "{}", said.err);
    assert!(home.path().join("out/report.html").exists());
    assert_finite(&home.path().join("out"));
    assert_eq!(tables::read(&home.path().join("out/tables/papers.csv")), []);
}

#[test]
fn days_that_are_none_or_leave_none_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let refused = |args: &[&str]| {
        let said = run(home.path(), &[&["report", "nowhere.txt", "-o", "out"], args].concat());
        assert_eq!(said.code, Some(2), "{args:?}: {}", said.err);
        said.err
    };
    for wrong in ["2025-02-30", "2025-13-01", "yesterday", "2025-01-01T10:00", ""] {
        assert!(refused(&["--as-of", wrong]).contains("a day of the calendar, such as 2025-06-30"));
    }
    let between = refused(&["--from", "2025-06-01", "--to", "2025-05-01"]);
    assert!(between.starts_with("error: --from 2025-06-01 is later than --to 2025-05-01"), "{between}");
    assert!(refused(&["--from", "2025-06-01", "--as-of", "2025-05-01"]).contains("later than --as-of 2025-05-01"));
    assert!(refused(&["--window", "3"]).contains("from 4 to 2000"));
    assert!(refused(&["--clock", "sundial"]).contains("published"));
}
