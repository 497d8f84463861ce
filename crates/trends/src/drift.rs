//! Turns the terms of a theme's papers into those whose share among them moved: new words inside the theme.
//! Does not see whether the theme grew: shares within its papers are compared, so more papers alone move nothing.
//!
//! Papers of the theme are split at their median day. For a term in `y` of `n` papers of a side the log-odds are
//! `ln (y + a) / (n + s - y - a)`, with the term's share among all papers of the theme as an informative prior worth
//! `s` papers (`a` of them with the term). The difference between the sides over its standard error is about standard
//! normal (Monroe, Colaresi and Quinn 2008, Political Analysis 16, with papers for words: a word that one paper
//! repeats is no drift).

use crate::fdr::benjamini_hochberg;
use crate::tails::normal_two_sided;
use model::{Day, Drift, DriftTerm, TermMatrix};
use rayon::prelude::*;

/// Papers that the prior is worth.
const PRIOR: f64 = 10.0;
/// A side with fewer papers, or a term in fewer papers of both, can show nothing.
const FEWEST_PAPERS: usize = 8;
const FEWEST_WITH_TERM: usize = 5;
/// Papers that are named beside a term.
const NAMED: usize = 10;

/// One theme before the control over all themes: its split, and every term with its two-sided p value.
#[derive(Debug, Clone)]
struct Candidate {
    drift: Drift,
    p: Vec<f64>,
}

/// One entry a theme; `None` where one side has too few papers. `days` and `theme` have an entry a paper; terms are
/// kept where they pass a false-discovery rate of `q` over the terms of all themes.
pub(crate) fn drifts(
    terms: &TermMatrix,
    days: &[Option<Day>],
    theme: &[Option<usize>],
    themes: usize,
    q: f64,
) -> Vec<Option<Drift>> {
    let candidates: Vec<Option<Candidate>> =
        (0..themes).into_par_iter().map(|t| candidate(terms, &papers(days, theme, t))).collect();
    let p: Vec<Option<f64>> = candidates.iter().flatten().flat_map(|c| c.p.iter().copied().map(Some)).collect();
    let mut passed = benjamini_hochberg(&p).into_iter();
    let kept = candidates.into_iter().map(|candidate| {
        let mut drift = candidate?.drift;
        for term in &mut drift.terms {
            term.q = passed.next().flatten().unwrap_or(1.0);
        }
        drift.terms.retain(|term| term.q <= q);
        drift.terms.sort_by(|a, b| b.z.abs().total_cmp(&a.z.abs()).then(a.term.cmp(&b.term)));
        Some(drift)
    });
    kept.collect()
}

/// Rows of the theme's dated papers, oldest first.
fn papers(days: &[Option<Day>], theme: &[Option<usize>], wanted: usize) -> Vec<(Day, usize)> {
    let rows = days.iter().zip(theme).enumerate();
    let mut papers: Vec<(Day, usize)> = rows
        .filter(|(_, (_, theme))| **theme == Some(wanted))
        .filter_map(|(row, (day, _))| Some(((*day)?, row)))
        .collect();
    papers.sort_unstable();
    papers
}

fn candidate(terms: &TermMatrix, papers: &[(Day, usize)]) -> Option<Candidate> {
    let split = papers.get(papers.len() / 2)?.0;
    let earlier = papers.partition_point(|(day, _)| *day < split);
    let later = papers.len() - earlier;
    if earlier < FEWEST_PAPERS || later < FEWEST_PAPERS {
        return None;
    }
    let sides = [earlier, later];
    let found: Vec<DriftTerm> = positions_of_terms(terms, papers)
        .iter()
        .map(|(term, positions)| drift_term(terms, papers, sides, *term, positions))
        .collect();
    let p = found.iter().map(|term| normal_two_sided(term.z)).collect();
    let drift = Drift { split, earlier: count(earlier), later: count(later), terms: found };
    Some(Candidate { drift, p })
}

