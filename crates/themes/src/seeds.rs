//! Themes that the user wants to see to centres that k-means goes on from, and which of them are there.
//!
//! A seed is there where k-means, set going from it, ends at papers of which at least half contain one of its terms. Seeds that are
//! not there take nothing away from the themes that were found without them.

use crate::cluster::Clusters;
use crate::cluster::spherical_k_means::{lloyd, nearest_centroid};
use crate::dense::normalise_rows;
use crate::reduce::centroids;
use model::{Embedding, Notice, Severity, TermMatrix, Theme};
use ndarray::{Array1, Array2, ArrayView1, Axis};

/// A theme that the user wants to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed {
    pub name: String,
    /// Its terms that are in the vocabulary: columns of the matrix, ascending.
    pub terms: Vec<u32>,
}

/// Papers around a seed whose mean is where k-means sets out from.
const AROUND: usize = 15;
/// Rounds of k-means from there.
const ROUNDS: usize = 40;
/// A seed with fewer papers is not there.
const FEWEST_PAPERS: usize = 3;

/// Clusters with those of the seeds that are there.
#[derive(Debug, Clone, PartialEq)]
pub struct Seeded {
    pub clusters: Clusters,
    /// Name and cluster of every seed that is there, in their order.
    pub names: Vec<(String, usize)>,
    pub notices: Vec<Notice>,
}

/// Sets k-means going once more, from the found clusters and the seeds. `embedding` and `averaged` are of all papers.
#[must_use]
pub fn seeded(
    matrix: &TermMatrix,
    embedding: &Embedding,
    averaged: &Array2<f32>,
    found: Clusters,
    seeds: &[Seed],
) -> Seeded {
    if seeds.is_empty() || found.count.k == 0 {
        return Seeded { clusters: found, names: Vec::new(), notices: absent(seeds, &[]) };
    }
    let papers: Vec<usize> = (0..averaged.nrows()).filter(|&paper| found.groups[paper].is_some()).collect();
    let placed: Vec<(&Seed, Array1<f32>)> =
        seeds.iter().filter_map(|seed| Some((seed, place(seed, matrix, embedding, averaged, &papers)?))).collect();
    let (start, cluster_of) = start(averaged, &found, &placed);
    let rows = averaged.select(Axis(0), &papers);
    let centres = lloyd(rows.view(), start, ROUNDS).centroids;
    let groups = nearest_centroid(rows.view(), centres.view());
    let there: Vec<(&Seed, usize)> = placed
        .iter()
        .zip(cluster_of)
        .map(|((seed, _), cluster)| (*seed, cluster))
        .filter(|(seed, cluster)| is_there(matrix, seed, &members(&papers, &groups, *cluster)))
        .collect();
    if there.is_empty() {
        return Seeded { clusters: found, names: Vec::new(), notices: absent(seeds, &[]) };
    }
    // Without the centres that were added for seeds that are not there.
    let added = found.count.k..centres.nrows();
    let kept: Vec<usize> = (0..centres.nrows())
        .filter(|at| !added.contains(at) || there.iter().any(|(_, cluster)| cluster == at))
        .collect();
    let groups = nearest_centroid(rows.view(), centres.select(Axis(0), &kept).view());
    let names = there
        .iter()
        .filter_map(|(seed, cluster)| Some((seed.name.clone(), kept.iter().position(|centre| centre == cluster)?)));
    let names: Vec<(String, usize)> = names.collect();
    let notices = absent(seeds, &names);
    let mut all = vec![None; averaged.nrows()];
    papers.iter().zip(groups).for_each(|(&paper, group)| all[paper] = Some(group));
    let mut count = found.count;
    count.k = kept.len();
    count.reason = format!("{}; {} of {} seed themes are there", count.reason, names.len(), seeds.len());
    Seeded { clusters: Clusters { groups: all, memberships: Vec::new(), count }, names, notices }
}

/// Where a seed lies in the averaged embedding: the mean of the papers nearest to its terms. `None` where no term is known.
fn place(
    seed: &Seed,
    matrix: &TermMatrix,
    embedding: &Embedding,
    averaged: &Array2<f32>,
    papers: &[usize],
) -> Option<Array1<f32>> {
    let mut point = Array2::zeros((1, embedding.projection.ncols()));
    for &term in &seed.terms {
        let idf = matrix.vocabulary.idf[term as usize];
        point.row_mut(0).scaled_add(idf, &embedding.projection.row(term as usize));
    }
    normalise_rows(&mut point);
    let mut near: Vec<(usize, f32)> =
        papers.iter().map(|&paper| (paper, embedding.rows.row(paper).dot(&point.row(0)))).collect();
    near.retain(|(_, cosine)| *cosine > 0.0);
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    near.truncate(AROUND.min(papers.len() / 20).max(1));
    if near.is_empty() {
        return None;
    }
    let mut mean = Array2::zeros((1, averaged.ncols()));
    for (paper, cosine) in near {
        mean.row_mut(0).scaled_add(cosine, &averaged.row(paper));
    }
    normalise_rows(&mut mean);
    Some(mean.row(0).to_owned())
}

