//! Turns a list of marks into an SVG text and a PNG picture, the strokes of both through plotters by the same code.
//! Does not decide what is shown or where.

use super::Drawing;
use super::bitmap::{Bitmap, BitmapBackend};
use super::letters;
use super::marks::{Area, At, Ink, Label, Mark, Tone};
use super::palette::Ground;
use super::svg::{self, SvgBackend};
use crate::ReportError;
use plotters::coord::Shift;
use plotters::prelude::{
    Circle, DrawingArea, DrawingAreaErrorKind, DrawingBackend, IntoDrawingArea, PathElement, Polygon, RGBAColor,
    Rectangle, ShapeStyle,
};
use plotters::style::Color;

/// The picture as SVG, shown `scale` pixels for each of the sheet; its name keeps its ids apart from other pictures on a page.
pub fn svg(drawing: &Drawing, ground: Ground, scale: f64) -> Result<String, ReportError> {
    let mut body = String::new();
    let size = (drawing.size.0 as u32, drawing.size.1 as u32);
    let area = SvgBackend::new(&mut body, size).into_drawing_area();
    let failed = |reason| ReportError::Chart { chart: drawing.name, reason };
    if ground.is_painted() {
        paint(&area, &[sheet_itself(drawing)], ground).map_err(failed)?;
    }
    paint(&area, &drawing.marks, ground).map_err(failed)?;
    drop(area);
    body.extend(labels(&drawing.marks).map(|label| svg::text(label, ground)));
    Ok(svg::document(drawing, scale, &body))
}

fn sheet_itself(drawing: &Drawing) -> Mark {
    let area = Area { left: 0.0, top: 0.0, right: drawing.size.0, bottom: drawing.size.1 };
    Mark::Block { area, ink: Ink::GROUND }
}

/// The picture as PNG, 8-bit RGB (RGBA on a transparent ground), `scale` pixels for each of the sheet.
pub fn png(drawing: &Drawing, ground: Ground, scale: f64) -> Result<Vec<u8>, ReportError> {
    if ground.is_painted() {
        return pixels(drawing, ground, scale, ground.rgb(Tone::Ground))?.encoded();
    }
    // What differs on white and on black is what shows through.
    let (white, black) =
        rayon::join(|| pixels(drawing, ground, scale, [255; 3]), || pixels(drawing, ground, scale, [0; 3]));
    white?.encoded_above(&black?)
}

fn pixels(drawing: &Drawing, ground: Ground, scale: f64, under: [u8; 3]) -> Result<Bitmap, ReportError> {
    let pixels = |of: f64| (of * scale).round() as usize;
    let mut bitmap = Bitmap::new(pixels(drawing.size.0), pixels(drawing.size.1), under);
    let area = BitmapBackend::new(&mut bitmap, scale).into_drawing_area();
    paint(&area, &drawing.marks, ground).map_err(|reason| ReportError::Chart { chart: drawing.name, reason })?;
    drop(area);
    for label in labels(&drawing.marks) {
        letters::set(&mut bitmap, label, scale, ground)?;
    }
    Ok(bitmap)
}

pub fn labels(marks: &[Mark]) -> impl Iterator<Item = &Label> {
    marks.iter().filter_map(|mark| if let Mark::Text(label) = mark { Some(label) } else { None })
}

/// Draws every mark but text, in backend units.
fn paint<DB: DrawingBackend>(area: &DrawingArea<DB, Shift>, marks: &[Mark], ground: Ground) -> Result<(), String> {
    for mark in marks {
        draw(area, mark, ground).map_err(|error| error.to_string())?;
    }
    area.present().map_err(|error| error.to_string())
}

type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

fn draw<DB: DrawingBackend>(area: &DrawingArea<DB, Shift>, mark: &Mark, ground: Ground) -> Drawn<DB> {
    let fine = |at: &At| ((at.0 * svg::UNITS).round() as i32, (at.1 * svg::UNITS).round() as i32);
    match mark {
        Mark::Line { points, width, ink } => {
            let mut path: Vec<_> = points.iter().map(fine).collect();
            path.dedup();
            let style = ShapeStyle { stroke_width: (width * svg::UNITS).round() as u32, ..filled(*ink, ground) };
            area.draw(&PathElement::new(path, style))
        }
        Mark::Shape { points, ink } => {
            area.draw(&Polygon::new(points.iter().map(fine).collect::<Vec<_>>(), filled(*ink, ground)))
        }
        Mark::Block { area: block, ink } => {
            let corners = [fine(&(block.left, block.top)), fine(&(block.right, block.bottom))];
            area.draw(&Rectangle::new(corners, filled(*ink, ground)))
        }
        Mark::Disc { centre, radius, ink } => {
            area.draw(&Circle::new(fine(centre), (radius * svg::UNITS).round() as u32, filled(*ink, ground)))
        }
        Mark::Text(_) | Mark::Subject(_) => Ok(()),
    }
}

fn filled(ink: Ink, ground: Ground) -> ShapeStyle {
    let [r, g, b] = ground.rgb(ink.tone);
    RGBAColor(r, g, b, ink.opacity).filled()
}
