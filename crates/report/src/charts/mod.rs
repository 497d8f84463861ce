//! Turns an analysis into charts, each as SVG, PNG and the table of its numbers.
//! Does not name files or put charts on a page. Nothing outside this folder names plotters.

mod bitmap;
mod bursts;
mod count;
mod coverage;
mod dendrogram;
mod drift;
mod heatmap;
mod labels;
mod lettering;
mod letters;
mod map;
mod marks;
mod movers;
mod names;
mod paint;
mod ranks;
mod scale;
mod share;
mod sheet;
mod stacked;
mod svg;

use crate::ReportError;
use marks::Mark;
use model::Analysis;
use polars::prelude::DataFrame;
use rayon::prelude::*;

/// A chart before it has a format.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// File name without ending.
    pub name: &'static str,
    /// The headline: what the chart shows, as a sentence.
    pub title: String,
    /// How to read it.
    pub description: String,
    pub marks: Vec<Mark>,
    pub numbers: DataFrame,
}

/// A finished chart.
#[derive(Debug, Clone)]
pub struct Chart {
    pub name: &'static str,
    pub title: String,
    pub svg: String,
    pub png: Vec<u8>,
    pub numbers: DataFrame,
}

type Draw = fn(&Analysis) -> Result<Option<Drawing>, ReportError>;

/// In the order of the report.
const CHARTS: [Draw; 10] = [
    movers::draw,
    share::draw,
    stacked::draw,
    ranks::draw,
    heatmap::draw,
    bursts::draw,
    drift::draw,
    map::draw,
    dendrogram::draw,
    count::draw,
];

/// The charts that this analysis has something to show in; a chart without data is left out, not drawn empty.
pub fn drawings(analysis: &Analysis) -> Result<Vec<Drawing>, ReportError> {
    let drawn: Vec<Option<Drawing>> = CHARTS.par_iter().map(|draw| draw(analysis)).collect::<Result<_, _>>()?;
    Ok(drawn.into_iter().flatten().collect())
}

pub fn all(analysis: &Analysis) -> Result<Vec<Chart>, ReportError> {
    drawings(analysis)?.into_par_iter().map(finished).collect()
}

pub fn svg_of(drawing: &Drawing) -> Result<String, ReportError> {
    paint::svg(drawing.name, &drawing.title, &drawing.description, &drawing.marks)
}

fn finished(drawing: Drawing) -> Result<Chart, ReportError> {
    let (svg, png) = (svg_of(&drawing)?, paint::png(drawing.name, &drawing.marks, 1.0)?);
    Ok(Chart { name: drawing.name, title: drawing.title, svg, png, numbers: drawing.numbers })
}

#[cfg(test)]
pub mod tests;
