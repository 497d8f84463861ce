//! Turns a list of marks into an SVG text and a PNG picture, the strokes of both through plotters by the same code.
//! Does not decide what is shown or where.

use super::letters;
use super::marks::{At, Ink, Label, Mark, SHEET};
use super::svg::{self, SvgBackend};
use crate::ReportError;
use plotters::coord::Shift;
use plotters::prelude::*;

/// The bitmap is drawn at this many times the size and averaged down, because plotters' own edges are rough.
const OVERSAMPLING: usize = 3;

fn sheet_size() -> (u32, u32) {
    (SHEET.0 as u32, SHEET.1 as u32)
}

/// The picture as SVG; `name` keeps its ids apart from other pictures on a page.
pub fn svg(name: &'static str, title: &str, description: &str, marks: &[Mark]) -> Result<String, ReportError> {
    let mut body = String::new();
    let area = SvgBackend::new(&mut body, sheet_size()).into_drawing_area();
    paint(&area, marks, svg::UNITS).map_err(|reason| ReportError::Chart { chart: name, reason })?;
    drop(area);
    body.extend(labels(marks).map(svg::text));
    Ok(svg::document(name, title, description, sheet_size(), &body))
}

/// The picture as PNG, 1920 x 1080, 8-bit RGB.
pub fn png(name: &'static str, marks: &[Mark]) -> Result<Vec<u8>, ReportError> {
    let (width, height) = sheet_size();
    let scale = OVERSAMPLING as u32;
    let mut fine = vec![255; (width * height * scale * scale * 3) as usize];
    let area = BitMapBackend::with_buffer(&mut fine, (width * scale, height * scale)).into_drawing_area();
    paint(&area, marks, OVERSAMPLING as f64).map_err(|reason| ReportError::Chart { chart: name, reason })?;
    drop(area);
    for label in labels(marks) {
        letters::set(&mut fine, (width * scale) as usize, label, OVERSAMPLING as f64)?;
    }
    encoded(&averaged(&fine, width as usize, height as usize), width, height)
}

/// Each byte of the result is the mean of a square of `OVERSAMPLING` x `OVERSAMPLING` bytes of its channel.
/// Plain indices: this runs over 18 million pixels a picture, in unoptimised test builds too.
fn averaged(fine: &[u8], width: usize, height: usize) -> Vec<u8> {
    const SQUARE: u32 = (OVERSAMPLING * OVERSAMPLING) as u32;
    let stride = width * OVERSAMPLING * 3;
    let mut out = Vec::with_capacity(width * height * 3);
    for i in 0..width * height * 3 {
        let (y, x, channel) = (i / (width * 3), i % (width * 3) / 3, i % 3);
        let corner = y * OVERSAMPLING * stride + x * OVERSAMPLING * 3 + channel;
        let mut sum = SQUARE / 2;
        let (mut row, mut column) = (0, 0);
        while row < OVERSAMPLING {
            sum += u32::from(fine[corner + row * stride + column * 3]);
            column += 1;
            if column == OVERSAMPLING {
                (row, column) = (row + 1, 0);
            }
        }
        out.push((sum / SQUARE) as u8);
    }
    out
}

fn encoded(rgb: &[u8], width: u32, height: u32) -> Result<Vec<u8>, ReportError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgb)?;
    writer.finish()?;
    Ok(bytes)
}

fn labels(marks: &[Mark]) -> impl Iterator<Item = &Label> {
    marks.iter().filter_map(|mark| if let Mark::Text(label) = mark { Some(label) } else { None })
}

/// Draws every mark but text with its pixels multiplied by `scale`.
fn paint<DB: DrawingBackend>(area: &DrawingArea<DB, Shift>, marks: &[Mark], scale: f64) -> Result<(), String> {
    for mark in marks {
        draw(area, mark, scale).map_err(|error| error.to_string())?;
    }
    area.present().map_err(|error| error.to_string())
}

type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

fn draw<DB: DrawingBackend>(area: &DrawingArea<DB, Shift>, mark: &Mark, scale: f64) -> Drawn<DB> {
    let fine = |at: &At| ((at.0 * scale).round() as i32, (at.1 * scale).round() as i32);
    match mark {
        Mark::Line { points, width, ink } => {
            let mut path: Vec<_> = points.iter().map(fine).collect();
            path.dedup();
            let style = ShapeStyle { stroke_width: (width * scale).round() as u32, ..filled(*ink) };
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
            area.draw(&Circle::new(fine(centre), (radius * scale).round() as u32, filled(*ink)))
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
