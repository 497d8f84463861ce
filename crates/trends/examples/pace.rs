//! Prints how long the whole trend stage takes on 10,000 papers and 40 themes with bursts, drift and 40 refits.
//!
//! `cargo run --release -p papertide-trends --example pace`; to reach: 10 s on two cores.

#![expect(clippy::print_stdout, reason = "the figure is what the program is for")]

use model::{Day, TermMatrix, ThemeId, Vocabulary};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use std::time::Instant;
use trends::{TrendInput, TrendSettings, measure};

const PAPERS: usize = 10_000;
const THEMES: usize = 40;
const REFITS: usize = 40;
const TERMS: usize = 8_000;
const TERMS_A_PAPER: usize = 60;

fn main() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
    let first = Day::constant(2023, 1, 2);
    let published: Vec<Option<Day>> =
        (0..PAPERS).map(|_| Some(first.saturating_add(jiff::Span::new().days(random.gen_range(0..728_i64))))).collect();
    let theme: Vec<Option<usize>> = (0..PAPERS).map(|_| Some(random.gen_range(0..THEMES))).collect();
    let again = |random: &mut Xoshiro256PlusPlus| {
        theme.iter().map(|t| if random.gen_bool(0.9) { *t } else { Some(random.gen_range(0..THEMES)) }).collect()
    };
    let refits: Vec<Vec<Option<usize>>> = (0..REFITS).map(|_| again(&mut random)).collect();
    let themes: Vec<ThemeId> = (1..=THEMES as u32).map(ThemeId).collect();
    let terms = terms(&mut random);
    let input = TrendInput {
        published: &published,
        seen: &vec![None; PAPERS],
        upvotes: &[],
        theme: &theme,
        themes: &themes,
        terms: Some(&terms),
        refits: &refits,
    };
    let begun = Instant::now();
    let trends = measure(&input, &TrendSettings::default());
    let bins = trends.timeline.map_or(0, |timeline| timeline.bins.len());
    let seconds = begun.elapsed().as_secs_f64();
    println!("{PAPERS} papers, {THEMES} themes, {bins} bins, {REFITS} refits: {seconds:.2} s");
}

/// Terms at random, weights left out: drift counts papers.
fn terms(random: &mut Xoshiro256PlusPlus) -> TermMatrix {
    let names: Vec<String> = (0..TERMS).map(|term| format!("term{term:05}")).collect();
    let mut matrix = TermMatrix { offsets: vec![0], ..TermMatrix::default() };
    for _ in 0..PAPERS {
        let mut row: Vec<u32> = (0..TERMS_A_PAPER).map(|_| random.gen_range(0..TERMS as u32)).collect();
        row.sort_unstable();
        row.dedup();
        matrix.columns.extend(row);
        matrix.offsets.push(matrix.columns.len());
    }
    matrix.weights = vec![0.1; matrix.columns.len()];
    matrix.counts = vec![1; matrix.columns.len()];
    matrix.vocabulary = Vocabulary {
        df: vec![1; TERMS],
        idf: vec![1.0; TERMS],
        words: vec![1; TERMS],
        display: names.clone(),
        terms: names,
        general: Vec::new(),
        ..Vocabulary::default()
    };
    matrix
}
