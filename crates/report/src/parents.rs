//! Turns the tree of themes into the frame of its merges. Does not merge.

use crate::{ReportError, largest};
use model::Analysis;
use polars::prelude::*;

/// One row a merge of the tree of themes, nearest first: `merge` (from 1), `left_theme` or `left_merge`, `right_theme` or
/// `right_merge` (the other one empty), `distance`, `papers` (in themes below it), `themes` (below it, ";"-separated).
pub fn parents(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let (themes, merges) = (&analysis.themes.themes, &analysis.themes.parents);
    let k = themes.len();
    let theme = |node: usize| themes.get(node).map(|theme| theme.id.0);
    let merge = |node: usize| node.checked_sub(k).map(|at| at as u32 + 1);
    let below = (0..merges.len()).map(|at| themes_below(analysis, k + at));
    let (papers, names): (Vec<u64>, Vec<String>) = below
        .map(|below| {
            let papers = below.iter().map(|&position| themes[position].size as u64).sum::<u64>();
            (papers, below.iter().map(|&p| themes[p].id.0.to_string()).collect::<Vec<_>>().join(";"))
        })
        .unzip();
    Ok(df!(
        "merge" => (1..=merges.len() as u32).collect::<Vec<_>>(),
        "left_theme" => merges.iter().map(|m| theme(m.left)).collect::<Vec<_>>(),
        "left_merge" => merges.iter().map(|m| merge(m.left)).collect::<Vec<_>>(),
        "right_theme" => merges.iter().map(|m| theme(m.right)).collect::<Vec<_>>(),
        "right_merge" => merges.iter().map(|m| merge(m.right)).collect::<Vec<_>>(),
        "distance" => merges.iter().map(|m| m.distance).collect::<Vec<_>>(),
        "papers" => papers,
        "themes" => names,
    )?)
}

/// Positions of the themes below a node of the tree, largest first.
pub fn themes_below(analysis: &Analysis, node: usize) -> Vec<usize> {
    let k = analysis.themes.themes.len();
    let mut open = vec![node];
    let mut themes = Vec::new();
    while let Some(node) = open.pop() {
        if node < k {
            themes.push(node);
        } else {
            open.extend([analysis.themes.parents[node - k].left, analysis.themes.parents[node - k].right]);
        }
    }
    largest::sort(analysis, &mut themes);
    themes
}
