//! Turns an analysis into charts, each as SVG, PNG and the table of its numbers.
//! Does not name files or put charts on a page. Nothing outside this folder names plotters.

mod alluvial;
mod bitmap;
mod bursts;
mod count;
mod coverage;
mod dendrogram;
mod drift;
mod heatmap;
mod inline;
mod labels;
pub mod lettering;
mod letters;
mod map;
mod marks;
mod movers;
mod names;
mod paint;
mod palette;
mod pdf;
mod ranks;
mod scale;
mod share;
mod sheet;
mod stacked;
mod subject;
mod svg;
pub mod sweep_quality;
pub mod sweep_settings;
mod view;

use crate::ReportError;
pub use alluvial::draw as alluvial;
pub use inline::{Inline, Swatches, class, inline, swatch};
use marks::Mark;
pub use marks::Tone;
use model::Analysis;
pub use palette::Ground;
use polars::prelude::DataFrame;
use rayon::prelude::*;
pub use subject::share_said;
pub use view::View;

/// A chart before it has a format.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// File name without ending.
    pub name: &'static str,
    /// The headline: what the chart shows, as a sentence.
    pub title: String,
    /// How to read it.
    pub description: String,
    /// Width and height of the sheet in pixels.
    pub size: (f64, f64),
    pub marks: Vec<Mark>,
    pub numbers: DataFrame,
}

/// A finished chart.
#[derive(Debug, Clone)]
pub struct Chart {
    pub name: &'static str,
    pub title: String,
    pub svg: String,
    /// For the page of the report.
    pub inline: Inline,
    pub png: Vec<u8>,
    pub numbers: DataFrame,
}

type Draw = fn(&View<'_>) -> Result<Option<Drawing>, ReportError>;

/// By name, in the order of the report.
const CHARTS: [(&str, Draw); 10] = [
    ("movers", movers::draw),
    ("share", share::draw),
    ("stacked", stacked::draw),
    ("ranks", ranks::draw),
    ("heatmap", heatmap::draw),
    ("bursts", bursts::draw),
    ("drift", drift::draw),
    ("map", map::draw),
    ("dendrogram", dendrogram::draw),
    ("theme_count", count::draw),
];

/// The names of all charts, in the order of the report.
pub fn names() -> impl Iterator<Item = &'static str> {
    CHARTS.iter().map(|(name, _)| *name)
}

/// The charts of these names, or all, as far as the view has something to show in them; a chart without data is left out,
/// not drawn empty.
pub fn drawings(view: &View<'_>, only: Option<&[&str]>) -> Result<Vec<Drawing>, ReportError> {
    let wanted = CHARTS.par_iter().filter(|(name, _)| only.is_none_or(|only| only.contains(name)));
    let drawn: Vec<Option<Drawing>> = wanted.map(|(_, draw)| draw(view)).collect::<Result<_, _>>()?;
    Ok(drawn.into_iter().flatten().collect())
}

pub fn all(analysis: &Analysis) -> Result<Vec<Chart>, ReportError> {
    drawings(&View::whole(analysis), None)?.into_par_iter().map(finished).collect()
}

/// The picture as SVG, `scale` pixels for each of its sheet.
pub fn svg(drawing: &Drawing, ground: Ground, scale: f64) -> Result<String, ReportError> {
    paint::svg(drawing, ground, scale)
}

/// The picture as PNG, `scale` pixels for each of its sheet.
pub fn png(drawing: &Drawing, ground: Ground, scale: f64) -> Result<Vec<u8>, ReportError> {
    paint::png(drawing, ground, scale)
}

/// The picture as one page of PDF, `scale` points for each pixel of its sheet.
pub fn pdf(drawing: &Drawing, ground: Ground, scale: f64) -> Result<Vec<u8>, ReportError> {
    pdf::page(drawing, ground, scale)
}

fn finished(drawing: Drawing) -> Result<Chart, ReportError> {
    let (svg, png) = (svg(&drawing, Ground::Light, 1.0)?, png(&drawing, Ground::Light, 1.0)?);
    let inline = inline(&drawing);
    let Drawing { name, title, numbers, .. } = drawing;
    Ok(Chart { name, title, svg, inline, png, numbers })
}

#[cfg(test)]
pub mod tests;