/// Centres to go on from, and which of them is each seed's. A seed that lies in a cluster as near to its centre as its papers do on
/// average takes that centre's place, so that one theme does not become two; any other is added.
fn start(averaged: &Array2<f32>, found: &Clusters, placed: &[(&Seed, Array1<f32>)]) -> (Array2<f32>, Vec<usize>) {
    let mut centres = centroids(averaged.view(), &found.groups, found.count.k);
    let typical = typical(averaged, &found.groups, &centres);
    let mut taken = vec![false; found.count.k];
    let mut cluster_of = Vec::new();
    for (_, point) in placed {
        let cosine = |cluster: usize| centres.row(cluster).dot(point);
        let free = (0..found.count.k).filter(|&cluster| !taken[cluster] && cosine(cluster) >= typical[cluster]);
        let nearest = free.reduce(|best, next| if cosine(next) > cosine(best) { next } else { best });
        if let Some(cluster) = nearest {
            taken[cluster] = true;
            cluster_of.push(cluster);
        } else {
            cluster_of.push(centres.nrows());
            let added: ArrayView1<'_, f32> = point.view();
            if centres.push_row(added).is_err() {
                cluster_of.pop();
            }
        }
    }
    (centres, cluster_of)
}

/// Mean cosine between the papers of each cluster and its centre.
fn typical(averaged: &Array2<f32>, groups: &[Option<usize>], centres: &Array2<f32>) -> Vec<f32> {
    let mut sums = vec![(0.0_f32, 0_u32); centres.nrows()];
    for (row, group) in averaged.rows().into_iter().zip(groups) {
        if let Some(group) = *group {
            sums[group] = (sums[group].0 + row.dot(&centres.row(group)), sums[group].1 + 1);
        }
    }
    sums.into_iter().map(|(sum, papers)| sum / papers.max(1) as f32).collect()
}

/// Position of every seed's theme: that of any of its papers.
#[must_use]
pub fn positions(
    names: &[(String, usize)],
    clusters: &[Option<usize>],
    themes: &[Option<usize>],
) -> Vec<(String, usize)> {
    let position = |cluster: usize| themes[clusters.iter().position(|of| *of == Some(cluster))?];
    names.iter().filter_map(|(name, cluster)| Some((name.clone(), position(*cluster)?))).collect()
}

/// Gives the themes of seeds their names; a theme that is no seed's but has the same name is called by its best other term.
pub fn name(themes: &mut [Theme], seeds: &[(String, usize)]) {
    for (name, position) in seeds {
        themes[*position].name.clone_from(name);
    }
    let of_seed = |position: usize| seeds.iter().any(|(_, of)| *of == position);
    for position in (0..themes.len()).filter(|&position| !of_seed(position)) {
        let taken = |name: &str| {
            themes
                .iter()
                .enumerate()
                .any(|(at, other)| at != position && other.name.to_lowercase() == name.to_lowercase())
        };
        if taken(&themes[position].name) {
            let other = themes[position].terms.iter().map(|term| term.display.clone()).find(|term| !taken(term));
            let name = other.unwrap_or_else(|| format!("{} ({})", themes[position].name, position + 1));
            themes[position].name = name;
        }
    }
}

fn members(papers: &[usize], groups: &[usize], cluster: usize) -> Vec<usize> {
    papers.iter().zip(groups).filter(|(_, group)| **group == cluster).map(|(&paper, _)| paper).collect()
}

/// Whether at least half of the papers contain a term of the seed.
fn is_there(matrix: &TermMatrix, seed: &Seed, members: &[usize]) -> bool {
    let matches = |paper: usize| matrix.row(paper).0.iter().any(|term| seed.terms.binary_search(term).is_ok());
    members.len() >= FEWEST_PAPERS && 2 * members.iter().filter(|&&paper| matches(paper)).count() >= members.len()
}

/// A notice for every seed that is not there.
fn absent(seeds: &[Seed], there: &[(String, usize)]) -> Vec<Notice> {
    let why = |seed: &Seed| {
        if seed.terms.is_empty() {
            "none of its words stands in enough papers"
        } else {
            "too few papers belong together by its words"
        }
    };
    seeds
        .iter()
        .filter(|seed| !there.iter().any(|(name, _)| *name == seed.name))
        .map(|seed| Notice {
            severity: Severity::Warning,
            // The file may lie anywhere, and a run depends on its content only.
            file: None,
            line: None,
            found: format!("the seed theme `{}` is empty: {}", seed.name, why(seed)),
            expected: String::new(),
            hint: "look at the terms of the themes for the words that these papers use".to_owned(),
        })
        .collect()
}
