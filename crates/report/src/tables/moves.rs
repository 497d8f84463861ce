//! Turns bursts, drifting terms, standings and the choice of the number of themes into frames.
//! Does not choose rows: everything the analysis holds is there.

use super::dates;
use crate::ReportError;
use model::trends::{Burst, Drift, DriftTerm};
use model::{Analysis, Theme, Trend};
use polars::prelude::*;

fn pairs(analysis: &Analysis) -> impl Iterator<Item = (&Theme, &Trend)> {
    analysis.themes.themes.iter().zip(&analysis.trends.trends)
}

fn theme_columns<'a>(themes: impl Iterator<Item = &'a Theme> + Clone) -> [Column; 2] {
    [
        Column::new("theme".into(), themes.clone().map(|t| t.id.0).collect::<Vec<_>>()),
        Column::new("theme_name".into(), themes.map(|t| t.name.as_str()).collect::<Vec<_>>()),
    ]
}

/// One row a burst: `theme`, `theme_name`, `start`, `end` (exclusive), `weight` (nats), `papers`, `total`, `p`, `q`.
pub fn bursts(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let rows: Vec<(&Theme, &Burst)> =
        pairs(analysis).flat_map(|(theme, trend)| trend.bursts.iter().map(move |b| (theme, b))).collect();
    let [theme, name] = theme_columns(rows.iter().map(|r| r.0));
    let number = |column: &str, of: fn(&Burst) -> f64| {
        Column::new(column.into(), rows.iter().map(|r| of(r.1)).collect::<Vec<_>>())
    };
    let columns = vec![
        theme,
        name,
        dates("start", rows.iter().map(|r| r.1.start))?,
        dates("end", rows.iter().map(|r| r.1.end))?,
        number("weight", |b| b.weight),
        Column::new("papers".into(), rows.iter().map(|r| r.1.papers).collect::<Vec<_>>()),
        Column::new("total".into(), rows.iter().map(|r| r.1.total).collect::<Vec<_>>()),
        number("p", |b| b.p),
        number("q", |b| b.q),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

/// One row a theme and term: `theme`, `theme_name`, `term`, `split`, `earlier`, `earlier_of`, `later`, `later_of`, `z`, `q`,
/// `papers` (ids, ";"-separated, newest first). `earlier_of` and `later_of` are the theme's dated papers on either side.
pub fn drift(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let rows: Vec<(&Theme, &Drift, &DriftTerm)> = pairs(analysis)
        .filter_map(|(theme, trend)| trend.drift.as_ref().map(|drift| (theme, drift)))
        .flat_map(|(theme, drift)| drift.terms.iter().map(move |term| (theme, drift, term)))
        .collect();
    let ids = analysis.papers.ids();
    let papers = |term: &DriftTerm| term.papers.iter().map(|&row| ids[row]).collect::<Vec<_>>().join(";");
    let [theme, name] = theme_columns(rows.iter().map(|r| r.0));
    let columns = vec![
        theme,
        name,
        Column::new("term".into(), rows.iter().map(|r| r.2.display.as_str()).collect::<Vec<_>>()),
        dates("split", rows.iter().map(|r| r.1.split))?,
        Column::new("earlier".into(), rows.iter().map(|r| r.2.earlier).collect::<Vec<_>>()),
        Column::new("earlier_of".into(), rows.iter().map(|r| r.1.earlier).collect::<Vec<_>>()),
        Column::new("later".into(), rows.iter().map(|r| r.2.later).collect::<Vec<_>>()),
        Column::new("later_of".into(), rows.iter().map(|r| r.1.later).collect::<Vec<_>>()),
        Column::new("z".into(), rows.iter().map(|r| r.2.z).collect::<Vec<_>>()),
        Column::new("q".into(), rows.iter().map(|r| r.2.q).collect::<Vec<_>>()),
        Column::new("papers".into(), rows.iter().map(|r| papers(r.2)).collect::<Vec<_>>()),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

/// One row a theme and period: `theme`, `theme_name`, `start`, `end` (exclusive), `count`, `total`, `rank`.
pub fn ranks(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let standings = &analysis.trends.standings;
    let rows: Vec<_> = analysis
        .themes
        .themes
        .iter()
        .enumerate()
        .flat_map(|(position, theme)| standings.iter().map(move |standing| (theme, standing, position)))
        .collect();
    let [theme, name] = theme_columns(rows.iter().map(|r| r.0));
    let columns = vec![
        theme,
        name,
        dates("start", rows.iter().map(|r| r.1.start))?,
        dates("end", rows.iter().map(|r| r.1.end))?,
        Column::new("count".into(), rows.iter().map(|r| r.1.counts[r.2]).collect::<Vec<_>>()),
        Column::new("total".into(), rows.iter().map(|r| r.1.total).collect::<Vec<_>>()),
        Column::new("rank".into(), rows.iter().map(|r| r.1.ranks[r.2]).collect::<Vec<_>>()),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

/// One row a number of themes that was tried: `k`, `agreement`, `separation`, `score`, `chosen`.
pub fn theme_count(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let count = &analysis.themes.count;
    let tried = || count.candidates.iter();
    Ok(df!(
        "k" => tried().map(|c| c.k as u64).collect::<Vec<_>>(),
        "agreement" => tried().map(|c| c.agreement).collect::<Vec<_>>(),
        "separation" => tried().map(|c| c.separation).collect::<Vec<_>>(),
        "score" => tried().map(|c| c.score).collect::<Vec<_>>(),
        "chosen" => tried().map(|c| c.k == count.k).collect::<Vec<_>>(),
    )?)
}
