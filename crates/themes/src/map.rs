//! An embedding to a map: near papers lie near, themes stay together. For looking at, never for measuring.
//!
//! Themes are laid out by classical scaling of their centroids, papers start around their theme, and then neighbours pull and
//! strangers push as in UMAP (`McInnes`, Healy and Melville 2018). One thread, a fixed seed: the same map every time.

use crate::dense::product;
use crate::neighbours::Neighbours;
use crate::reduce::eigen;
use ndarray::{Array2, ArrayView2};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// Pulls in all rounds together; large corpora get fewer rounds, and then fewer neighbours.
const PULLS: usize = 2_500_000;
const ROUNDS: (usize, usize) = (10, 120);
/// Neighbours that pull a paper at least.
const NEAREST: usize = 8;
/// Strangers that push a paper for each neighbour that pulls it.
const STRANGERS: usize = 3;
/// Side of the square around a centroid in which its papers start; centroids lie in [-1, 1].
const SPREAD: f32 = 0.25;

/// Positions in [0, 1] x [0, 1], one a paper.
#[must_use]
pub fn map(
    groups: &[Option<usize>],
    centroids: ArrayView2<'_, f32>,
    neighbours: &Neighbours,
    seed: u64,
) -> Vec<[f32; 2]> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let places = themes_on_plane(centroids);
    let mut points: Vec<[f32; 2]> = groups
        .iter()
        .map(|group| {
            let place = group.map_or([0.0, 0.0], |g| places[g]);
            place.map(|x| 4.0 * (x + SPREAD * random.gen_range(-1.0_f32..1.0)))
        })
        .collect();
    settle(&mut points, neighbours, &mut random);
    into_unit_square(&mut points);
    points
}

/// Classical scaling of cosine distances to two dimensions, scaled to [-1, 1].
fn themes_on_plane(centroids: ArrayView2<'_, f32>) -> Vec<[f32; 2]> {
    let k = centroids.nrows();
    let cosines = product(centroids, centroids.t().as_standard_layout().view()).mapv(f64::from);
    let means: Vec<f64> = cosines.rows().into_iter().map(|r| r.sum() / k.max(1) as f64).collect();
    let all = means.iter().sum::<f64>() / k.max(1) as f64;
    let centred = Array2::from_shape_fn((k, k), |(a, b)| cosines[(a, b)] - means[a] - means[b] + all);
    let (values, vectors) = eigen(&centred);
    let axis = |theme: usize, at: usize| if at < k { vectors[(theme, at)] * values[at].max(0.0).sqrt() } else { 0.0 };
    let mut places: Vec<[f32; 2]> = (0..k).map(|t| [axis(t, 0) as f32, axis(t, 1) as f32]).collect();
    let largest = places.iter().flatten().fold(1e-9_f32, |m, x| m.max(x.abs()));
    places.iter_mut().flatten().for_each(|x| *x /= largest);
    places
}

/// Rounds of pulling and pushing with a step that shrinks to nothing.
fn settle(points: &mut [[f32; 2]], neighbours: &Neighbours, random: &mut Xoshiro256PlusPlus) {
    let (n, m) = (points.len(), neighbours.m);
    if m == 0 || n < 3 {
        return;
    }
    let near = (PULLS / (n * ROUNDS.0)).clamp(NEAREST.min(m), m);
    let rounds = (PULLS / (n * near)).clamp(ROUNDS.0, ROUNDS.1);
    for round in 0..rounds {
        let step = 0.5 * (1.0 - round as f32 / rounds as f32);
        for paper in 0..n {
            for slot in paper * m..paper * m + near {
                pull(points, paper, neighbours.papers[slot] as usize, step * neighbours.cosines[slot].max(0.0));
                for _ in 0..STRANGERS {
                    push(points, paper, random.gen_range(0..n), step);
                }
            }
        }
    }
}

/// Gradients of UMAP's curve `1 / (1 + d^2)`, cut to 1 so that no point leaps.
fn pull(points: &mut [[f32; 2]], paper: usize, other: usize, step: f32) {
    let (dx, dy) = (points[paper][0] - points[other][0], points[paper][1] - points[other][1]);
    let force = 2.0 / (1.0 + dx * dx + dy * dy);
    for (axis, d) in [dx, dy].into_iter().enumerate() {
        let change = step * (force * d).clamp(-1.0, 1.0);
        points[paper][axis] -= change;
        points[other][axis] += change;
    }
}

fn push(points: &mut [[f32; 2]], paper: usize, other: usize, step: f32) {
    let (dx, dy) = (points[paper][0] - points[other][0], points[paper][1] - points[other][1]);
    let square = dx * dx + dy * dy;
    if paper != other {
        let force = 2.0 / ((0.01 + square) * (1.0 + square));
        points[paper][0] += step * (force * dx).clamp(-1.0, 1.0);
        points[paper][1] += step * (force * dy).clamp(-1.0, 1.0);
    }
}

/// Scales the middle 98% of each axis to [0.02, 0.98]; what lies outside is drawn at the edge.
fn into_unit_square(points: &mut [[f32; 2]]) {
    for axis in 0..2 {
        let mut sorted: Vec<f32> = points.iter().map(|p| p[axis]).collect();
        sorted.sort_by(f32::total_cmp);
        let at = |share: f32| sorted[((sorted.len() - 1) as f32 * share).round() as usize];
        if sorted.is_empty() {
            return;
        }
        let (low, high) = (at(0.01), at(0.99));
        let width = if high > low { high - low } else { 1.0 };
        let middle = if high > low { 0.0 } else { 0.5 };
        for point in points.iter_mut() {
            point[axis] = ((point[axis] - low) / width * 0.96 + 0.02 + middle).clamp(0.0, 1.0);
        }
    }
}
