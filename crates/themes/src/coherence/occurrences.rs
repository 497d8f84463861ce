//! Texts and the words of every theme to how many papers, and how many sliding windows, hold each word and each pair.
//! Divides nothing: probabilities and measures are made in `mod.rs`.

use crate::coherence::words::{stop_words, words};
use model::Documents;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Words a window of `c_v` (Röder, Both and Hinneburg 2015). A shorter text is one window.
pub const WINDOW: usize = 110;
/// Papers counted by one thread at a time.
const CHUNK: usize = 512;

/// How many papers, and how many windows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub papers: u64,
    pub windows: u64,
}

/// Where the words of one theme occur. `m` words have `m` single tallies and `m (m - 1) / 2` pairs, by [`pair`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Occurrences {
    pub single: Vec<Tally>,
    pub pairs: Vec<Tally>,
}

/// Position of the pair of words `a < b`.
#[must_use]
pub fn pair(a: usize, b: usize) -> usize {
    b * (b - 1) / 2 + a
}

/// All papers and windows, and the occurrences of each theme's words. `themes`: the words of every theme, lower-case.
#[must_use]
pub fn count(documents: &Documents<'_>, themes: &[Vec<String>]) -> (Tally, Vec<Occurrences>) {
    let wanted = wanted(themes);
    let starts: Vec<usize> = (0..documents.titles.len()).step_by(CHUNK).collect();
    let parts: Vec<(Tally, Vec<Occurrences>)> = starts
        .into_par_iter()
        .map(|start| {
            let mut part = (Tally::default(), blank(themes));
            for paper in start..(start + CHUNK).min(documents.titles.len()) {
                add_paper([documents.titles[paper], documents.abstracts[paper]], &wanted, &mut part);
            }
            part
        })
        .collect();
    parts.into_iter().fold((Tally::default(), blank(themes)), |mut sum, (all, occurrences)| {
        add(&mut sum.0, all);
        for (sum, part) in sum.1.iter_mut().zip(occurrences) {
            sum.single.iter_mut().zip(part.single).for_each(|(sum, tally)| add(sum, tally));
            sum.pairs.iter_mut().zip(part.pairs).for_each(|(sum, tally)| add(sum, tally));
        }
        sum
    })
}

fn add(sum: &mut Tally, tally: Tally) {
    sum.papers += tally.papers;
    sum.windows += tally.windows;
}

fn blank(themes: &[Vec<String>]) -> Vec<Occurrences> {
    let of = |words: &Vec<String>| Occurrences {
        single: vec![Tally::default(); words.len()],
        pairs: vec![Tally::default(); words.len() * words.len().saturating_sub(1) / 2],
    };
    themes.iter().map(of).collect()
}

/// The themes that ask for each word, and its place there; nothing for stop words, which are no words.
fn wanted(themes: &[Vec<String>]) -> FxHashMap<&str, Option<Vec<(usize, usize)>>> {
    let mut wanted: FxHashMap<&str, Option<Vec<(usize, usize)>>> = FxHashMap::default();
    for (theme, words) in themes.iter().enumerate() {
        for (place, word) in words.iter().enumerate() {
            wanted.entry(word).or_default().get_or_insert_default().push((theme, place));
        }
    }
    wanted.extend(stop_words().into_iter().map(|word| (word, None)));
    wanted
}

/// A word of a theme in one paper: theme, place in the theme, and the position among the paper's words.
type Found = (usize, usize, usize);

fn add_paper(
    texts: [&str; 2],
    wanted: &FxHashMap<&str, Option<Vec<(usize, usize)>>>,
    (all, occurrences): &mut (Tally, Vec<Occurrences>),
) {
    let (mut found, mut length): (Vec<Found>, usize) = (Vec::new(), 0);
    for text in texts {
        words(text, |word| {
            let places = match wanted.get(word) {
                Some(None) => return,
                Some(Some(places)) => &places[..],
                None => &[],
            };
            found.extend(places.iter().map(|&(theme, place)| (theme, place, length)));
            length += 1;
        });
    }
    let windows = length.saturating_sub(WINDOW - 1).max(1);
    add(all, Tally { papers: 1, windows: windows as u64 });
    found.sort_unstable();
    for theme in found.chunk_by(|a, b| a.0 == b.0) {
        add_theme(theme, windows, &mut occurrences[theme[0].0]);
    }
}

fn add_theme(found: &[Found], windows: usize, occurrences: &mut Occurrences) {
    let masks: Vec<(usize, Vec<u64>)> =
        found.chunk_by(|a, b| a.1 == b.1).map(|word| (word[0].1, windows_with(word, windows))).collect();
    for (at, (b, b_mask)) in masks.iter().enumerate() {
        let in_windows = |both: &mut dyn Iterator<Item = u64>| both.map(|bits| u64::from(bits.count_ones())).sum();
        let windows = in_windows(&mut b_mask.iter().copied());
        add(&mut occurrences.single[*b], Tally { papers: 1, windows });
        for (a, a_mask) in &masks[..at] {
            let windows = in_windows(&mut a_mask.iter().zip(b_mask).map(|(a, b)| a & b));
            add(&mut occurrences.pairs[pair(*a, *b)], Tally { papers: 1, windows });
        }
    }
}

/// One bit a window: whether it holds the word at any of its positions, which ascend. Window `i` covers positions `i..i + WINDOW`.
fn windows_with(positions: &[Found], windows: usize) -> Vec<u64> {
    let mut mask = vec![0_u64; windows.div_ceil(64)];
    let mut done = 0;
    for &(_, _, at) in positions {
        let end = at.min(windows - 1) + 1;
        for window in at.saturating_sub(WINDOW - 1).max(done)..end {
            mask[window / 64] |= 1 << (window % 64);
        }
        done = end;
    }
    mask
}
