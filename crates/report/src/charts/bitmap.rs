//! Turns the strokes that plotters sends, and letters, into the pixels of a PNG file with smooth edges.
//! Does not know charts. It stands in for plotters' own bitmap backend because that one draws rough edges, so that pictures
//! had to be drawn nine times as large and averaged.

use super::coverage::{self, Mask, Point};
use super::svg::UNITS;
use crate::ReportError;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};
use std::convert::Infallible;

/// 8-bit RGB, `width` pixels a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    pub width: usize,
    pub height: usize,
    pub rgb: Vec<u8>,
}

impl Bitmap {
    /// All pixels have the colour of the ground at first.
    pub fn new(width: usize, height: usize, ground: [u8; 3]) -> Self {
        Self { width, height, rgb: ground.repeat(width * height) }
    }

    /// Lays colour over one pixel; nothing happens outside the picture.
    pub fn blend(&mut self, (x, y): (usize, usize), colour: [u8; 3], opacity: f32) {
        if x < self.width && y < self.height {
            let start = (y * self.width + x) * 3;
            mix(&mut self.rgb[start..start + 3], colour, opacity);
        }
    }

    fn cover(&mut self, mask: &Mask, colour: BackendColor) {
        let (red, green, blue) = colour.rgb;
        for (y, row) in mask.rows() {
            let start = (y * self.width + mask.left) * 3;
            let pixels = self.rgb[start..start + row.len() * 3].chunks_exact_mut(3);
            for (pixel, &coverage) in pixels.zip(row) {
                if coverage > 0.0 {
                    mix(pixel, [red, green, blue], coverage.min(1.0) * colour.alpha as f32);
                }
            }
        }
    }

    /// The picture as a PNG file.
    pub fn encoded(&self) -> Result<Vec<u8>, ReportError> {
        self.png(png::ColorType::Rgb, &self.rgb)
    }

    /// The picture without its ground as a PNG file: `self` was drawn on white, `on_black` is the same drawn on black.
    pub fn encoded_above(&self, on_black: &Self) -> Result<Vec<u8>, ReportError> {
        let pairs = self.rgb.chunks_exact(3).zip(on_black.rgb.chunks_exact(3));
        let rgba: Vec<u8> = pairs.flat_map(|(white, black)| without_ground(white, black)).collect();
        self.png(png::ColorType::Rgba, &rgba)
    }

    /// Flat areas and few colours: a fast deflate level costs little size.
    fn png(&self, kind: png::ColorType, pixels: &[u8]) -> Result<Vec<u8>, ReportError> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width as u32, self.height as u32);
        encoder.set_color(kind);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(pixels)?;
        writer.finish()?;
        Ok(bytes)
    }
}

/// The colour and opacity that give `white` upon white and `black` upon black.
fn without_ground(white: &[u8], black: &[u8]) -> [u8; 4] {
    let through = white.iter().zip(black).map(|(w, b)| w.saturating_sub(*b)).max().unwrap_or(0);
    let opacity = 255 - through;
    let colour = |of: u8| if opacity == 0 { 0 } else { (u32::from(of) * 255 / u32::from(opacity)).min(255) as u8 };
    [colour(black[0]), colour(black[1]), colour(black[2]), opacity]
}

fn mix(pixel: &mut [u8], colour: [u8; 3], opacity: f32) {
    for (under, over) in pixel.iter_mut().zip(colour) {
        let (below, above) = (f32::from(*under), f32::from(over));
        *under = (below + (above - below) * opacity + 0.5) as u8;
    }
}

/// Draws upon a bitmap; coordinates arrive in the same units as those of an SVG.
#[derive(Debug)]
pub struct BitmapBackend<'a> {
    bitmap: &'a mut Bitmap,
    /// Pixels of the bitmap in a unit.
    scale: f64,
}

impl<'a> BitmapBackend<'a> {
    /// `scale`: pixels of the bitmap in a pixel of the sheet.
    pub fn new(bitmap: &'a mut Bitmap, scale: f64) -> Self {
        Self { bitmap, scale: scale / UNITS }
    }

    fn pixels(&self, (x, y): BackendCoord) -> Point {
        (f64::from(x) * self.scale, f64::from(y) * self.scale)
    }

    fn size(&self) -> (usize, usize) {
        (self.bitmap.width, self.bitmap.height)
    }

    fn path(&self, path: impl IntoIterator<Item = BackendCoord>) -> Vec<Point> {
        path.into_iter().map(|at| self.pixels(at)).collect()
    }

    /// Edges on whole pixels: they stay sharp, and neighbours meet without a seam.
    fn block(&mut self, (left, top): Point, (right, bottom): Point, colour: BackendColor) {
        let whole = |edge: f64, most: usize| (edge.round().max(0.0) as usize).min(most);
        let (width, height) = self.size();
        let (left, right) = (whole(left, width), whole(right, width));
        let (red, green, blue) = colour.rgb;
        for y in whole(top, height)..whole(bottom, height) {
            let row = y * width * 3;
            let span = row + left * 3..row + right.max(left) * 3;
            for pixel in self.bitmap.rgb[span].chunks_exact_mut(3) {
                if colour.alpha < 1.0 {
                    mix(pixel, [red, green, blue], colour.alpha as f32);
                } else {
                    pixel.copy_from_slice(&[red, green, blue]);
                }
            }
        }
    }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for BitmapBackend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let units = |pixels: usize| (pixels as f64 / self.scale).round() as u32;
        (units(self.bitmap.width), units(self.bitmap.height))
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        let at = self.pixels(point);
        self.block(at, (at.0 + 1.0, at.1 + 1.0), color);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let points = self.path(path);
        let width = f64::from(style.stroke_width()) * self.scale;
        // A single upright or level line is as sharp as a block.
        match points.as_slice() {
            [a, b] if (a.0 - b.0).abs() < 1e-9 || (a.1 - b.1).abs() < 1e-9 => {
                let (low, high) = ((a.0.min(b.0), a.1.min(b.1)), (a.0.max(b.0), a.1.max(b.1)));
                let upright = (a.0 - b.0).abs() < 1e-9;
                let (dx, dy) = if upright { (width.max(1.0), 0.0) } else { (0.0, width.max(1.0)) };
                let corner = ((low.0 - dx / 2.0).round(), (low.1 - dy / 2.0).round());
                let far = if upright { (corner.0 + dx, high.1) } else { (high.0, corner.1 + dy) };
                self.block(corner, far, style.color());
            }
            _ => {
                let mask = coverage::stroke(&points, width, self.size());
                self.bitmap.cover(&mask, style.color());
            }
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let mask = coverage::polygon(&self.path(path), self.size());
        self.bitmap.cover(&mask, style.color());
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        self.block(self.pixels(upper_left), self.pixels(bottom_right), style.color());
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, _fill: bool) -> Drawn {
        let mask = coverage::disc(self.pixels(center), f64::from(radius) * self.scale, self.size());
        self.bitmap.cover(&mask, style.color());
        Ok(())
    }
}
