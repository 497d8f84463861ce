//! `--weight upvotes`: what it adds to the tables, and that it changes nothing that stands there without it.

use crate::{
    as_of::listings,
    program::{demo_pages, done, text},
    tables::{self, Row},
};
use std::path::Path;

fn report(home: &Path, inputs: &[&str], out: &str, weight: &str) -> String {
    let args = [&["report", "--weight", weight, "--themes", "12", "-o", out], inputs].concat();
    done(home, &args).err
}

fn table(home: &Path, name: &str) -> Vec<Row> {
    tables::read(&home.join(name))
}

#[test]
fn upvotes_stand_beside_counts() {
    let home = tempfile::tempdir().unwrap();
    let listings = listings(home.path());
    let inputs: Vec<&str> = listings.values().map(|path| text(path)).collect();
    report(home.path(), &inputs, "counted", "count");
    report(home.path(), &inputs, "weighed", "upvotes");
    for name in ["tables/trends.csv", "tables/verdicts.csv"] {
        let counted = table(&home.path().join("counted"), name);
        let weighed = table(&home.path().join("weighed"), name);
        assert_eq!(counted.len(), weighed.len());
        for (counted, weighed) in counted.iter().zip(&weighed) {
            assert!(counted.iter().all(|(column, cell)| weighed[column] == *cell), "{name} differs in what it had");
        }
    }
    let trends = table(&home.path().join("weighed"), "tables/trends.csv");
    let number = |row: &Row, column: &str| row[column].parse::<f64>().unwrap();
    for row in trends.iter().filter(|row| row["upvotes_total"] != "0") {
        assert!((number(row, "upvote_share") - number(row, "upvotes") / number(row, "upvotes_total")).abs() < 1e-12);
        assert!(number(row, "upvote_low") <= number(row, "upvote_share"));
    }
    assert!(trends.iter().any(|row| row["upvote_share"] != row["share"]));
    let verdicts = table(&home.path().join("weighed"), "tables/verdicts.csv");
    assert!(verdicts.iter().all(|row| !row["upvote_verdict"].is_empty()));
}

#[test]
fn papers_without_upvotes_are_told() {
    let home = tempfile::tempdir().unwrap();
    let said = report(home.path(), &[text(&demo_pages())], "out", "upvotes");
    assert!(said.contains("no dated paper has upvotes"), "{said}");
}
