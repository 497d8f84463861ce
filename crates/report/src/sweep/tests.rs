//! A sweep of known numbers to its files: nothing cut, nothing unescaped, every number where it belongs.

use super::*;
use crate::charts::tests::legible;
use model::{Axis, MergedWith, SplitExample, SweepMeasures, SweptTheme};

/// A sweep over these numbers of themes and two algorithms with three seeds; names are hostile.
fn fake(themes: &[&str], others: &[&str]) -> Sweep {
    let spread = |mean: f64| Spread { mean, low: mean - 0.02, high: mean + 0.03 };
    let setting = |(at, values): (usize, Vec<String>)| {
        let k = values[0].parse().unwrap_or(17.0);
        SweepSetting {
            values,
            runs: vec![SweepMeasures { themes: k as usize, npmi: Some(0.1), ..SweepMeasures::default() }; 3],
            themes: Spread { mean: k, low: k, high: k },
            silhouette: Some(spread(0.3 - 0.004 * k)),
            npmi: Some(spread(0.1 + 0.01 * at as f64)),
            c_v: None,
            diversity: Some(spread(0.9)),
            left_out: spread(0.05),
            agreement: Some(spread(0.8 - 0.01 * at as f64)),
        }
    };
    let grid = themes.iter().flat_map(|k| others.iter().map(|other| vec![(*k).to_owned(), (*other).to_owned()]));
    let theme = |at: usize| SweptTheme {
        name: format!("Theme <b>{at}</b> | `code`"),
        papers: 40 - at,
        comes_back: Some(1.0 - 0.2 * at as f64),
        runs_back: 11 - at,
        of_runs: 11,
        split_runs: at,
        split: (at > 0).then(|| SplitExample { setting: 0, seed: 1, parts: vec!["one".to_owned(), "=two".to_owned()] }),
        merged_runs: at,
        merged_with: (at > 0).then_some(MergedWith { theme: 0, runs: 2 }).into_iter().collect(),
    };
    let axis = |name: &str, values: &[&str]| Axis {
        name: name.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    Sweep {
        id: "0123456789ab".to_owned(),
        version: "0.0.0".to_owned(),
        inputs: Vec::new(),
        papers: 1234,
        fixed: Vec::new(),
        given: vec![model::SettingValue { name: "stop-words".to_owned(), value: "my file".to_owned() }],
        axes: vec![axis("themes", themes), axis("algorithm", others)],
        seeds: vec![0, 1, 2],
        settings: grid.enumerate().map(setting).collect(),
        recommended: Some(1),
        reason: "seeds agree on it".to_owned(),
        themes: (0..4).map(theme).collect(),
    }
}

fn cases() -> [Sweep; 4] {
    let many: Vec<String> = (1..=40).map(|k| (k * 3).to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let long =
        ["an-algorithm-with-a-very-long-name-that-goes-on-and-on", "another-one-that-is-just-as-long-as-the-first"];
    [
        fake(&["10", "20", "30"], &["k-means", "hierarchical"]),
        fake(&["auto"], &["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]),
        fake(&many, &["k-means", "hierarchical"]),
        fake(&["5", "50"], &long),
    ]
}

#[test]
fn charts_can_be_read_whatever_the_sweep() {
    for sweep in cases() {
        for drawing in [sweep_quality::draw(&sweep), sweep_settings::draw(&sweep)] {
            let drawing = drawing.unwrap().unwrap();
            legible(&drawing, &format!("{} of {} settings", drawing.name, sweep.settings.len()));
        }
    }
}

#[test]
fn every_file_holds_what_was_found_and_nothing_unescaped() {
    let bundle = sweep(&cases()[0]).unwrap();
    let text = |name: &str| String::from_utf8(bundle.files[name].clone()).unwrap();
    let page = text("sweep.html");
    assert!(page.contains("themes=10 algorithm=hierarchical is recommended") && !page.contains("<b>0</b>"), "{page}");
    assert!(page.contains("--themes 10 --algorithm hierarchical --stop-words 'my file' --seed 0"));
    assert!(page.contains("2 of 4 themes come back in at least 75%"));
    assert!(!text("sweep.md").contains("<b>") && text("sweep.md").contains("\\|"));
    assert_eq!(text("tables/settings.csv").lines().count(), 7);
    assert_eq!(text("tables/runs.csv").lines().count(), 19);
    let themes = text("tables/themes.csv");
    assert!(themes.lines().nth(2).unwrap().ends_with(",10,11,1,one;=two,1,Theme <b>0</b> | `code`"), "{themes}");
    let json: serde_json::Value = serde_json::from_str(&text("sweep.json")).unwrap();
    assert_eq!((&json["recommended"], &json["settings"][1]["setting"]), (&2.into(), &2.into()));
    assert_eq!(json["settings"][1]["values"], serde_json::json!({ "themes": "10", "algorithm": "hierarchical" }));
    assert_eq!(json["themes"][1]["split"], serde_json::json!({ "setting": 1, "seed": 1, "parts": ["one", "=two"] }));
    assert_eq!(json["themes"][1]["merged_with"], serde_json::json!([{ "theme": 1, "runs": 2 }]));
    for name in ["charts/quality.svg", "charts/quality.png", "charts/settings.csv", "tables/runs.parquet"] {
        assert!(bundle.files.contains_key(name), "{name}");
    }
}

/// Without a recommended setting, and without other runs, nothing is made up.
#[test]
fn a_sweep_that_recommends_nothing_says_so() {
    let sweep_of_none =
        Sweep { recommended: None, themes: Vec::new(), reason: "no setting".to_owned(), ..cases()[0].clone() };
    let bundle = sweep(&sweep_of_none).unwrap();
    let page = String::from_utf8(bundle.files["sweep.html"].clone()).unwrap();
    assert!(page.contains("None of 6 settings is recommended") && !page.contains("papertide report"), "{page}");
    assert!(!page.contains("Which themes are real"), "{page}");
}
