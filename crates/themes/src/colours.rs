//! Positions of themes to colours that stay apart for colour-blind eyes as long as there are few, and never repeat.
//!
//! The first eight are those of Okabe and Ito (2008), darkened where white paper would swallow them; further rounds are darker
//! and lighter shades of the same.

const BASE: [[u8; 3]; 8] = [
    [0, 114, 178],
    [213, 94, 0],
    [0, 158, 115],
    [204, 121, 167],
    [230, 159, 0],
    [86, 180, 233],
    [117, 92, 180],
    [140, 86, 75],
];
/// Towards black (negative) or white (positive), a round of eight each.
const SHADES: [f64; 6] = [0.0, -0.35, 0.35, -0.55, 0.5, -0.2];

/// Colour of the theme at a position.
#[must_use]
pub fn colour(position: usize) -> [u8; 3] {
    let base = BASE[position % BASE.len()];
    let shade = SHADES[position / BASE.len() % SHADES.len()];
    let towards = if shade < 0.0 { 0.0 } else { 255.0 };
    base.map(|channel| (f64::from(channel) + (towards - f64::from(channel)) * shade.abs()).round() as u8)
}

#[cfg(test)]
mod tests {
    use super::colour;

    #[test]
    fn the_first_forty_eight_differ() {
        let mut all: Vec<[u8; 3]> = (0..48).map(colour).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 48);
    }
}
