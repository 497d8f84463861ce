//! Turns an analysis into slides: title, what moved, a slide a chart, a slide a top mover, method and caveats, as a `.pptx` file.
//! Does not draw charts or word findings. No maintained crate writes vector pictures with a fallback, notes and alternative
//! texts, so the parts are written here; the same analysis gives the same bytes.

mod content;
mod package;
mod parts;

use crate::ReportError;
use model::Analysis;

/// One slide before it is markup.
#[derive(Debug, Clone)]
pub struct Slide {
    /// One sentence without a full stop: the finding.
    pub title: String,
    pub body: Body,
    /// Paragraphs of the speaker notes: the numbers.
    pub notes: Vec<String>,
}

#[derive(Debug, Clone)]
pub enum Body {
    /// Lines below a large title.
    Opening(Vec<String>),
    Points(Vec<String>),
    Picture(Picture),
    /// A picture at the left, points at its right.
    Both(Picture, Vec<String>),
}

/// A chart with what is said of it to who cannot see it.
#[derive(Debug, Clone)]
pub struct Picture {
    pub name: String,
    pub alternative: String,
    pub svg: String,
    pub png: Vec<u8>,
    /// Width and height in any unit.
    pub size: (f64, f64),
}

/// The slides as a file that presentation programs open, 16 : 9.
///
/// # Errors
/// Where a chart cannot be drawn or the package not be written.
pub fn deck(analysis: &Analysis) -> Result<Vec<u8>, ReportError> {
    package::package(&content::slides(analysis)?, analysis)
}

#[cfg(test)]
mod tests;
