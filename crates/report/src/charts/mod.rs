//! Turns an analysis into charts, each as SVG, PNG and the table of its numbers.
//! Does not name files or put charts on a page. Nothing outside this folder names plotters.

mod heatmap;
mod labels;
mod lettering;
mod map;
mod marks;
mod movers;
mod paint;
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
const CHARTS: [Draw; 5] = [movers::draw, share::draw, heatmap::draw, stacked::draw, map::draw];

/// The charts that this analysis has something to show in; a chart without data is left out, not drawn empty.
pub fn drawings(analysis: &Analysis) -> Result<Vec<Drawing>, ReportError> {
    lettering::register()?;
    let drawn: Vec<Option<Drawing>> = CHARTS.par_iter().map(|draw| draw(analysis)).collect::<Result<_, _>>()?;
    Ok(drawn.into_iter().flatten().collect())
}

pub fn all(analysis: &Analysis) -> Result<Vec<Chart>, ReportError> {
    drawings(analysis)?.into_par_iter().map(finished).collect()
}

fn finished(drawing: Drawing) -> Result<Chart, ReportError> {
    let Drawing { name, title, description, marks, numbers } = drawing;
    Ok(Chart {
        name,
        svg: paint::svg(name, &title, &description, &marks)?,
        png: paint::png(name, &marks)?,
        title,
        numbers,
    })
}

#[cfg(test)]
mod tests;
