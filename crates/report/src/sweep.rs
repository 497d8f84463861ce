//! Turns a finished sweep into the files of its folder, as bytes: tables, charts, `sweep.json`, a page and Markdown.
//! Does not judge: what is recommended and which themes come back is handed in.

mod json;
mod page;
mod tables;
#[cfg(test)]
mod tests;
mod words;

use crate::charts::{self, Drawing, Ground, Inline, sweep_quality, sweep_settings};
use crate::{ReportError, TableFormat, table_bytes};
use model::{Bundle, Spread, Sweep, SweepSetting};
use rayon::prelude::*;
pub(crate) use tables::settings as settings_table;
pub(crate) use words::label;
pub use words::{elsewhere_is, headline};

/// A measure of a setting over its seeds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure {
    /// Column in tables.
    pub name: &'static str,
    pub title: &'static str,
    pub of: fn(&SweepSetting) -> Option<Spread>,
}

/// All measures, in the order of the rule that recommends.
pub(crate) const MEASURES: [Measure; 7] = [
    Measure { name: "agreement", title: "Agreement of seeds", of: |s| s.agreement },
    Measure { name: "silhouette", title: "Silhouette", of: |s| s.silhouette },
    Measure { name: "npmi", title: "Coherence (NPMI)", of: |s| s.npmi },
    Measure { name: "c_v", title: "Coherence (c_v)", of: |s| s.c_v },
    Measure { name: "diversity", title: "Diversity", of: |s| s.diversity },
    Measure { name: "left_out", title: "Share left out", of: |s| Some(s.left_out) },
    Measure { name: "themes", title: "Themes", of: |s| Some(s.themes) },
];

/// The files of a sweep's folder, but for its runs.
///
/// # Errors
/// Where a library cannot write its format.
pub fn sweep(sweep: &Sweep) -> Result<Bundle, ReportError> {
    let drawings: Vec<Drawing> =
        [sweep_quality::draw(sweep)?, sweep_settings::draw(sweep)?].into_iter().flatten().collect();
    let pictures: Vec<(String, Vec<u8>)> = drawings
        .par_iter()
        .map(|drawing| Ok((charts::svg(drawing, Ground::Light, 1.0)?, charts::png(drawing, Ground::Light, 1.0)?)))
        .collect::<Result<_, ReportError>>()?;
    let mut bundle = Bundle::default();
    for (drawing, (svg, png)) in drawings.iter().zip(&pictures) {
        let numbers = table_bytes(&drawing.numbers, TableFormat::Csv)?;
        bundle.files.insert(format!("charts/{}.svg", drawing.name), svg.clone().into_bytes());
        bundle.files.insert(format!("charts/{}.png", drawing.name), png.clone());
        bundle.files.insert(format!("charts/{}.csv", drawing.name), numbers);
    }
    for (name, frame) in tables::all(sweep)? {
        bundle.files.insert(format!("tables/{name}.csv"), table_bytes(&frame, TableFormat::Csv)?);
        bundle.files.insert(format!("tables/{name}.parquet"), table_bytes(&frame, TableFormat::Parquet)?);
    }
    bundle.files.insert("sweep.json".to_owned(), json::bytes(sweep)?);
    let inlines: Vec<Inline> = drawings.iter().map(charts::inline).collect();
    bundle.files.insert("sweep.html".to_owned(), page::html(sweep, &inlines).into_bytes());
    let named: Vec<(&str, &str)> = drawings.iter().map(|drawing| (drawing.name, drawing.title.as_str())).collect();
    bundle.files.insert("sweep.md".to_owned(), page::markdown(sweep, &named).into_bytes());
    Ok(bundle)
}