/// Terms, ascending, that stand in enough of the papers, with the positions of these, ascending.
fn positions_of_terms(terms: &TermMatrix, papers: &[(Day, usize)]) -> Vec<(u32, Vec<usize>)> {
    let spoken = |&(_, row): &(Day, usize)| terms.row(row).0.iter().copied().filter(|term| terms.speaks(*term));
    let mut papers_with = vec![0; terms.n_terms()];
    papers.iter().flat_map(spoken).for_each(|term| papers_with[term as usize] += 1);
    let mut found: Vec<(u32, Vec<usize>)> = Vec::new();
    // Counted first, so that each list is made once and rare terms have none.
    let place: Vec<usize> = (0..)
        .zip(&papers_with)
        .map(|(term, &count)| {
            if count < FEWEST_WITH_TERM {
                return usize::MAX;
            }
            found.push((term, Vec::with_capacity(count)));
            found.len() - 1
        })
        .collect();
    for (position, paper) in papers.iter().enumerate() {
        for term in spoken(paper) {
            if let Some((_, positions)) = found.get_mut(place[term as usize]) {
                positions.push(position);
            }
        }
    }
    found
}

fn drift_term(
    terms: &TermMatrix,
    papers: &[(Day, usize)],
    [earlier, later]: [usize; 2],
    term: u32,
    positions: &[usize],
) -> DriftTerm {
    let (before, after) = positions.split_at(positions.partition_point(|p| *p < earlier));
    let z = log_odds_difference([before.len(), after.len()], [earlier, later]);
    let responsible = if z > 0.0 { after } else { before };
    DriftTerm {
        term,
        display: terms.vocabulary.display[term as usize].clone(),
        earlier: count(before.len()),
        later: count(after.len()),
        z,
        q: 1.0,
        papers: responsible.iter().rev().take(NAMED).map(|position| papers[*position].1).collect(),
    }
}

/// Later less earlier, in standard errors. `with` of `papers` of each side have the term.
fn log_odds_difference(with: [usize; 2], papers: [usize; 2]) -> f64 {
    let share = (with[0] + with[1]) as f64 / (papers[0] + papers[1]) as f64;
    let side = |side: usize| {
        let has = with[side] as f64 + PRIOR * share;
        let lacks = (papers[side] - with[side]) as f64 + PRIOR * (1.0 - share);
        // A term in all papers of both sides lacks nowhere, and does not move.
        if lacks > 0.0 { ((has / lacks).ln(), 1.0 / has + 1.0 / lacks) } else { (0.0, 1.0) }
    };
    let (earlier, later) = (side(0), side(1));
    (later.0 - earlier.0) / (later.1 + earlier.1).sqrt()
}

fn count(papers: usize) -> u32 {
    u32::try_from(papers).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Vocabulary;

    /// 40 papers a day apart; term 0 in all, term 1 in the later half, term 2 in every second paper.
    fn corpus() -> (TermMatrix, Vec<Option<Day>>) {
        let mut terms = TermMatrix { offsets: vec![0], ..TermMatrix::default() };
        for paper in 0..40 {
            let columns = [Some(0), (paper >= 20).then_some(1), (paper % 2 == 0).then_some(2)];
            terms.columns.extend(columns.into_iter().flatten());
            terms.offsets.push(terms.columns.len());
        }
        terms.weights = vec![1.0; terms.columns.len()];
        terms.counts = vec![1; terms.columns.len()];
        let words = ["always", "lately", "now and then"].map(str::to_owned).to_vec();
        terms.vocabulary = Vocabulary { terms: words.clone(), display: words, ..Vocabulary::default() };
        let days = (0..40).map(|d| Some(crate::calendar::shift(Day::constant(2024, 1, 1), d))).collect();
        (terms, days)
    }

    #[test]
    fn the_new_word_is_found_with_its_papers_and_nothing_else() {
        let (terms, days) = corpus();
        let found = drifts(&terms, &days, &[Some(0); 40], 1, 0.1);
        let drift = found[0].as_ref().unwrap();
        assert_eq!((drift.earlier, drift.later, drift.split), (20, 20, Day::constant(2024, 1, 21)));
        let [term] = &drift.terms[..] else { panic!("{drift:?}") };
        assert_eq!((term.display.as_str(), term.earlier, term.later), ("lately", 0, 20));
        assert!(term.z > 4.0);
        assert_eq!(term.papers, (30..40).rev().collect::<Vec<_>>());
    }

    #[test]
    fn too_few_papers_have_no_drift() {
        let (terms, days) = corpus();
        let mut theme = vec![None; 40];
        theme[..15].fill(Some(0));
        assert_eq!(drifts(&terms, &days, &theme, 1, 0.1), [None]);
    }
}
