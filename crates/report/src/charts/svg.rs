//! Turns the strokes that plotters sends, and labels, into the text of an SVG file with title and description.
//! Does not know charts. It stands in for plotters' own SVG backend because that one writes whole pixels only, names
//! no text width (so labels overlap where the viewer has another font) and says nothing to a screen reader.

use super::Drawing;
use super::lettering::{FAMILY, Weight, width};
use super::marks::{Align, Label, Tone};
use super::palette::Ground;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};
use std::convert::Infallible;
use std::fmt::Write as _;

/// Backend units in a pixel of the picture: one decimal of precision.
pub const UNITS: f64 = 10.0;

/// Collects elements in `body`, one a line; coordinates arrive in tenths of a pixel.
#[derive(Debug)]
pub struct SvgBackend<'a> {
    body: &'a mut String,
    size: (u32, u32),
}

impl<'a> SvgBackend<'a> {
    /// `size` in pixels of the picture.
    pub fn new(body: &'a mut String, size: (u32, u32)) -> Self {
        Self { body, size: (size.0 * UNITS as u32, size.1 * UNITS as u32) }
    }

    fn element(&mut self, start: std::fmt::Arguments<'_>, role: &str, colour: BackendColor) {
        let (r, g, b) = colour.rgb;
        // Writing to a string cannot fail.
        let _ = write!(self.body, "<{start} {role}=\"#{r:02x}{g:02x}{b:02x}\"");
        if colour.alpha < 1.0 {
            let _ = write!(self.body, " {role}-opacity=\"{}\"", rounded(colour.alpha, 100.0));
        }
    }

    fn close(&mut self, rest: &str) {
        self.body.push_str(rest);
        self.body.push_str("/>\n");
    }
}

/// The whole file around the elements, shown `scale` pixels for each of the sheet.
pub fn document(drawing: &Drawing, scale: f64, body: &str) -> String {
    let Drawing { name, title, description, size: (width, height), .. } = drawing;
    let (shown_width, shown_height) = ((width * scale).round(), (height * scale).round());
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{shown_width}\" height=\"{shown_height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{name}-title {name}-desc\" \
         font-family=\"{FAMILY}\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n\
         <title id=\"{name}-title\">{}</title>\n<desc id=\"{name}-desc\">{}</desc>\n{body}</svg>\n",
        escaped(title),
        escaped(description)
    )
}

/// A line of text, squeezed or stretched to the width it was measured at where the viewer lacks the font.
pub fn text(label: &Label, ground: Ground) -> String {
    let anchor = match label.align {
        Align::Left => "",
        Align::Centre => " text-anchor=\"middle\"",
        Align::Right => " text-anchor=\"end\"",
    };
    let weight = match label.weight {
        Weight::Regular => "",
        Weight::Bold => " font-weight=\"bold\"",
    };
    let [r, g, b] = ground.rgb(Tone::Ground);
    let rim = format!(" stroke=\"#{r:02x}{g:02x}{b:02x}\" stroke-width=\"6\" paint-order=\"stroke\"");
    let rim = if label.rim { rim.as_str() } else { "" };
    let [r, g, b] = ground.rgb(label.ink.tone);
    format!(
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{anchor}{rim} fill=\"#{r:02x}{g:02x}{b:02x}\" \
         textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\">{}</text>\n",
        rounded(label.at.0, UNITS),
        rounded(label.at.1, UNITS),
        rounded(label.size, UNITS),
        rounded(width(&label.text, label.size, label.weight), UNITS),
        escaped(&label.text)
    )
}

/// Text for the inside of an element or a quoted attribute.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

fn pixels(units: i32) -> String {
    rounded(f64::from(units) / UNITS, UNITS)
}

/// At most as many decimals as `parts` of one say, without trailing zeros.
pub fn rounded(value: f64, parts: f64) -> String {
    ((value * parts).round() / parts).to_string()
}

fn points(path: impl IntoIterator<Item = BackendCoord>) -> String {
    path.into_iter().map(|(x, y)| format!("{},{}", pixels(x), pixels(y))).collect::<Vec<_>>().join(" ")
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for SvgBackend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        let (x, y) = (pixels(point.0), pixels(point.1));
        self.element(format_args!("rect x=\"{x}\" y=\"{y}\" width=\"0.1\" height=\"0.1\""), "fill", color);
        self.close("");
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let width = rounded(f64::from(style.stroke_width()) / UNITS, UNITS);
        let points = points(path);
        self.element(
            format_args!("polyline points=\"{points}\" fill=\"none\" stroke-width=\"{width}\""),
            "stroke",
            style.color(),
        );
        self.close("");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let points = points(path);
        self.element(format_args!("polygon points=\"{points}\""), "fill", style.color());
        self.close("");
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        let (x, y) = (pixels(upper_left.0), pixels(upper_left.1));
        let (width, height) = (pixels(bottom_right.0 - upper_left.0), pixels(bottom_right.1 - upper_left.1));
        self.element(
            format_args!("rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\""),
            "fill",
            style.color(),
        );
        self.close("");
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, _fill: bool) -> Drawn {
        let (x, y, r) = (pixels(center.0), pixels(center.1), rounded(f64::from(radius) / UNITS, UNITS));
        self.element(format_args!("circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\""), "fill", style.color());
        self.close("");
        Ok(())
    }
}
