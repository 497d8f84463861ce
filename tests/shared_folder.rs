//! Real pages and hand-given themes that stand beside the project on its makers' machines and are no part of it.
//! Where that folder is absent, these tests say loudly that they were skipped.

use crate::{
    measures::majority,
    program::{TOP, done, text},
    tables,
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(TOP).join("../shared").join(name);
    if !path.exists() {
        eprintln!("SKIPPED: ../shared/{name} is not here");
        return None;
    }
    Some(path)
}

/// (label of the annotator, how many papers it gave to it, words of which one must stand in the theme's name or terms)
const ASKED_FOR: [(&str, usize, &[&str]); 3] = [
    ("speculative-decoding", 10, &["speculative decoding"]),
    ("diffusion-acceleration", 10, &["diffusion", "sampling", "sampler"]),
    ("gnn-oversquashing-rewiring", 7, &["over-squashing", "oversquashing", "over squashing"]),
];

#[test]
fn the_three_themes_that_were_asked_for_by_name_are_found_on_real_pages() {
    let (Some(pages), Some(labels)) = (shared("pages"), shared("gold/labels.csv")) else { return };
    let home = tempfile::tempdir().unwrap();
    done(home.path(), &["report", &format!("{}/*.txt", text(&pages)), "-o", "out"]);
    let theme_of: BTreeMap<String, String> = tables::read(&home.path().join("out/tables/papers.csv"))
        .into_iter()
        .map(|row| (row["title"].to_lowercase(), row["theme"].clone()))
        .collect();
    let labels = tables::read(&labels);
    for (label, papers, words) in ASKED_FOR {
        let own: Vec<&String> = labels.iter().filter(|row| row["primary"] == label).map(|row| &row["title"]).collect();
        assert_eq!(own.len(), papers, "{label}");
        let found =
            own.iter().filter_map(|title| theme_of.get(&title.to_lowercase())).filter(|theme| !theme.is_empty());
        let (theme, together) = majority(found.map(String::as_str)).unwrap();
        assert!(2 * together > papers, "{label}: {together} of {papers} papers are in theme {theme}");
        let said = name_and_terms(&home.path().join("out"), theme);
        assert!(words.iter().any(|word| said.contains(word)), "{label}: {said}");
    }
    let undated = theme_of.len() - 127;
    assert!(
        fs::read_to_string(home.path().join("out/report.html"))
            .unwrap()
            .contains(&format!("{undated} papers have no date"))
    );
}

fn name_and_terms(run: &Path, theme: &str) -> String {
    let rows = tables::read(&run.join("tables/themes.csv"));
    let row = rows.iter().find(|row| row["theme"] == theme).unwrap();
    format!("{};{}", row["name"], row["terms"]).to_lowercase()
}

#[test]
fn real_pages_are_read_as_their_facts_say() {
    let Some(pages) = shared("pages") else { return };
    let facts: serde_json::Value = serde_json::from_slice(&fs::read(pages.join("FACTS.json")).unwrap()).unwrap();
    let home = tempfile::tempdir().unwrap();
    let said = done(home.path(), &["papers", &format!("{}/*.txt", text(&pages)), "--json"]).out;
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["papers"], facts["all"]["distinct_papers"]);
    assert_eq!(said["dated"], facts["all"]["distinct_dated"]);
    for source in said["sources"].as_array().unwrap() {
        let name = source["name"].as_str().unwrap();
        assert_eq!(source["papers"], facts[name]["papers"], "{name}");
        assert_eq!(source["dated"], facts[name]["dated"], "{name}");
    }
}

#[test]
fn daily_listings_are_read_whole() {
    let Some(listings) = shared("corpora/hf_daily_raw") else { return };
    let home = tempfile::tempdir().unwrap();
    let said = done(home.path(), &["papers", text(&listings), "--json"]).out;
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["sources"].as_array().unwrap().len(), 415);
    assert_eq!(said["undated"], 0);
    let papers = said["papers"].as_u64().unwrap();
    assert!((6_000..=6_141).contains(&papers), "{papers} papers");
}
