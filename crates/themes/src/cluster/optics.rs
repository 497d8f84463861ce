//! Rows of L2 norm 1 to groups of dense places of any density (linfa's OPTICS): the valleys of the reachability plot.
//!
//! linfa orders the rows by reachability and stops there. Of the valleys those are taken that persist over the widest range of
//! densities (the excess of mass of Campello, Moulavi and Sander 2013), or those of one cut where a radius is given.

use crate::cluster::Clusters;
use crate::cluster::by_products::ByProducts;
use crate::cluster::density::{Density, min_points, nearest_within};
use crate::sample::sample;
use crate::settings::ThemesError;
use linfa::traits::Transformer;
use linfa_clustering::Optics;
use linfa_nn::distance::L2Dist;
use ndarray::{Array2, Axis};
use std::ops::Range;

/// Rows that are ordered: the order takes the distances of all pairs.
pub const ORDERED: usize = 3_000;
/// The largest distance between rows of L2 norm 1, and a little: every row is reachable, so there is one plot.
const EVERYWHERE: f32 = 2.001;
/// Rows nearer than this are the same.
const LEAST_HEIGHT: f64 = 1e-3;

/// Groups of the rows; their number comes from the data.
///
/// # Errors
/// Where the number of points is below 2.
pub fn optics(rows: &Array2<f32>, settings: Density, seed: u64) -> Result<Clusters, ThemesError> {
    let sample = rows.select(Axis(0), &sample(rows.nrows(), ORDERED, seed));
    let points = settings.min_points.unwrap_or_else(|| min_points(sample.nrows()));
    let (order, heights) = plot(&sample, points)?;
    let valleys = match settings.eps {
        Some(eps) => below(&heights, eps, points),
        None => valleys(&heights, points),
    };
    let mut found = vec![None; sample.nrows()];
    let mut reach = 0.0_f64;
    for (group, valley) in valleys.into_iter().enumerate() {
        reach = heights[valley.clone()].iter().skip(1).fold(reach, |most, h| most.max(*h));
        for &row in &order[valley] {
            found[row] = Some(group);
        }
    }
    let groups = if sample.nrows() == rows.nrows() { found } else { nearest_within(rows, &sample, &found, reach) };
    let reason = match settings.eps {
        Some(eps) => format!("dense places: reachable within {eps:.3} by {points} papers"),
        None => format!("the dense places of at least {points} papers that persist over the widest range of densities"),
    };
    Ok(Clusters::counted(groups, reason))
}

/// Rows in the order of reachability, and how far each is from those before it.
///
/// linfa takes the n-th neighbour it is given for the n-th nearest, so the search must sort; linfa's linear search does not.
fn plot(rows: &Array2<f32>, points: usize) -> Result<(Vec<usize>, Vec<f64>), ThemesError> {
    let params = Optics::params_with::<f32, _, _>(points, L2Dist, ByProducts::NearestFirst).tolerance(EVERYWHERE);
    let ordered = params.transform(rows.view())?;
    let height = |reached: &Option<f32>| f64::from(reached.unwrap_or(EVERYWHERE));
    Ok(ordered.iter().map(|row| (row.index(), height(row.reachability_distance()))).unzip())
}

/// Stretches whose rows are all reached within `eps`, but for the first one, of at least `points` rows.
fn below(heights: &[f64], eps: f64, points: usize) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut start = 0;
    for at in 1..=heights.len() {
        if at == heights.len() || heights[at] > eps {
            stretches.push(start..at);
            start = at;
        }
    }
    stretches.retain(|stretch| stretch.len() >= points);
    stretches
}

/// The valleys that persist over the widest range of densities, each of at least `points` rows, from left to right.
fn valleys(heights: &[f64], points: usize) -> Vec<Range<usize>> {
    let (_, mut chosen) = most_persistent(heights, 0..heights.len(), f64::from(EVERYWHERE), points);
    chosen.retain(|valley| valley.len() >= points);
    chosen.sort_by_key(|valley| valley.start);
    chosen
}

