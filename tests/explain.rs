//! `papertide explain`: why a paper is in its theme, held against the report of the same papers.

use crate::{
    program::{TOP, done, run, text},
    tables,
};
use serde_json::Value;
use std::path::Path;

fn demo() -> String {
    text(&Path::new(TOP).join("data")).to_owned()
}

fn explained(home: &Path, paper: &str) -> Value {
    let said = done(home, &["explain", &demo(), "--themes", "12", "--json", "--paper", paper]);
    serde_json::from_str(&said.out).unwrap()
}

#[test]
fn a_paper_is_explained_as_the_report_places_it() {
    let home = tempfile::tempdir().unwrap();
    done(home.path(), &["report", &demo(), "--themes", "12", "-o", "run"]);
    let papers = tables::read(&home.path().join("run/tables/papers.csv"));
    let inside = papers.iter().find(|row| !row["theme"].is_empty()).unwrap();
    let outside = papers.iter().find(|row| row["theme"].is_empty()).unwrap();

    let said = explained(home.path(), &inside["title"]);
    assert_eq!(said["paper"]["id"], *inside["id"]);
    assert_eq!(said["theme"]["name"], *inside["theme_name"]);
    assert!((said["strength"].as_f64().unwrap() - inside["strength"].parse::<f64>().unwrap()).abs() < 1e-6);
    assert_eq!(said["nearest"]["theme"], said["theme"]["theme"]);
    assert_ne!(said["next"]["theme"], said["theme"]["theme"]);
    let terms = said["nearest"]["terms"].as_array().unwrap();
    let product = |t: &Value| t["in_paper"].as_f64().unwrap() * t["in_theme"].as_f64().unwrap();
    assert!(terms.len() > 2 && terms.windows(2).all(|pair| product(&pair[0]) >= product(&pair[1])));
    let parts: f64 = terms.iter().map(|t| t["part"].as_f64().unwrap()).sum();
    assert!(parts > 0.3 && parts <= 1.0 + 1e-9, "{parts}");
    assert!(said["left_out_because"].is_null());

    let said = explained(home.path(), &outside["id"]);
    assert!(said["theme"].is_null());
    assert!(said["left_out_because"].as_str().unwrap().contains("shares little"), "{said}");
}

#[test]
fn a_mixture_says_what_else_a_paper_may_be() {
    let home = tempfile::tempdir().unwrap();
    let mixture = ["--algorithm", "gaussian-mixture", "--themes", "12"];
    done(home.path(), &[&["report", &demo(), "-o", "run"], &mixture[..]].concat());
    let papers = tables::read(&home.path().join("run/tables/papers.csv"));
    let memberships = tables::read(&home.path().join("run/tables/memberships.csv"));
    assert_eq!(
        memberships.chunk_by(|a, b| a["paper"] == b["paper"]).count(),
        papers.iter().filter(|row| !row["theme"].is_empty()).count()
    );
    let undecided = memberships.windows(2).find(|rows| rows[0]["paper"] == rows[1]["paper"]).unwrap();
    let row = papers.iter().find(|row| row["id"] == undecided[0]["paper"]).unwrap();
    assert_eq!((&row["theme"], &row["strength"]), (&undecided[0]["theme"], &undecided[0]["probability"]));
    let said = done(home.path(), &[&["explain", &demo(), "--paper", &row["id"]], &mixture[..]].concat()).out;
    assert!(said.contains(&format!("or:     {} {} (", undecided[1]["theme"], undecided[1]["theme_name"])), "{said}");
}

#[test]
fn the_text_names_the_theme_and_its_terms() {
    let home = tempfile::tempdir().unwrap();
    let paper = "Two Bits for Keys, Three for Values? Asymmetric Precision in Cached Attention";
    let said = done(home.path(), &["explain", &demo(), "--paper", paper]).out;
    for part in ["paper:  Two Bits for Keys", "theme:  ", "strength 0.", "in the theme", "next theme", "papers with"] {
        assert!(said.contains(part), "{part} in\n{said}");
    }
}

#[test]
fn a_paper_that_is_none_or_several_is_refused_with_titles() {
    let home = tempfile::tempdir().unwrap();
    let refused = |paper: &str| {
        let said = run(home.path(), &["explain", &demo(), "--paper", paper]);
        assert_eq!(said.code, Some(1), "{}", said.err);
        said.err
    };
    let unknown = refused("Asymetric Precision in Cached Atention");
    assert!(unknown.starts_with("error: --paper Asymetric"), "{unknown}");
    assert!(unknown.contains("hint: did you mean: Two Bits for Keys"), "{unknown}");
    let several = refused("decoding");
    assert!(several.contains("5 titles have these words") && several.contains("Speculative Decoding ("), "{several}");
}
