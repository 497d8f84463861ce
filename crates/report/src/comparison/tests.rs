//! Holds the pages and charts of comparisons against what a reader relies on: every theme in its place, no text covered or cut,
//! nothing from outside that becomes markup.

use super::*;
use crate::charts::tests::{cases, legible};
use crate::fake::{Fake, REALISTIC};
use model::{
    Cause, ChangedSetting, ChangedVerdict, Differences, Flow, PapersCompared, Stretch, ThemeMatching, ThemePair,
};

/// The second run has all papers of the first, of which every third is in the next theme.
fn compared_to_itself(analysis: &Analysis) -> Comparison {
    let themes = analysis.themes.themes.len();
    let pair =
        |at: usize| ThemePair { first: at, second: at, shared: 2, jaccard: 0.6, rival: Some(0.5), ambiguous: true };
    let mut flows: Vec<Flow> = (0..themes)
        .flat_map(|at| {
            [(Some(at), 2), (Some((at + 1) % themes), 1)].map(|(second, papers)| Flow {
                first: Some(at),
                second,
                papers,
            })
        })
        .collect();
    flows.sort();
    flows.dedup();
    let changed = |first: usize| ChangedVerdict {
        first,
        second: first,
        stretch: Stretch::Whole,
        differences: Differences { left: 3, joined: 4, settings: vec!["window".to_owned()], ..Differences::default() },
        causes: vec![Cause::Clustering, Cause::Settings],
        together: true,
    };
    Comparison {
        settings: vec![ChangedSetting {
            name: "seed".to_owned(),
            first: Some("0".to_owned()),
            second: Some("<b>1".to_owned()),
        }],
        papers: PapersCompared {
            both: (0..analysis.papers.len()).map(|row| (row, row)).collect(),
            ..PapersCompared::default()
        },
        themes: ThemeMatching {
            pairs: (0..themes).map(pair).collect(),
            flows,
            adjusted_rand: Some(0.5),
            mutual_information: Some(0.25),
            grouped_in_both: 7,
            ..ThemeMatching::default()
        },
        moved: Vec::new(),
        verdicts: (0..themes.min(1)).map(changed).collect(),
    }
}

#[test]
fn no_label_of_an_alluvial_chart_is_cut_or_covered() {
    for (case, fake) in cases() {
        let analysis = fake.build();
        let comparison = compared_to_itself(&analysis);
        let compared = Compared { first: &analysis, second: &analysis, comparison: &comparison };
        let drawing = charts::alluvial(&compared).unwrap();
        assert_eq!(drawing.is_none(), analysis.themes.themes.is_empty(), "{case}");
        if let Some(drawing) = drawing {
            legible(&drawing, case);
        }
    }
}

#[test]
fn files_say_what_differs_and_escape_what_comes_from_outside() {
    let first = Fake { title: |_| "<script>alert(1)</script>".to_owned(), ..REALISTIC }.build();
    let second = Analysis { run_id: "ffffffffffff".to_owned(), ..first.clone() };
    let comparison = compared_to_itself(&first);
    let compared = Compared { first: &first, second: &second, comparison: &comparison };
    let files = super::comparison(&compared).unwrap().files;
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["alluvial.csv", "alluvial.png", "alluvial.svg", "comparison.html", "comparison.json"]);
    let page = String::from_utf8(files["comparison.html"].clone()).unwrap();
    assert!(!page.contains("<script") && !page.contains("<b>1") && page.contains("&lt;b&gt;1"));
    assert!(page.contains("clustering: 3 papers left the theme, 4 joined; settings: window (only together)"), "{page}");
    let json: serde_json::Value = serde_json::from_slice(&files["comparison.json"]).unwrap();
    assert_eq!(json["agreement"]["adjusted_rand"], 0.5);
    assert_eq!(json["verdicts"][0]["causes"], serde_json::json!(["clustering", "settings"]));
    assert_eq!(json["pairs"].as_array().unwrap().len(), first.themes.themes.len());
}
