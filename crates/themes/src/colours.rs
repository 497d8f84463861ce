//! Positions of themes to colours that can be seen on white, stay apart for colour-blind eyes as long as there are few, and
//! do not repeat among the first sixty-four. Does not know grounds: what is drawn on a dark one is lightened where it is drawn.

/// Found by search: of eight colours with a contrast of at least 3.1 to 1 with white (WCAG 2.2, 1.4.11 asks for 3), those
/// whose two nearest are furthest apart for eyes of all kinds, on white and, lightened, on a dark ground.
const BASE: [[u8; 3]; 8] = [
    [43, 77, 254],
    [183, 38, 29],
    [7, 162, 172],
    [185, 123, 0],
    [62, 4, 152],
    [255, 78, 133],
    [107, 0, 53],
    [166, 123, 245],
];
/// What further rounds of eight are mixed with, and how much of it: darker and greyer, never lighter. No forty colours stay apart
/// for colour-blind eyes: beyond the first eight, names and places tell themes apart.
const SHADES: [([u8; 3], f64); 8] = [
    ([0; 3], 0.0),
    ([0; 3], 0.35),
    ([118; 3], 0.5),
    ([0; 3], 0.6),
    ([60; 3], 0.5),
    ([118; 3], 0.25),
    // More than a run finds of itself: what is new beside the themes of a previous run needs colours that these did not have.
    ([90; 3], 0.75),
    ([118; 3], 0.75),
];

/// So many positions have different colours.
pub const DIFFERENT: usize = BASE.len() * SHADES.len();

/// Colour of the theme at a position.
#[must_use]
pub fn colour(position: usize) -> [u8; 3] {
    let base = BASE[position % BASE.len()];
    let (towards, part) = SHADES[position / BASE.len() % SHADES.len()];
    let mixed = |from: u8, to: u8| f64::from(from) + (f64::from(to) - f64::from(from)) * part;
    [0, 1, 2].map(|c| mixed(base[c], towards[c]).round() as u8)
}

#[cfg(test)]
mod tests {
    use super::{DIFFERENT, colour};

    /// What people with one kind of cone missing see, in linear sRGB: Machado, Oliveira and Fernandes (2009), severity 1.
    const EYES: [(&str, [[f64; 3]; 3]); 4] = [
        ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
        ),
        (
            "deuteranopia",
            [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
        ),
        (
            "tritanopia",
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ),
    ];
    /// Distance in `OKLab` (Ottosson 2020) that two colours are held apart by: four times what can just be noticed (0.02).
    const APART: f64 = 0.08;

    type Row = [f64; 3];

    fn times(matrix: [Row; 3], v: Row) -> Row {
        matrix.map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum())
    }

    /// sRGB to linear light (IEC 61966-2-1).
    fn linear(rgb: [u8; 3]) -> Row {
        rgb.map(|channel| match f64::from(channel) / 255.0 {
            c if c <= 0.04045 => c / 12.92,
            c => ((c + 0.055) / 1.055).powf(2.4),
        })
    }

    fn oklab(linear: Row) -> Row {
        let cones = times(
            [
                [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
                [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
                [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
            ],
            linear,
        );
        times(
            [
                [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
                [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
                [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
            ],
            cones.map(f64::cbrt),
        )
    }

    fn distance(a: Row, b: Row) -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }

    /// Contrast with white (WCAG 2.2).
    fn on_white(rgb: [u8; 3]) -> f64 {
        let [r, g, b] = linear(rgb);
        1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)
    }

    #[test]
    fn the_first_eight_stay_apart_for_every_kind_of_eye() {
        for (eye, matrix) in EYES {
            let seen = |i: usize| oklab(times(matrix, linear(colour(i))).map(|c| c.clamp(0.0, 1.0)));
            for (a, b) in (0..8).flat_map(|a| (0..a).map(move |b| (a, b))) {
                let apart = distance(seen(a), seen(b));
                assert!(apart >= APART, "{eye}: {:?} and {:?} are {apart:.3} apart", colour(a), colour(b));
            }
        }
    }

    /// What was used before, blue-green and orange of Okabe and Ito among it, would not have passed.
    #[test]
    fn the_check_finds_colours_that_colour_blind_eyes_confuse() {
        let (_, protanopia) = EYES[1];
        let seen = |rgb| oklab(times(protanopia, linear(rgb)).map(|c| c.clamp(0.0, 1.0)));
        assert!(distance(seen([213, 94, 0]), seen([90, 130, 0])) < APART);
        assert!(distance(oklab(linear([213, 94, 0])), oklab(linear([90, 130, 0]))) > 2.0 * APART);
        assert!(on_white([230, 159, 0]) < 3.0);
    }

    #[test]
    fn all_can_be_seen_on_white() {
        for rgb in (0..DIFFERENT).map(colour) {
            assert!(on_white(rgb) >= 3.0, "{rgb:?}: {:.2}", on_white(rgb));
        }
    }

    #[test]
    fn as_many_differ_as_are_said_to() {
        let mut all: Vec<[u8; 3]> = (0..DIFFERENT).map(colour).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), DIFFERENT);
    }
}
