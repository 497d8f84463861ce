//! All runs of a sweep to what they say together: how the settings compare, which is recommended, and which of its themes come back
//! under the others. Clusters nothing.

use super::{plan::SweepPlan, recommend::recommend};
use crate::VERSION;
use model::{
    MergedWith, SplitExample, Spread, Sweep, SweepMeasures, SweepRun, SweepSetting, SweptTheme, ThemeMatching,
};
use papers::Reading;
use rayon::prelude::*;
use themes::agreement::adjusted_rand;

/// Jaccard index above which a theme comes back, as for survival.
const SAME: f64 = 0.5;

/// Judges a sweep whose runs are all made, in any order.
#[must_use]
pub fn judge(reading: &Reading, plan: &SweepPlan, mut runs: Vec<SweepRun>) -> Sweep {
    runs.sort_by_key(|run| (run.setting, run.seed));
    let of_setting: Vec<&[SweepRun]> = runs.chunk_by(|a, b| a.setting == b.setting).collect();
    let settings: Vec<SweepSetting> =
        of_setting.par_iter().map(|runs| over_seeds(&plan.settings[runs[0].setting].0, runs)).collect();
    let (recommended, reason) = recommend(&settings);
    let reference = recommended.map(|at| &of_setting[at][0]);
    Sweep {
        id: plan.id(&reading.sources),
        version: VERSION.to_owned(),
        inputs: reading.sources.clone(),
        papers: reading.papers.len(),
        fixed: plan.fixed.clone(),
        given: plan.given.clone(),
        axes: plan.axes.clone(),
        seeds: plan.seeds.clone(),
        themes: reference.map(|reference| themes_elsewhere(reference, &runs)).unwrap_or_default(),
        settings,
        recommended,
        reason,
    }
}

fn over_seeds(values: &[String], runs: &[SweepRun]) -> SweepSetting {
    let all = |measure: fn(&SweepMeasures) -> Option<f64>| {
        spread(&runs.iter().map(|run| measure(&run.measures)).collect::<Option<Vec<_>>>()?)
    };
    let counted = |measure: fn(&SweepMeasures) -> f64| {
        let values: Vec<f64> = runs.iter().map(|run| measure(&run.measures)).collect();
        spread(&values).unwrap_or(Spread { mean: 0.0, low: 0.0, high: 0.0 })
    };
    let groups: Vec<Vec<usize>> = runs.iter().map(groups).collect();
    let pairs = (1..groups.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    SweepSetting {
        values: values.to_vec(),
        runs: runs.iter().map(|run| run.measures.clone()).collect(),
        themes: counted(|m| m.themes as f64),
        silhouette: all(|m| m.silhouette),
        npmi: all(|m| m.npmi),
        c_v: all(|m| m.c_v),
        diversity: all(|m| m.diversity),
        left_out: counted(|m| m.left_out),
        agreement: spread(&pairs.map(|(a, b)| adjusted_rand(&groups[a], &groups[b])).collect::<Vec<_>>()),
    }
}

/// Papers in no theme are one group.
fn groups(run: &SweepRun) -> Vec<usize> {
    run.theme.iter().map(|theme| theme.unwrap_or(run.names.len())).collect()
}

fn spread(values: &[f64]) -> Option<Spread> {
    let (low, high) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), x| (l.min(*x), h.max(*x)));
    (!values.is_empty()).then(|| Spread { mean: values.iter().sum::<f64>() / values.len() as f64, low, high })
}

/// Every theme of the reference run in all other runs.
fn themes_elsewhere(reference: &SweepRun, runs: &[SweepRun]) -> Vec<SweptTheme> {
    let k = reference.names.len();
    let others: Vec<(&SweepRun, ThemeMatching)> = runs
        .par_iter()
        .filter(|run| (run.setting, run.seed) != (reference.setting, reference.seed))
        .map(|run| (run, themes::matching(&reference.theme, &run.theme, (k, run.names.len()))))
        .collect();
    (0..k).map(|theme| elsewhere(reference, theme, &others)).collect()
}

fn elsewhere(reference: &SweepRun, theme: usize, others: &[(&SweepRun, ThemeMatching)]) -> SweptTheme {
    let is_back = |found: &ThemeMatching| found.pairs.iter().any(|pair| pair.first == theme && pair.jaccard > SAME);
    let back: Vec<bool> = others.iter().map(|(_, found)| is_back(found)).collect();
    let changed = || others.iter().zip(&back).filter(|(_, back)| !**back).map(|(other, _)| other);
    let split = |found: &ThemeMatching| found.splits.iter().find(|split| split.whole == theme).cloned();
    let parts = |(run, found): &(&SweepRun, ThemeMatching)| {
        let parts = split(found)?.parts.into_iter().map(|(part, _)| run.names[part].clone()).collect();
        Some(SplitExample { setting: run.setting, seed: run.seed, parts })
    };
    let splits: Vec<SplitExample> = changed().filter_map(parts).collect();
    let together: Vec<Vec<usize>> = changed().filter_map(|(_, found)| merged_with(theme, found)).collect();
    SweptTheme {
        name: reference.names[theme].clone(),
        papers: reference.theme.iter().filter(|of_paper| **of_paper == Some(theme)).count(),
        comes_back: share_of_settings(others, &back),
        runs_back: back.iter().filter(|back| **back).count(),
        of_runs: others.len(),
        split_runs: splits.len(),
        split: splits.into_iter().next(),
        merged_runs: together.len(),
        merged_with: counted(&together),
    }
}

/// The other themes of the reference that lie in the same theme of a run as this one; `None` where it lies there alone.
fn merged_with(theme: usize, found: &ThemeMatching) -> Option<Vec<usize>> {
    let merge = found.merges.iter().find(|merge| merge.parts.iter().any(|(part, _)| *part == theme))?;
    Some(merge.parts.iter().map(|(part, _)| *part).filter(|part| *part != theme).collect())
}

/// Themes by how many lists name them, the most frequent first, ties by theme.
fn counted(lists: &[Vec<usize>]) -> Vec<MergedWith> {
    let mut all: Vec<usize> = lists.concat();
    all.sort_unstable();
    let mut counted: Vec<MergedWith> =
        all.chunk_by(|a, b| a == b).map(|same| MergedWith { theme: same[0], runs: same.len() }).collect();
    counted.sort_by_key(|with| (std::cmp::Reverse(with.runs), with.theme));
    counted
}

/// Mean over the settings of the share of their runs in which a theme comes back: a setting counts once, however many seeds it has.
fn share_of_settings(others: &[(&SweepRun, ThemeMatching)], back: &[bool]) -> Option<f64> {
    let runs: Vec<(usize, bool)> = others.iter().map(|(run, _)| run.setting).zip(back.iter().copied()).collect();
    let shares: Vec<f64> = runs
        .chunk_by(|a, b| a.0 == b.0)
        .map(|runs| runs.iter().filter(|(_, back)| *back).count() as f64 / runs.len() as f64)
        .collect();
    (!shares.is_empty()).then(|| shares.iter().sum::<f64>() / shares.len() as f64)
}
