//! Turns an analysis into the files of a run folder, as bytes: report, charts, tables and `run.json`.
//!
//! Nothing here touches the disk, asks for the time or computes a number that the analysis does not hold;
//! rounding for display and counting is all. Text from outside is escaped for the place where it lands.

mod base64;
mod charts;
mod citation;
mod clean;
mod comparison;
mod continuity;
mod deck;
mod error;
mod extent;
mod format;
mod headline;
mod html;
mod json_bytes;
mod kept;
mod lags;
mod largest;
mod mail;
mod markdown;
mod method;
mod parents;
mod quality;
mod run_json;
mod selection;
mod story;
mod sweep;
mod table_bytes;
mod tables;
mod upvotes;
mod windows;
mod workbook;

pub use charts::Ground;
pub use comparison::{Compared, Line, comparison, comparison_words};
pub use continuity::sentences as continuity_sentences;
pub use deck::deck;
pub use error::ReportError;
pub use extent::dated as dated_in_words;
pub use kept::{KEPT_FILE, KeptError, keep, kept};
pub use mail::{Addresses, mail};
pub use selection::{ChartRequest, PictureFormat, RequestError, chart_files};
pub use story::{MovedTheme, Part, Story, story};
pub use sweep::{elsewhere_is as sweep_elsewhere_is, headline as sweep_headline, sweep};
pub use table_bytes::{TableFormat, table_bytes};

use charts::Chart;
use model::{Analysis, Bundle};
use polars::prelude::DataFrame;
use rayon::prelude::*;

/// Where the slides lie in a run folder.
pub const DECK_FILE: &str = "deck.pptx";

/// All files of a run folder. Charts without data (no dated paper, no theme) are left out.
///
/// # Errors
/// Where the analysis does not fit together, or a library cannot write its format.
pub fn render(analysis: &Analysis) -> Result<Bundle, ReportError> {
    check(analysis)?;
    let tables = tables::all(analysis)?;
    // The workbook is written by one thread and takes longest, so it comes first; the others draw meanwhile.
    let (workbook, ((pages, deck), (files, kept))) = rayon::join(
        || workbook::workbook(&analysis.run_id, &tables),
        || {
            rayon::join(
                || rayon::join(|| pages(analysis), || deck(analysis)),
                || rayon::join(|| table_files(&tables), || keep(analysis)),
            )
        },
    );
    let mut files: Vec<(String, Vec<u8>)> = files?;
    files.extend(pages?);
    files.push(("tables/tables.xlsx".to_owned(), workbook?));
    files.push((DECK_FILE.to_owned(), deck?));
    files.push((KEPT_FILE.to_owned(), kept?));
    Ok(Bundle { files: files.into_iter().collect() })
}

/// The charts with their numbers, and what is read beside them, by path.
fn pages(analysis: &Analysis) -> Result<Vec<(String, Vec<u8>)>, ReportError> {
    let charts = charts::all(analysis)?;
    let ((html, markdown), (run, numbers)) = rayon::join(
        || rayon::join(|| html::page(analysis, &charts), || markdown::page(analysis, &charts)),
        || rayon::join(|| run_json::bytes(analysis), || numbers(&charts)),
    );
    let mut files = numbers?;
    files.push(("report.html".to_owned(), html.into_bytes()));
    files.push(("report.md".to_owned(), markdown.into_bytes()));
    files.push(("run.json".to_owned(), run?));
    for Chart { name, svg, png, .. } in charts {
        files.push((format!("charts/{name}.svg"), svg.into_bytes()));
        files.push((format!("charts/{name}.png"), png));
    }
    Ok(files)
}

/// The numbers of every chart, by path.
fn numbers(charts: &[Chart]) -> Result<Vec<(String, Vec<u8>)>, ReportError> {
    let file =
        |chart: &Chart| Ok((format!("charts/{}.csv", chart.name), table_bytes(&chart.numbers, TableFormat::Csv)?));
    charts.par_iter().map(file).collect()
}

/// Every table in both formats, by path.
fn table_files(tables: &[(&str, DataFrame)]) -> Result<Vec<(String, Vec<u8>)>, ReportError> {
    let file = |(name, frame): &(&str, DataFrame)| {
        let (csv, parquet) = (table_bytes(frame, TableFormat::Csv)?, table_bytes(frame, TableFormat::Parquet)?);
        Ok([(format!("tables/{name}.csv"), csv), (format!("tables/{name}.parquet"), parquet)])
    };
    let files = tables.par_iter().map(file).collect::<Result<Vec<[_; 2]>, ReportError>>()?;
    Ok(files.into_iter().flatten().collect())
}

/// The lengths and positions that the model promises, so that nothing below can reach beyond a vector.
fn check(analysis: &Analysis) -> Result<(), ReportError> {
    let (papers, themes) = (analysis.papers.len(), &analysis.themes);
    let bins = analysis.trends.timeline.as_ref().map_or(0, |t| t.bins.len());
    let assigned = &themes.assignment;
    let positions = assigned.theme.iter().chain(&assigned.nearest).flatten().copied();
    let rows =
        themes.themes.iter().flat_map(|t| t.representative.iter().copied().chain(t.border.iter().map(|b| b.paper)));
    let border = themes.themes.iter().flat_map(|t| t.border.iter().map(|b| b.other));
    let n_themes = themes.themes.len();
    let checks = [
        ("themes.map has another number of rows than there are papers", themes.map.len() == papers),
        ("the assignment has another number of rows than there are papers", {
            [assigned.theme.len(), assigned.nearest.len(), assigned.strength.len()] == [papers; 3]
        }),
        ("a paper is in a theme that is not there", positions.chain(border).all(|p| p < n_themes)),
        ("a paper may be in a theme that is not there, or is none itself", {
            assigned.memberships.iter().all(|m| m.paper < papers && m.theme < n_themes)
        }),
        ("a theme shows a paper that is not there", { rows }.all(|row| row < papers)),
        ("the tree of themes is not one of these themes", {
            themes.parents.iter().enumerate().all(|(at, m)| m.left < m.right && m.right < n_themes + at)
                && themes.parents.len() == n_themes.saturating_sub(1)
        }),
        ("continuity has another number of entries than there are themes", {
            analysis.continuity.as_ref().is_none_or(|continuity| continuity.origins.len() == n_themes)
        }),
        ("trends has another number of entries than there are themes", {
            analysis.trends.timeline.is_none() || analysis.trends.trends.len() == n_themes
        }),
        ("a trend has another number of shares than there are bins", {
            analysis.trends.timeline.is_none() || analysis.trends.trends.iter().all(|t| t.shares.len() == bins)
        }),
    ];
    match checks.iter().find(|(_, holds)| !holds) {
        Some((what, _)) => Err(ReportError::Inconsistent((*what).to_owned())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod fake;
#[cfg(test)]
mod tests;
