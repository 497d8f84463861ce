//! A run of a sweep to the bytes that the sweep's folder keeps of it, and back. Numbers in them begin at 1, as in the tables.
//! Knows no folder and no file name.

use super::plan::SweepPlan;
use model::{SweepMeasures, SweepRun};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Kept {
    sweep_id: String,
    setting: usize,
    seed: u64,
    measures: SweepMeasures,
    names: Vec<String>,
    /// By paper: number of its theme, or none.
    theme: Vec<Option<usize>>,
}

/// One line of JSON, keys in alphabetical order.
#[must_use]
pub fn run_bytes(run: &SweepRun, sweep_id: &str) -> Vec<u8> {
    let theme: Vec<Option<usize>> = run.theme.iter().map(|theme| theme.map(|at| at + 1)).collect();
    let kept = json!({
        "sweep_id": sweep_id, "setting": run.setting + 1, "seed": run.seed, "measures": run.measures,
        "names": run.names, "theme": theme,
    });
    format!("{kept}\n").into_bytes()
}

/// The run that was kept; `None` where the bytes are damaged, or are no run of this plan over so many papers.
#[must_use]
pub fn kept_run(bytes: &[u8], sweep_id: &str, plan: &SweepPlan, papers: usize) -> Option<SweepRun> {
    let Kept { sweep_id: of, setting, seed, measures, names, theme } = serde_json::from_slice(bytes).ok()?;
    let setting = setting.checked_sub(1)?;
    let numbers = 1..=names.len();
    let whole = theme.len() == papers && theme.iter().flatten().all(|number| numbers.contains(number));
    let planned = setting < plan.settings.len() && plan.seeds.contains(&seed);
    let theme = theme.into_iter().map(|number| number.map(|number| number - 1)).collect();
    (of == sweep_id && whole && planned).then_some(SweepRun { setting, seed, measures, names, theme })
}
