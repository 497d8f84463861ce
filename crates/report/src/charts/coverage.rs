//! Turns outlines into coverage: how much of each pixel a stroke, a polygon or a disc fills, in [0, 1].
//! Does not know colours and draws nothing.

/// A place in pixels.
pub type Point = (f64, f64);

/// So many lines within a row of pixels are cut with a polygon; along the line the coverage is exact.
const CUTS: usize = 5;

/// The coverage of a rectangle of pixels, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Mask {
    pub left: usize,
    pub top: usize,
    pub width: usize,
    /// `width` entries a row.
    pub coverage: Vec<f32>,
}

impl Mask {
    /// Zero coverage over what lies within [left, right] x [top, bottom] and on the picture.
    fn within(low: Point, high: Point, (width, height): (usize, usize)) -> Self {
        let (left, top) = (low.0.floor().max(0.0) as usize, low.1.floor().max(0.0) as usize);
        let (right, bottom) = (high.0.ceil().max(0.0) as usize, high.1.ceil().max(0.0) as usize);
        let (columns, rows) = (right.min(width).saturating_sub(left), bottom.min(height).saturating_sub(top));
        Self { left, top, width: columns, coverage: vec![0.0; columns * rows] }
    }

    /// Rows with their y in the picture.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &[f32])> {
        self.coverage.chunks(self.width.max(1)).enumerate().map(|(i, row)| (self.top + i, row))
    }
}

/// Smallest and largest coordinates, `pad` further out.
fn bounds(points: &[Point], pad: f64) -> (Point, Point) {
    let none = ((f64::MAX, f64::MAX), (f64::MIN, f64::MIN));
    points.iter().fold(none, |(low, high), p| {
        ((low.0.min(p.0 - pad), low.1.min(p.1 - pad)), (high.0.max(p.0 + pad), high.1.max(p.1 + pad)))
    })
}

/// A line through the points with round joins and ends. `size`: width and height of the picture.
pub fn stroke(points: &[Point], width: f64, size: (usize, usize)) -> Mask {
    let reach = width / 2.0 + 0.5;
    let (low, high) = bounds(points, reach);
    let mut mask = Mask::within(low, high, size);
    for pair in points.windows(2) {
        capsule(&mut mask, pair[0], pair[1], reach);
    }
    mask
}

/// Raises the mask to the coverage of what lies within `reach` - 1/2 of the stretch from `a` to `b`.
fn capsule(mask: &mut Mask, a: Point, b: Point, reach: f64) {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let square = (dx * dx + dy * dy).max(f64::MIN_POSITIVE);
    let part = |low: f64, high: f64, start: usize, n: usize| {
        let cut = |v: f64| (v.max(0.0) as usize).saturating_sub(start).min(n);
        cut((low - reach).floor())..cut((high + reach).ceil())
    };
    let rows = mask.coverage.len() / mask.width.max(1);
    let columns = part(a.0.min(b.0), a.0.max(b.0), mask.left, mask.width);
    for row in part(a.1.min(b.1), a.1.max(b.1), mask.top, rows) {
        let y = (mask.top + row) as f64 + 0.5 - a.1;
        for column in columns.clone() {
            let x = (mask.left + column) as f64 + 0.5 - a.0;
            let along = ((x * dx + y * dy) / square).clamp(0.0, 1.0);
            let distance = (x - along * dx).hypot(y - along * dy);
            let here = &mut mask.coverage[row * mask.width + column];
            *here = here.max((reach - distance).clamp(0.0, 1.0) as f32);
        }
    }
}

/// A disc.
pub fn disc(centre: Point, radius: f64, size: (usize, usize)) -> Mask {
    let (low, high) = bounds(&[centre], radius + 0.5);
    let mut mask = Mask::within(low, high, size);
    capsule(&mut mask, centre, centre, radius + 0.5);
    mask
}

/// The inside of a closed polygon, by the even-odd rule.
pub fn polygon(points: &[Point], size: (usize, usize)) -> Mask {
    let (low, high) = bounds(points, 0.0);
    let mut mask = Mask::within(low, high, size);
    let (left, top, width) = (mask.left as f64, mask.top as f64, mask.width);
    let mut crossings = Vec::new();
    for (i, row) in mask.coverage.chunks_mut(width.max(1)).enumerate() {
        for cut in 0..CUTS {
            let y = top + i as f64 + (cut as f64 + 0.5) / CUTS as f64;
            cross(points, y, &mut crossings);
            for pair in crossings.chunks_exact(2) {
                fill(row, pair[0] - left, pair[1] - left);
            }
        }
    }
    mask
}

/// Where the edges of the polygon cross the horizontal line, ascending.
fn cross(points: &[Point], y: f64, crossings: &mut Vec<f64>) {
    crossings.clear();
    let ends = points.iter().zip(points.iter().cycle().skip(1));
    for (a, b) in ends {
        if (a.1 <= y) != (b.1 <= y) {
            crossings.push(a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0));
        }
    }
    crossings.sort_by(f64::total_cmp);
}

/// Adds one cut from `from` to `to`, counted from the start of the row.
fn fill(row: &mut [f32], from: f64, to: f64) {
    let (from, to) = (from.max(0.0), to.min(row.len() as f64));
    for (i, cell) in row.iter_mut().enumerate().take(to.ceil() as usize).skip(from as usize) {
        let covered = (to.min(i as f64 + 1.0) - from.max(i as f64)).max(0.0);
        *cell += covered as f32 / CUTS as f32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(mask: &Mask) -> f64 {
        mask.coverage.iter().map(|&c| f64::from(c)).sum()
    }

    #[test]
    fn coverage_adds_up_to_the_area() {
        let size = (100, 100);
        assert!((total(&disc((50.3, 49.8), 20.0, size)) - 400.0 * std::f64::consts::PI).abs() < 3.0);
        let triangle = [(10.2, 10.0), (70.7, 10.0), (10.2, 50.5)];
        assert!((total(&polygon(&triangle, size)) - 60.5 * 40.5 / 2.0).abs() < 3.0);
        let line = stroke(&[(10.0, 50.0), (60.0, 50.0)], 4.0, size);
        assert!((total(&line) - (50.0 * 4.0 + 4.0 * std::f64::consts::PI)).abs() < 3.0);
    }

    #[test]
    fn a_join_is_covered_once_and_nothing_leaves_the_picture() {
        let size = (40, 40);
        let mask = stroke(&[(-20.0, 5.0), (20.0, 5.0), (20.0, 300.0)], 6.0, size);
        assert!(mask.coverage.iter().all(|c| (0.0..=1.0).contains(c)));
        assert!(mask.left + mask.width <= 40 && mask.top + mask.coverage.len() / mask.width <= 40);
        let outside = disc((-50.0, -50.0), 10.0, size);
        assert!(outside.coverage.is_empty() && outside.rows().count() == 0);
    }
}
