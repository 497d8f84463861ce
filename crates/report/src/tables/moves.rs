//! Turns bursts, appearances, newest bins, drifting terms, standings and the choice of the number of themes into frames.
//! Does not choose rows: everything the analysis holds is there.

use super::dates;
use crate::ReportError;
use model::trends::{Appearance, Burst, Drift, DriftTerm, Latest};
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

/// One row a theme with a dated paper: `theme`, `theme_name`, `first`, `last` (first days of the first and the last bin with a
/// paper of it), `p_before`, `p_after` (of so long a silence under a constant share), `emerging`, `fading`.
pub fn appearances(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let rows: Vec<(&Theme, &Appearance)> =
        pairs(analysis).filter_map(|(theme, trend)| Some((theme, trend.appearance.as_ref()?))).collect();
    let [theme, name] = theme_columns(rows.iter().map(|r| r.0));
    let columns = vec![
        theme,
        name,
        starts(analysis, "first", rows.iter().map(|r| r.1.first))?,
        starts(analysis, "last", rows.iter().map(|r| r.1.last))?,
        Column::new("p_before".into(), rows.iter().map(|r| r.1.p_before).collect::<Vec<_>>()),
        Column::new("p_after".into(), rows.iter().map(|r| r.1.p_after).collect::<Vec<_>>()),
        Column::new("emerging".into(), rows.iter().map(|r| r.1.emerging).collect::<Vec<_>>()),
        Column::new("fading".into(), rows.iter().map(|r| r.1.fading).collect::<Vec<_>>()),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

/// One row a theme: `theme`, `theme_name`, `bin_start` of the newest finished bin, `count`, `expected` (papers, by the fit to
/// the bins before), `low`, `high` (95% range, both inclusive), `p`, `q`, `outside`.
pub fn latest(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let rows: Vec<(&Theme, &Latest)> =
        pairs(analysis).filter_map(|(theme, trend)| Some((theme, trend.latest.as_ref()?))).collect();
    let [theme, name] = theme_columns(rows.iter().map(|r| r.0));
    let columns = vec![
        theme,
        name,
        starts(analysis, "bin_start", rows.iter().map(|r| r.1.bin))?,
        Column::new("count".into(), rows.iter().map(|r| r.1.count).collect::<Vec<_>>()),
        Column::new("expected".into(), rows.iter().map(|r| r.1.expected).collect::<Vec<_>>()),
        Column::new("low".into(), rows.iter().map(|r| r.1.low).collect::<Vec<_>>()),
        Column::new("high".into(), rows.iter().map(|r| r.1.high).collect::<Vec<_>>()),
        Column::new("p".into(), rows.iter().map(|r| r.1.p).collect::<Vec<_>>()),
        Column::new("q".into(), rows.iter().map(|r| r.1.q).collect::<Vec<_>>()),
        Column::new("outside".into(), rows.iter().map(|r| r.1.outside).collect::<Vec<_>>()),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

/// First days of bins.
fn starts(analysis: &Analysis, name: &str, bins: impl Iterator<Item = usize>) -> PolarsResult<Column> {
    let all = analysis.trends.timeline.as_ref().map_or(&[][..], |timeline| &timeline.bins);
    dates(name, bins.map(|bin| all[bin].start))
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