/// A valley that is parted from its surroundings at the height `brim`, or those inside it where they persist longer together.
/// Persistence: sum over its rows of the density `1 / height` at which they leave it, less that of the brim.
fn most_persistent(heights: &[f64], valley: Range<usize>, brim: f64, points: usize) -> (f64, Vec<Range<usize>>) {
    let gained =
        |rows: usize, height: f64| rows as f64 * (1.0 / height.max(LEAST_HEIGHT) - 1.0 / brim.max(LEAST_HEIGHT));
    let mut left = valley.clone();
    let mut own = 0.0;
    while let Some(peak) = highest(heights, &left) {
        let (before, after) = (left.start..peak, peak..left.end);
        if before.len() >= points && after.len() >= points {
            own += gained(left.len(), heights[peak]);
            let (a, mut inside) = most_persistent(heights, before, heights[peak], points);
            let (b, more) = most_persistent(heights, after, heights[peak], points);
            inside.extend(more);
            // The whole plot is no valley: it is one only where nothing parts it.
            return if a + b > own || valley.len() == heights.len() { (a + b, inside) } else { (own, vec![valley]) };
        }
        let (kept, lost) = if before.len() > after.len() { (before, after) } else { (after, before) };
        own += gained(lost.len(), heights[peak]);
        left = kept;
        if left.len() < points {
            break;
        }
    }
    (own, vec![valley])
}

/// The highest row of a stretch but its first, the first of equals.
fn highest(heights: &[f64], stretch: &Range<usize>) -> Option<usize> {
    (stretch.start + 1..stretch.end).reduce(|best, at| if heights[at] > heights[best] { at } else { best })
}

#[cfg(test)]
mod tests {
    use super::{ORDERED, optics, valleys};
    use crate::cluster::bundles::bundles;
    use crate::cluster::density::Density;
    use ndarray::{Array2, Axis, concatenate};

    #[test]
    fn bundles_are_found() {
        let (rows, truth) = bundles(5, 40, 0.2);
        let found = optics(&rows, Density::default(), 0).unwrap();
        assert_eq!(found.count.k, 5, "{}", found.count.reason);
        assert!(found.groups.iter().zip(&truth).all(|(group, &of)| group.is_none_or(|g| found.groups[of] == Some(g))));
        assert!(found.groups.iter().flatten().count() > 160);
    }

    /// What one radius cannot do: a tight bundle beside a loose one.
    #[test]
    fn places_of_different_density_are_both_found() {
        let ((tight, _), (loose, _)) = (bundles(1, 60, 0.02), bundles(1, 60, 0.3));
        let mut loose = loose;
        loose.invert_axis(Axis(1));
        let rows = concatenate![Axis(0), tight, loose.as_standard_layout()];
        let found = optics(&rows, Density::default(), 0).unwrap();
        let of = |rows: &[Option<usize>]| rows.iter().flatten().copied().collect::<std::collections::BTreeSet<_>>();
        let (first, second) = (of(&found.groups[..60]), of(&found.groups[60..]));
        assert!(!first.is_empty() && !second.is_empty() && first.is_disjoint(&second), "{:?}", found.groups);
    }

    #[test]
    fn a_given_radius_cuts_the_plot_once() {
        let (rows, _) = bundles(3, 40, 0.2);
        let with = |eps| optics(&rows, Density { eps: Some(eps), min_points: Some(4) }, 0).unwrap().count.k;
        assert_eq!([with(2.0), with(0.5), with(1e-6)], [1, 3, 0]);
    }

    #[test]
    fn valleys_between_peaks() {
        let heights = [9.0, 1.0, 1.0, 1.0, 8.0, 1.0, 1.0, 1.0];
        assert_eq!(valleys(&heights, 3), [0..4, 4..8]);
        assert_eq!(valleys(&[9.0, 1.0, 1.0, 1.0], 3), vec![0..4; 1]);
        assert!(valleys(&[9.0, 1.0], 3).is_empty());
    }

    #[test]
    fn a_large_corpus_is_ordered_by_its_sample() {
        let (rows, _) = bundles(4, ORDERED / 4 + 500, 0.2);
        let found = optics(&rows, Density::default(), 0).unwrap();
        assert_eq!(found.groups.len(), rows.nrows());
        assert!(found.count.k >= 4);
    }

    #[test]
    fn few_or_equal_rows_stay_finite() {
        let same = Array2::from_shape_fn((40, 4), |(_, column)| f32::from(u8::from(column == 0)));
        assert_eq!(optics(&same, Density::default(), 0).unwrap().count.k, 1);
        assert_eq!(optics(&bundles(1, 2, 0.1).0, Density::default(), 0).unwrap().count.k, 0);
        assert!(optics(&same, Density { eps: None, min_points: Some(1) }, 0).is_err());
    }
}
