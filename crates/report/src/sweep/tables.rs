//! Turns a sweep into frames: a row a setting, a row a run, a row a theme of the recommended run. Does not choose rows.

use super::MEASURES;
use crate::ReportError;
use model::{Sweep, SweepMeasures, SweptTheme};
use polars::prelude::*;

/// Every table by name.
pub fn all(sweep: &Sweep) -> Result<Vec<(&'static str, DataFrame)>, ReportError> {
    Ok(vec![("settings", settings(sweep)?), ("runs", runs(sweep)?), ("themes", themes(sweep)?)])
}

/// One row a setting: `setting` (from 1), its value of every axis, `runs`, every measure as `NAME`, `NAME_low` and `NAME_high` (mean,
/// least and largest over the seeds), `recommended`.
pub fn settings(sweep: &Sweep) -> Result<DataFrame, ReportError> {
    let rows: Vec<usize> = (0..sweep.settings.len()).collect();
    let mut columns = placed(sweep, &rows);
    columns.push(Column::new("runs".into(), vec![sweep.seeds.len() as u32; rows.len()]));
    for measure in MEASURES {
        let spreads: Vec<_> = sweep.settings.iter().map(measure.of).collect();
        let column = |name: String, of: fn(model::Spread) -> f64| {
            Column::new(name.into(), spreads.iter().map(|spread| spread.map(of)).collect::<Vec<_>>())
        };
        columns.push(column(measure.name.to_owned(), |s| s.mean));
        columns.push(column(format!("{}_low", measure.name), |s| s.low));
        columns.push(column(format!("{}_high", measure.name), |s| s.high));
    }
    let recommended: Vec<bool> = rows.iter().map(|&row| sweep.recommended == Some(row)).collect();
    columns.push(Column::new("recommended".into(), recommended));
    Ok(DataFrame::new(rows.len(), columns)?)
}

/// One row a run: `setting`, its values, `seed`, `themes`, `silhouette`, `npmi`, `c_v`, `diversity`, `left_out`.
fn runs(sweep: &Sweep) -> Result<DataFrame, ReportError> {
    let all: Vec<(usize, u64, &SweepMeasures)> = sweep
        .settings
        .iter()
        .enumerate()
        .flat_map(|(at, setting)| sweep.seeds.iter().zip(&setting.runs).map(move |(seed, run)| (at, *seed, run)))
        .collect();
    let mut columns = placed(sweep, &all.iter().map(|run| run.0).collect::<Vec<_>>());
    columns.push(Column::new("seed".into(), all.iter().map(|run| run.1).collect::<Vec<_>>()));
    columns.push(Column::new("themes".into(), all.iter().map(|run| run.2.themes as u32).collect::<Vec<_>>()));
    let mut measure = |name: &str, of: fn(&SweepMeasures) -> Option<f64>| {
        columns.push(Column::new(name.into(), all.iter().map(|run| of(run.2)).collect::<Vec<_>>()));
    };
    measure("silhouette", |m| m.silhouette);
    measure("npmi", |m| m.npmi);
    measure("c_v", |m| m.c_v);
    measure("diversity", |m| m.diversity);
    measure("left_out", |m| Some(m.left_out));
    Ok(DataFrame::new(all.len(), columns)?)
}

/// One row a theme of the recommended run: `theme` (from 1), `name`, `papers`, `comes_back` (share of settings), `runs_back`, `of_runs`,
/// `split_runs`, `split_into` (names, of the first run in which it falls apart), `merged_runs`, `merged_with` (names, most runs first).
fn themes(sweep: &Sweep) -> Result<DataFrame, ReportError> {
    let themes = &sweep.themes;
    let number = |name: &str, of: fn(&SweptTheme) -> usize| {
        Column::new(name.into(), themes.iter().map(|theme| of(theme) as u32).collect::<Vec<_>>())
    };
    let names = |name: &str, of: &dyn Fn(&SweptTheme) -> Vec<String>| {
        Column::new(
            name.into(),
            themes.iter().map(|theme| Some(of(theme).join(";")).filter(|n| !n.is_empty())).collect::<Vec<_>>(),
        )
    };
    let with = |theme: &SweptTheme| theme.merged_with.iter().map(|with| themes[with.theme].name.clone()).collect();
    let columns = vec![
        Column::new("theme".into(), (1..=themes.len() as u32).collect::<Vec<_>>()),
        Column::new("name".into(), themes.iter().map(|theme| theme.name.as_str()).collect::<Vec<_>>()),
        number("papers", |t| t.papers),
        Column::new("comes_back".into(), themes.iter().map(|theme| theme.comes_back).collect::<Vec<_>>()),
        number("runs_back", |t| t.runs_back),
        number("of_runs", |t| t.of_runs),
        number("split_runs", |t| t.split_runs),
        names("split_into", &|theme| theme.split.as_ref().map(|split| split.parts.clone()).unwrap_or_default()),
        number("merged_runs", |t| t.merged_runs),
        names("merged_with", &with),
    ];
    Ok(DataFrame::new(themes.len(), columns)?)
}

/// Number and values of the setting of each row.
fn placed(sweep: &Sweep, settings: &[usize]) -> Vec<Column> {
    let number = Column::new("setting".into(), settings.iter().map(|at| *at as u32 + 1).collect::<Vec<_>>());
    let axis = |(at, axis): (usize, &model::Axis)| {
        let values: Vec<&str> = settings.iter().map(|setting| sweep.settings[*setting].values[at].as_str()).collect();
        // The number of themes that was asked for stands beside the number that was found.
        let name = if axis.name == "themes" { "themes_asked" } else { &axis.name };
        Column::new(name.replace('-', "_").into(), values)
    };
    std::iter::once(number).chain(sweep.axes.iter().enumerate().map(axis)).collect()
}
