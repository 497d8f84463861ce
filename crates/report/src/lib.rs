//! Turns an analysis into the files of a run folder, as bytes: report, charts, tables and `run.json`.
//!
//! Nothing here touches the disk, asks for the time or computes a number that the analysis does not hold;
//! rounding for display and counting is all. Text from outside is escaped for the place where it lands.

mod charts;
mod citation;
mod clean;
mod error;
mod format;
mod headline;
mod html;
mod markdown;
mod method;
mod quality;
mod run_json;
mod story;
mod table_bytes;
mod tables;
mod windows;

pub use error::ReportError;
pub use story::{MovedTheme, Part, Story, story};
pub use table_bytes::{TableFormat, table_bytes};

use charts::Chart;
use model::{Analysis, Bundle};

/// All files of a run folder. Charts without data (no dated paper, no theme) are left out.
///
/// # Errors
/// Where the analysis does not fit together, or a library cannot write its format.
pub fn render(analysis: &Analysis) -> Result<Bundle, ReportError> {
    check(analysis)?;
    let charts = charts::all(analysis)?;
    let mut bundle = Bundle::default();
    let mut add = |path: String, bytes: Vec<u8>| bundle.files.insert(path, bytes);
    add("report.html".to_owned(), html::page(analysis, &charts).into_bytes());
    add("report.md".to_owned(), markdown::page(analysis, &charts).into_bytes());
    add("run.json".to_owned(), run_json::bytes(analysis)?);
    for (name, frame) in tables::all(analysis)? {
        add(format!("tables/{name}.csv"), table_bytes(&frame, TableFormat::Csv)?);
        add(format!("tables/{name}.parquet"), table_bytes(&frame, TableFormat::Parquet)?);
    }
    for Chart { name, svg, png, numbers, .. } in charts {
        add(format!("charts/{name}.svg"), svg.into_bytes());
        add(format!("charts/{name}.png"), png);
        add(format!("charts/{name}.csv"), table_bytes(&numbers, TableFormat::Csv)?);
    }
    Ok(bundle)
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
        ("a theme shows a paper that is not there", { rows }.all(|row| row < papers)),
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
