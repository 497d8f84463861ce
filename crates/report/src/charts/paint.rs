//! Turns a list of marks into an SVG text and a PNG picture, the strokes of both through plotters by the same code.
//! Does not decide what is shown or where.

use super::bitmap::{Bitmap, BitmapBackend};
use super::letters;
use super::marks::{At, Ink, Label, Mark, SHEET};
use super::svg::{self, SvgBackend};
use crate::ReportError;
use plotters::coord::Shift;
use plotters::prelude::{
    Circle, DrawingArea, DrawingAreaErrorKind, DrawingBackend, IntoDrawingArea, PathElement, Polygon, RGBAColor,
    Rectangle, ShapeStyle,
};
use plotters::style::Color;

fn sheet_size() -> (u32, u32) {
    (SHEET.0 as u32, SHEET.1 as u32)
}

/// The picture as SVG; `name` keeps its ids apart from other pictures on a page.
pub fn svg(name: &'static str, title: &str, description: &str, marks: &[Mark]) -> Result<String, ReportError> {
    let mut body = String::new();
    let area = SvgBackend::new(&mut body, sheet_size()).into_drawing_area();
    paint(&area, marks).map_err(|reason| ReportError::Chart { chart: name, reason })?;
    drop(area);
    body.extend(labels(marks).map(svg::text));
    Ok(svg::document(name, title, description, sheet_size(), &body))
}

/// The picture as PNG, 8-bit RGB, `scale` pixels for each of the sheet.
pub fn png(name: &'static str, marks: &[Mark], scale: f64) -> Result<Vec<u8>, ReportError> {
    let pixels = |of: f64| (of * scale).round() as usize;
    let mut bitmap = Bitmap::new(pixels(SHEET.0), pixels(SHEET.1));
    let area = BitmapBackend::new(&mut bitmap, scale).into_drawing_area();
    paint(&area, marks).map_err(|reason| ReportError::Chart { chart: name, reason })?;
    drop(area);
    for label in labels(marks) {
        letters::set(&mut bitmap, label, scale)?;
    }
    bitmap.encoded()
}

fn labels(marks: &[Mark]) -> impl Iterator<Item = &Label> {
    marks.iter().filter_map(|mark| if let Mark::Text(label) = mark { Some(label) } else { None })
}

/// Draws every mark but text, in backend units.
fn paint<DB: DrawingBackend>(area: &DrawingArea<DB, Shift>, marks: &[Mark]) -> Result<(), String> {
    for mark in marks {
        draw(area, mark).map_err(|error| error.to_string())?;
    }
    area.present().map_err(|error| error.to_string())
}

type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

fn draw<DB: DrawingBackend>(area: &DrawingArea<DB, Shift>, mark: &Mark) -> Drawn<DB> {
    let fine = |at: &At| ((at.0 * svg::UNITS).round() as i32, (at.1 * svg::UNITS).round() as i32);
    match mark {
        Mark::Line { points, width, ink } => {
            let mut path: Vec<_> = points.iter().map(fine).collect();
            path.dedup();
            let style = ShapeStyle { stroke_width: (width * svg::UNITS).round() as u32, ..filled(*ink) };
            area.draw(&PathElement::new(path, style))
        }
        Mark::Shape { points, ink } => {
            area.draw(&Polygon::new(points.iter().map(fine).collect::<Vec<_>>(), filled(*ink)))
        }
        Mark::Block { area: block, ink } => {
            let corners = [fine(&(block.left, block.top)), fine(&(block.right, block.bottom))];
            area.draw(&Rectangle::new(corners, filled(*ink)))
        }
        Mark::Disc { centre, radius, ink } => {
            area.draw(&Circle::new(fine(centre), (radius * svg::UNITS).round() as u32, filled(*ink)))
        }
        Mark::Text(_) => Ok(()),
    }
}

fn colour(ink: Ink) -> RGBAColor {
    let [r, g, b] = ink.rgb;
    RGBAColor(r, g, b, ink.opacity)
}

fn filled(ink: Ink) -> ShapeStyle {
    colour(ink).filled()
}
