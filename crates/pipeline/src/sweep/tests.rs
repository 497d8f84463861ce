//! Plans that are possible and plans that are not; runs that share stages and runs that do not; themes that come back, fall apart
//! and merge.

use super::*;
use crate::{Settings, Source, read};
use model::{SweepMeasures, SweepRun};
use papers::{ReadSettings, Reading};
use std::sync::Mutex;

fn axis(name: &str, values: &[&str]) -> GivenAxis {
    let values = values.iter().map(|value| ((*value).to_owned(), None)).collect();
    GivenAxis { setting: Settings::named(name).unwrap(), values }
}

fn planned(axes: &[GivenAxis], seeds: u64) -> SweepPlan {
    plan(&Settings::default(), axes, seeds, None).unwrap()
}

/// Papers of four plain subjects.
fn reading() -> Reading {
    let subjects =
        ["sand dune wind grain", "glacier ice melt snow", "river water flow bank", "star light orbit planet"];
    let line = |at: usize| {
        let words: Vec<&str> = subjects[at % 4].split(' ').collect();
        let text = [0, 1, 2, 3, 1, 2].map(|word| words[(at / 4 + word) % 4]).join(" ");
        format!("{{\"title\":\"Study {at} of {text}\",\"abstract\":\"We look at {text} and at {}\"}}\n", words[at % 3])
    };
    let bytes = (0..120).map(line).collect::<String>().into_bytes();
    read(vec![Source { name: "rows.jsonl".to_owned(), bytes }], &ReadSettings::default()).unwrap()
}

fn runs(plan: &SweepPlan, done: &[(usize, u64)], memory: u64) -> Vec<SweepRun> {
    let made = Mutex::new(Vec::new());
    let keep = |run| {
        made.lock().unwrap().push(run);
        true
    };
    run_sweep(&reading(), plan, done, SweepLoad { memory }, &keep).unwrap();
    let mut made = made.into_inner().unwrap();
    made.sort_by_key(|run| (run.setting, run.seed));
    made
}

#[test]
fn the_grid_has_every_combination_once_in_the_order_typed() {
    let plan = planned(&[axis("themes", &["4", "5"]), axis("ngram", &["2", "1", "3"])], 2);
    let values: Vec<String> = plan.settings.iter().map(|(values, _)| values.join(" ")).collect();
    assert_eq!(values, ["4 2", "4 1", "4 3", "5 2", "5 1", "5 3"]);
    assert_eq!(plan.runs()[..3], [(0, 0), (0, 1), (1, 0)]);
    assert_eq!((plan.settings[3].1.themes.themes, plan.settings[3].1.text.ngram), (Some(5), 2));
    assert!(!plan.fixed.iter().any(|value| ["themes", "ngram", "seed"].contains(&value.name.as_str())));
}

#[test]
fn a_drawn_plan_is_part_of_the_grid_and_hangs_on_the_seed() {
    let axes = [axis("themes", &["2", "3", "4", "5", "6", "7"]), axis("ngram", &["1", "2", "3"])];
    let drawn = |seed: u64| {
        let mut base = Settings::default();
        base.themes.seed = seed;
        let plan = plan(&base, &axes, 1, Some(5)).unwrap();
        plan.settings.into_iter().map(|(values, _)| values).collect::<Vec<_>>()
    };
    assert_eq!(drawn(1).len(), 5);
    assert_eq!(drawn(1), drawn(1));
    assert_ne!(drawn(1), drawn(2));
    let all: Vec<Vec<String>> = planned(&axes, 1).settings.into_iter().map(|(values, _)| values).collect();
    assert!(drawn(1).is_sorted_by_key(|values| all.iter().position(|other| other == values).unwrap()));
}

#[test]
fn what_cannot_be_run_is_told_before_anything_is() {
    let found = |axes: &[GivenAxis], seeds: u64| {
        let problems = plan(&Settings::default(), axes, seeds, None).unwrap_err();
        problems.into_iter().map(|problem| problem.found).collect::<Vec<_>>().join("\n")
    };
    let clash = found(&[axis("algorithm", &["k-means", "dbscan"]), axis("themes", &["auto", "9"])], 1);
    assert!(clash.contains("algorithm=dbscan themes=9") && !clash.contains("k-means themes"), "{clash}");
    assert!(found(&[axis("bin", &["week", "month"])], 1).contains("bin"));
    assert!(found(&[axis("seed", &["1", "2"])], 1).contains("seed"));
    assert!(found(&[axis("ngram", &["1", "9"])], 1).contains("ngram = 9"));
    assert!(found(&[axis("ngram", &["1"]), axis("ngram", &["2"])], 1).contains("again"));
    assert!(found(&[axis("ngram", &["1", "1"])], 1).contains("twice"));
    assert!(found(&[axis("ngram", &["1"])], 1).contains("nothing varies"));
    let values: Vec<String> = (1..=101).map(|k| k.to_string()).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let many = [axis("themes", &values), axis("min-papers", &values)];
    assert!(found(&many, 1).contains("10201"));
}

