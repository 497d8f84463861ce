//! Turns two analyses and how they differ into the files of a comparison, as bytes: a page, JSON, and a chart of where papers went.
//! Does not compare: what differs is handed in.

mod json;
mod page;
mod words;

use crate::charts::{self, Ground};
use crate::{ReportError, TableFormat, table_bytes};
use model::{Analysis, Bundle, Comparison};
pub use words::{Line, comparison_words, headline};

/// Two runs with how they differ.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    pub first: &'a Analysis,
    pub second: &'a Analysis,
    pub comparison: &'a Comparison,
}

/// The files of a comparison. Without any theme there is no chart.
///
/// # Errors
/// Where a library cannot write its format.
pub fn comparison(compared: &Compared<'_>) -> Result<Bundle, ReportError> {
    let mut bundle = Bundle::default();
    let drawing = charts::alluvial(compared)?;
    let svg = drawing.as_ref().map(|drawing| charts::svg(drawing, Ground::Light, 1.0)).transpose()?;
    if let (Some(drawing), Some(svg)) = (&drawing, &svg) {
        bundle.files.insert("alluvial.svg".to_owned(), svg.clone().into_bytes());
        bundle.files.insert("alluvial.png".to_owned(), charts::png(drawing, Ground::Light, 1.0)?);
        bundle.files.insert("alluvial.csv".to_owned(), table_bytes(&drawing.numbers, TableFormat::Csv)?);
    }
    bundle.files.insert(
        "comparison.html".to_owned(),
        page::page(compared, drawing.as_ref().map(charts::inline).as_ref()).into_bytes(),
    );
    bundle.files.insert("comparison.json".to_owned(), json::bytes(compared)?);
    Ok(bundle)
}

#[cfg(test)]
mod tests;
