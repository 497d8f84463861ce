//! Turns a label into pixels of a bitmap, letter by letter with the side bearings that the font prescribes.
//! Does not measure or place: the label says where its base line is.

use super::bitmap::Bitmap;
use super::lettering;
use super::marks::{Label, Tone};
use super::palette::Ground;
use crate::ReportError;
use ab_glyph::{Font, OutlinedGlyph, PxScale, ScaleFont, point};

/// The pixels of a letter, each with its coverage: found once, laid down many times.
type Letter = Vec<((i32, i32), f32)>;

/// Draws the label with its pixels multiplied by `scale`.
pub fn set(bitmap: &mut Bitmap, label: &Label, scale: f64, ground: Ground) -> Result<(), ReportError> {
    let letters = letters(label, scale)?;
    let rgb = ground.rgb(label.ink.tone);
    if label.rim {
        let under = ground.rgb(Tone::Ground);
        for offset in rim_offsets(3.0 * scale) {
            for letter in &letters {
                blend(bitmap, letter, offset, under);
            }
        }
    }
    for letter in &letters {
        blend(bitmap, letter, (0, 0), rgb);
    }
    Ok(())
}

fn letters(label: &Label, scale: f64) -> Result<Vec<Letter>, ReportError> {
    let font = lettering::font(label.weight)?;
    let em = font.units_per_em().unwrap_or(1000.0);
    // `ab_glyph` gives sizes by ascent and descent together, labels give them by the em square.
    let size = PxScale::from((label.size * scale) as f32 * font.height_unscaled() / em);
    let scaled = font.as_scaled(size);
    let (mut x, y) = ((label.left() * scale) as f32, (label.at.1 * scale) as f32);
    let mut letters = Vec::new();
    for c in label.text.chars() {
        let id = font.glyph_id(c);
        letters
            .extend(font.outline_glyph(id.with_scale_and_position(size, point(x, y))).map(|outline| pixels(&outline)));
        x += scaled.h_advance(id);
    }
    Ok(letters)
}

fn pixels(outline: &OutlinedGlyph) -> Letter {
    let corner = outline.px_bounds().min;
    let (left, top) = (corner.x as i32, corner.y as i32);
    let mut letter = Letter::new();
    outline.draw(|x, y, coverage| {
        if coverage > 0.0 {
            letter.push(((left + x.cast_signed(), top + y.cast_signed()), coverage.min(1.0)));
        }
    });
    letter
}

/// Places on a circle and halfway to it: letters in the colour of the ground there make the rim.
fn rim_offsets(radius: f64) -> impl Iterator<Item = (i32, i32)> {
    const TURNS: i32 = 16;
    [radius / 2.0, radius].into_iter().flat_map(|r| {
        (0..TURNS).map(move |turn| {
            let angle = f64::from(turn) / f64::from(TURNS) * std::f64::consts::TAU;
            ((angle.cos() * r).round() as i32, (angle.sin() * r).round() as i32)
        })
    })
}

fn blend(bitmap: &mut Bitmap, letter: &Letter, offset: (i32, i32), rgb: [u8; 3]) {
    for &((x, y), coverage) in letter {
        if let (Ok(x), Ok(y)) = (usize::try_from(x + offset.0), usize::try_from(y + offset.1)) {
            bitmap.blend((x, y), rgb, coverage);
        }
    }
}
