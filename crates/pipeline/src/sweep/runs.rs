//! A plan and papers to runs: text once for all runs with the same words, the embedding once for all runs that share it, and the
//! groupings in it side by side, as far as memory allows. A run is the same whichever others are made beside it.

use super::plan::SweepPlan;
use crate::analyse::check_themes;
use crate::{AnalyseError, Settings, Stage, seed_themes::seeds};
use model::{Documents, SweepMeasures, SweepRun, TermMatrix};
use papers::Reading;
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};
use themes::Prepared;

/// Settings of the themes stage that the embedding depends on; with those of the text stage, runs that agree on them share it.
const EMBEDDING: [&str; 4] = ["max-dimensions", "neighbours", "averaging-rounds", "seed"];
/// Papers of which every pair is compared, at most, and bytes that this takes: distances of pairs, and copies of the embedding in
/// eight views for ten fits each.
const COMPARED: u64 = 4_000;
const COMPARING: u64 = 350 << 20;
/// Copies of the embedding that a run makes.
const COPIES: u64 = 5;

/// What a sweep may take.
#[derive(Debug, Clone, Copy)]
pub struct SweepLoad {
    /// Bytes for the runs that are made at the same time.
    pub memory: u64,
}

impl SweepLoad {
    /// Runs at the same time for so many papers: at least one, at most one a thread.
    #[must_use]
    pub fn at_once(self, papers: usize, settings: &Settings) -> usize {
        let papers = papers as u64;
        let compared = COMPARING * papers.min(COMPARED).pow(2) / COMPARED.pow(2);
        let one = compared + COPIES * papers * settings.themes.max_dimensions as u64 * 4;
        ((self.memory / one.max(1)) as usize).clamp(1, rayon::current_num_threads())
    }
}

/// A run that is to be made.
struct Task {
    /// What the text stage reads, and what the embedding depends on besides.
    text: Vec<String>,
    embedding: Vec<String>,
    setting: usize,
    settings: Settings,
}

/// Whether the plan can be run on so many papers.
///
/// # Errors
/// Where a setting asks for more themes than there are papers.
pub fn check_sweep(plan: &SweepPlan, papers: usize) -> Result<(), AnalyseError> {
    check_themes(plan.settings.iter().filter_map(|(_, settings)| settings.themes.themes).max(), papers)
}

/// Makes every run of the plan that is not `done`; `made` is told each as it is finished, on any thread and in any order, and says
/// whether to go on.
///
/// # Errors
/// Where a setting asks for what these papers cannot give.
pub fn run_sweep(
    reading: &Reading,
    plan: &SweepPlan,
    done: &[(usize, u64)],
    load: SweepLoad,
    made: &(dyn Fn(SweepRun) -> bool + Sync),
) -> Result<(), AnalyseError> {
    let documents = reading.papers.documents();
    let papers = reading.papers.len();
    check_sweep(plan, papers)?;
    let stop = AtomicBool::new(false);
    for same_text in tasks(plan, done).chunk_by(|a, b| a.text == b.text) {
        let matrix = text::term_matrix(&documents, &same_text[0].settings.text);
        for same in same_text.chunk_by(|a, b| a.embedding == b.embedding) {
            let prepared = themes::prepare(&matrix, &same[0].settings.themes);
            for side_by_side in same.chunks(load.at_once(papers, &same[0].settings)) {
                side_by_side.par_iter().try_for_each(|task| {
                    let run = grouped(&documents, &matrix, &prepared, task)?;
                    // Whoever is told has met an obstacle: nothing more is begun.
                    stop.fetch_or(!made(run), Ordering::Relaxed);
                    Ok::<(), AnalyseError>(())
                })?;
                if stop.load(Ordering::Relaxed) {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}

/// What is left to do, in an order in which runs that share a stage stand together.
fn tasks(plan: &SweepPlan, done: &[(usize, u64)]) -> Vec<Task> {
    let left = plan.runs().into_iter().filter(|run| !done.contains(run));
    let mut tasks: Vec<Task> = left.map(|(setting, seed)| task(plan, setting, seed)).collect();
    tasks.sort_by(|a, b| (&a.text, &a.embedding, a.setting).cmp(&(&b.text, &b.embedding, b.setting)));
    tasks
}

fn task(plan: &SweepPlan, setting: usize, seed: u64) -> Task {
    let mut settings = plan.settings[setting].1.clone();
    settings.themes.seed = seed;
    let values = |wanted: &dyn Fn(&crate::Setting) -> bool| {
        Settings::all().filter(|setting| wanted(setting)).map(|setting| setting.value(&settings)).collect::<Vec<_>>()
    };
    let text = values(&|setting| setting.stage == Stage::Text);
    let embedding = values(&|setting| EMBEDDING.contains(&setting.name));
    Task { text, embedding, setting, settings }
}

fn grouped(
    documents: &Documents<'_>,
    matrix: &TermMatrix,
    prepared: &Prepared,
    task: &Task,
) -> Result<SweepRun, AnalyseError> {
    let settings = &task.settings;
    let found = themes::find_prepared(matrix, prepared, &seeds(&settings.seed_themes, matrix), &settings.themes)?;
    let coherence = themes::coherence(documents, matrix, &found);
    Ok(SweepRun {
        setting: task.setting,
        seed: settings.themes.seed,
        measures: SweepMeasures {
            themes: found.themes.len(),
            silhouette: found.quality.silhouette,
            npmi: coherence.npmi,
            c_v: coherence.c_v,
            diversity: coherence.diversity,
            left_out: found.quality.left_out,
        },
        names: found.themes.into_iter().map(|theme| theme.name).collect(),
        theme: found.assignment.theme,
    })
}