/// Sharing a stage, making runs side by side and leaving out those that are there changes no run.
#[test]
fn a_run_is_the_same_whatever_is_made_beside_it() {
    let axes =
        || [axis("themes", &["3", "4"]), axis("algorithm", &["k-means", "hierarchical"]), axis("ngram", &["1", "2"])];
    let plan = planned(&axes(), 2);
    let all = runs(&plan, &[], u64::MAX);
    assert_eq!(all.iter().map(|run| (run.setting, run.seed)).collect::<Vec<_>>(), plan.runs());
    assert_eq!(runs(&plan, &[], 1), all, "one at a time");
    let done: Vec<(usize, u64)> = plan.runs().into_iter().step_by(3).collect();
    let rest: Vec<SweepRun> = all.iter().filter(|run| !done.contains(&(run.setting, run.seed))).cloned().collect();
    assert_eq!(runs(&plan, &done, u64::MAX), rest);
    for run in &all {
        let mut settings = plan.settings[run.setting].1.clone();
        settings.themes.seed = run.seed;
        let alone = crate::analyse(reading(), &settings, &mut |_| ()).unwrap();
        assert_eq!(alone.themes.assignment.theme, run.theme);
        assert_eq!(alone.themes.quality.silhouette, run.measures.silhouette);
        assert_eq!(alone.themes.quality.coherence.npmi, run.measures.npmi);
    }
}

#[test]
fn more_themes_than_papers_are_refused_before_any_run() {
    let plan = planned(&[axis("themes", &["4", "500"])], 1);
    let none = |_| panic!("a run was made");
    assert!(run_sweep(&reading(), &plan, &[], SweepLoad { memory: u64::MAX }, &none).is_err());
}

/// A run whose papers are in these themes, `-` for none.
fn run(setting: usize, seed: u64, themes: &str) -> SweepRun {
    let theme: Vec<Option<usize>> = themes.chars().map(|c| c.to_digit(10).map(|c| c as usize)).collect();
    let k = theme.iter().flatten().max().map_or(0, |last| last + 1);
    let measures = SweepMeasures { themes: k, silhouette: Some(0.5), npmi: Some(0.1), ..SweepMeasures::default() };
    SweepRun { setting, seed, measures, names: (0..k).map(|at| format!("{setting}.{seed}.{at}")).collect(), theme }
}

#[test]
fn themes_that_come_back_fall_apart_and_merge_are_told_apart() {
    let plan = planned(&[axis("themes", &["2", "3", "4"])], 2);
    let same = "000000111111222222";
    let runs = vec![
        run(0, 0, same),
        run(0, 1, same),
        run(1, 0, "222222111111000000"),
        run(1, 1, "000000000000111111"),
        run(2, 0, "000333111111222222"),
        run(2, 1, "------111111222222"),
    ];
    let sweep = judge(&reading(), &plan, runs);
    assert_eq!(sweep.recommended, Some(0));
    let [first, second, third] = &sweep.themes[..] else { panic!("{:?}", sweep.themes) };
    assert_eq!((first.runs_back, first.of_runs, first.split_runs, first.merged_runs), (2, 5, 1, 1));
    assert!((first.comes_back.unwrap() - 0.5).abs() < 1e-12, "1, 1/2 and 0 of the runs of the three settings");
    let split = first.split.as_ref().unwrap();
    assert_eq!(
        (split.setting, split.seed, split.parts.as_slice()),
        (2, 0, &["2.0.0".to_owned(), "2.0.3".to_owned()][..])
    );
    assert_eq!(first.merged_with, [model::MergedWith { theme: 1, runs: 1 }]);
    assert_eq!((second.runs_back, second.merged_runs, third.runs_back, third.papers), (4, 1, 5, 6));
    assert_eq!(sweep.settings[0].agreement.map(|a| a.mean), Some(1.0));
}
