//! Turns what a mark is (text, grid, a theme) into the sRGB it has on a light, a dark or no ground.
//! Does not draw. A theme's colour is the same on every ground that lets it be seen, else the nearest shade that does.

use super::marks::Tone;

/// What charts are drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ground {
    #[default]
    Light,
    Dark,
    /// As light, but nothing is painted where nothing is shown: for a slide that has a ground of its own.
    Transparent,
}

/// From nearly white to dark blue; lightness falls evenly, so that it also works in grey.
const HEAT: [[u8; 3]; 6] =
    [[247, 250, 253], [205, 223, 240], [144, 188, 222], [75, 144, 196], [28, 98, 160], [8, 48, 107]];
/// The same on a dark ground: from nearly the ground to nearly white.
const HEAT_ON_DARK: [[u8; 3]; 6] =
    [[30, 35, 42], [22, 58, 98], [28, 98, 160], [75, 144, 196], [144, 188, 222], [226, 239, 250]];
/// Least contrast of a line or an area with its ground (WCAG 2.2, 1.4.11), and of coloured letters, which are bold but thin.
const SEEN: f64 = 3.0;
const READ_ON_LIGHT: f64 = 9.5;
const READ_ON_DARK: f64 = 7.0;

impl Ground {
    pub(crate) const fn is_painted(self) -> bool {
        !matches!(self, Self::Transparent)
    }

    fn is_dark(self) -> bool {
        self == Self::Dark
    }

    /// The colour of a tone on this ground.
    pub(crate) fn rgb(self, tone: Tone) -> [u8; 3] {
        let pick = |light: [u8; 3], dark: [u8; 3]| if self.is_dark() { dark } else { light };
        match tone {
            Tone::Ground => pick([255, 255, 255], [0x16, 0x19, 0x1e]),
            Tone::Text => pick([0x20, 0x21, 0x24], [0xf1, 0xf3, 0xf5]),
            Tone::Muted => pick([0x5f, 0x63, 0x68], [0xb6, 0xbc, 0xc4]),
            Tone::Grid => pick([0xe3, 0xe5, 0xe8], [0x36, 0x3c, 0x45]),
            Tone::Pale | Tone::Rest => pick([0x8e, 0x94, 0x9b], [0x68, 0x6f, 0x79]),
            Tone::Others => pick([0x62, 0x68, 0x70], [0x9a, 0xa1, 0xaa]),
            Tone::Heat(t) => ramp(if self.is_dark() { &HEAT_ON_DARK } else { &HEAT }, t),
            Tone::Colour(rgb) if self.is_dark() => lightened(rgb, SEEN, self.rgb(Tone::Ground)),
            Tone::Colour(rgb) => darkened(rgb, SEEN),
            Tone::Lettering(rgb) if self.is_dark() => lightened(rgb, READ_ON_DARK, self.rgb(Tone::Ground)),
            Tone::Lettering(rgb) => darkened(rgb, READ_ON_LIGHT),
        }
    }
}

fn ramp(stops: &[[u8; 3]; 6], t: f64) -> [u8; 3] {
    let t = t.clamp(0.0, 1.0) * (stops.len() - 1) as f64;
    let i = (t as usize).min(stops.len() - 2);
    mixed(stops[i], stops[i + 1], t - i as f64)
}

fn mixed(from: [u8; 3], to: [u8; 3], part: f64) -> [u8; 3] {
    [0, 1, 2].map(|c| (f64::from(from[c]) + (f64::from(to[c]) - f64::from(from[c])) * part).round() as u8)
}

/// Mixed with white as far as the contrast with the ground asks for.
fn lightened(rgb: [u8; 3], contrast_asked: f64, ground: [u8; 3]) -> [u8; 3] {
    let step = |part: u8| mixed(rgb, [255; 3], f64::from(part) / 20.0);
    (0..20).map(step).find(|&shade| contrast(shade, ground) >= contrast_asked).unwrap_or([255; 3])
}

/// Mixed with black as far as the contrast with white asks for.
fn darkened(rgb: [u8; 3], contrast_asked: f64) -> [u8; 3] {
    let step = |part: u8| mixed(rgb, [0; 3], f64::from(part) / 40.0);
    (0..40).map(step).find(|&shade| contrast(shade, [255; 3]) >= contrast_asked).unwrap_or([0; 3])
}

/// sRGB to linear light (IEC 61966-2-1).
fn linear(channel: u8) -> f64 {
    match f64::from(channel) / 255.0 {
        c if c <= 0.04045 => c / 12.92,
        c => ((c + 0.055) / 1.055).powf(2.4),
    }
}

/// Contrast of two colours, 1 to 21 (WCAG 2.2).
pub fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let light = |[r, g, b]: [u8; 3]| 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) + 0.05;
    let (a, b) = (light(a), light(b));
    a.max(b) / a.min(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All of sRGB in steps of 51.
    fn every_colour() -> impl Iterator<Item = [u8; 3]> {
        (0..216_u8).map(|i| [i / 36, i / 6 % 6, i % 6].map(|step| step * 51))
    }

    #[test]
    fn text_can_be_read_and_themes_be_seen_on_every_ground() {
        for ground in [Ground::Light, Ground::Dark, Ground::Transparent] {
            let under = ground.rgb(Tone::Ground);
            for (tone, least) in
                [(Tone::Text, 12.0), (Tone::Muted, 4.5), (Tone::Others, SEEN), (Tone::Rest, SEEN), (Tone::Pale, SEEN)]
            {
                assert!(contrast(ground.rgb(tone), under) >= least, "{ground:?} {tone:?}");
            }
            for rgb in [[0, 0, 0], [0, 114, 178], [230, 159, 0], [255, 255, 255], [8, 48, 107]] {
                assert!(contrast(ground.rgb(Tone::Lettering(rgb)), under) >= 7.0, "{ground:?} {rgb:?}");
            }
            for rgb in every_colour() {
                assert!(contrast(ground.rgb(Tone::Colour(rgb)), under) >= SEEN, "{ground:?} {rgb:?}");
            }
        }
    }

    #[test]
    fn colours_that_are_seen_on_both_stay_the_same() {
        for rgb in [[213, 94, 0], [7, 162, 172], [255, 78, 133]] {
            assert_eq!(Ground::Dark.rgb(Tone::Colour(rgb)), rgb);
            assert_eq!(Ground::Light.rgb(Tone::Colour(rgb)), rgb);
        }
    }
}
