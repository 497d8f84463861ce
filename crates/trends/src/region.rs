//! Turns a fitted line into an interval for what it says: the change of share between both ends, or their ratio.
//! Does not choose the level; it is told how far the log-likelihood may fall.
//!
//! Profile likelihood: the interval of a quantity is its range over all lines whose log-likelihood lies within `drop`
//! of the best. That set is convex, because the log-likelihood is concave. So each ray from the best line leaves it
//! once, and the extremes lie on its edge, which is walked by angle. A change can so never leave [-1, 1], and a theme
//! that exists in the last bin only has an interval like any other, where a Wald interval would be infinite.

use crate::logistic::{Fit, LIMIT, Line, Series, share};
use std::f64::consts::TAU;

/// Angles of the first look around the edge; the extremes are then refined between neighbours.
const ANGLES: usize = 48;
/// Leave the angle right to 3e-4, and so the extreme to 1e-7 of the region's width: it is flat there.
const REFINEMENTS: usize = 14;
const RAY_STEPS: usize = 30;
/// Information that is added for the scale of rays only: where a share is at its limit there is none.
const RAY_RIDGE: f64 = 0.01;

/// What is read off a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantity {
    /// Share at the last bin less share at the first.
    Change,
    /// Logarithm of share at the last bin over share at the first.
    LogRatio,
}

impl Quantity {
    pub(crate) fn of(self, line: Line) -> f64 {
        match self {
            Self::Change => share(line.last) - share(line.first),
            Self::LogRatio => share(line.last).ln() - share(line.first).ln(),
        }
    }
}

/// Edge of the likelihood region around a fit.
#[derive(Debug, Clone)]
pub(crate) struct Region<'a> {
    series: &'a Series,
    fit: &'a Fit,
    drop: f64,
    /// Lines at `ANGLES` equal angles.
    edge: Vec<Line>,
}

impl<'a> Region<'a> {
    /// All lines whose log-likelihood is at most `drop` (above 0) below that of the fit.
    pub(crate) fn new(series: &'a Series, fit: &'a Fit, drop: f64) -> Self {
        let mut region = Self { series, fit, drop, edge: Vec::with_capacity(ANGLES) };
        for index in 0..ANGLES {
            region.edge.push(region.line_at(TAU * index as f64 / ANGLES as f64));
        }
        region
    }

    pub(crate) fn drop(&self) -> f64 {
        self.drop
    }

    /// Smallest and largest value of the quantity within the region.
    pub(crate) fn interval(&self, quantity: Quantity) -> (f64, f64) {
        let low = -self.largest(|line| -quantity.of(line));
        (low, self.largest(|line| quantity.of(line)))
    }

    fn largest(&self, value: impl Fn(Line) -> f64) -> f64 {
        let best = (0..ANGLES).fold(0, |best, i| if value(self.edge[i]) > value(self.edge[best]) { i } else { best });
        let step = TAU / ANGLES as f64;
        let (mut left, mut right) = ((best as f64 - 1.0) * step, (best as f64 + 1.0) * step);
        let mut top = value(self.edge[best]).max(value(self.fit.line));
        let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
        let (mut a, mut b) = (right - golden * (right - left), left + golden * (right - left));
        let (mut at_a, mut at_b) = (value(self.line_at(a)), value(self.line_at(b)));
        for _ in 0..REFINEMENTS {
            if at_a > at_b {
                (right, b, at_b) = (b, a, at_a);
                a = right - golden * (right - left);
                at_a = value(self.line_at(a));
            } else {
                (left, a, at_a) = (a, b, at_b);
                b = left + golden * (right - left);
                at_b = value(self.line_at(b));
            }
            top = top.max(at_a).max(at_b);
        }
        top
    }

    /// Where the ray at `angle` leaves the region, or the range of the logits.
    fn line_at(&self, angle: f64) -> Line {
        let direction = self.direction(angle);
        let farthest = room(self.fit.line, direction);
        let floor = self.fit.log_likelihood - self.drop;
        let mut radius = (2.0 * self.drop).sqrt().min(farthest);
        for _ in 0..RAY_STEPS {
            let line = along(self.fit.line, direction, radius);
            let (likelihood, slope) = self.series.climb_along(line, direction);
            let above = likelihood - floor;
            if radius >= farthest && above >= 0.0 {
                break;
            }
            // Concave and falling: Newton's method comes to the edge from outside without overshooting.
            let next = if slope < 0.0 { (radius - above / slope).clamp(0.0, farthest) } else { farthest };
            if (next - radius).abs() <= 1e-11 * (1.0 + radius) {
                break;
            }
            radius = next;
        }
        along(self.fit.line, direction, radius)
    }

    /// A direction in which the log-likelihood falls about equally fast at any angle: the inverse transposed Cholesky
    /// factor of the information, applied to the unit vector.
    fn direction(&self, angle: f64) -> [f64; 2] {
        let [a, b, c] = self.fit.information;
        let (a, c) = (a + RAY_RIDGE, c + RAY_RIDGE);
        let l11 = a.sqrt();
        let l21 = b / l11;
        let l22 = (c - l21 * l21).sqrt();
        let last = angle.sin() / l22;
        [(angle.cos() - l21 * last) / l11, last]
    }
}

fn along(from: Line, direction: [f64; 2], radius: f64) -> Line {
    Line { first: from.first + radius * direction[0], last: from.last + radius * direction[1] }
}

/// How far the ray can go until a logit reaches its limit.
fn room(from: Line, direction: [f64; 2]) -> f64 {
    let until = |at: f64, by: f64| {
        if by == 0.0 { f64::INFINITY } else { ((LIMIT * by.signum() - at) / by).max(0.0) }
    };
    until(from.first, direction[0]).min(until(from.last, direction[1]))
}
