//! Turns a sweep into JSON for programs: settings and themes by their number in the tables. Rounds nothing and leaves nothing out but
//! the groupings, which lie in `runs/`.

use super::MEASURES;
use crate::{ReportError, json_bytes::json_bytes, run_json};
use model::{Spread, Sweep, SweepMeasures, SweepSetting, SweptTheme};
use serde_json::{Map, Value, json};

/// The bytes of the file.
pub fn bytes(sweep: &Sweep) -> Result<Vec<u8>, ReportError> {
    json_bytes(&value(sweep))
}

fn value(sweep: &Sweep) -> Value {
    let fixed: Map<String, Value> =
        sweep.fixed.iter().map(|s| (s.name.clone(), Value::from(s.value.as_str()))).collect();
    json!({
        "sweep_id": sweep.id,
        "version": sweep.version,
        "papers": sweep.papers,
        "inputs": sweep.inputs.iter().map(run_json::input).collect::<Vec<_>>(),
        "fixed": fixed,
        "axes": sweep.axes,
        "seeds": sweep.seeds,
        "settings": (0..sweep.settings.len()).map(|at| setting(sweep, at)).collect::<Vec<_>>(),
        "recommended": sweep.recommended.map(|at| at + 1),
        "reason": sweep.reason,
        "themes": (0..sweep.themes.len()).map(|at| theme(at, &sweep.themes[at])).collect::<Vec<_>>(),
    })
}

fn setting(sweep: &Sweep, at: usize) -> Value {
    let setting: &SweepSetting = &sweep.settings[at];
    let names = sweep.axes.iter().map(|axis| axis.name.clone());
    let values: Map<String, Value> = names.zip(setting.values.iter().map(|v| Value::from(v.as_str()))).collect();
    let spread = |s: Spread| json!({ "mean": s.mean, "low": s.low, "high": s.high });
    let measures: Map<String, Value> =
        MEASURES.iter().map(|m| (m.name.to_owned(), (m.of)(setting).map_or(Value::Null, spread))).collect();
    let runs: Vec<Value> = sweep.seeds.iter().zip(&setting.runs).map(|(seed, found)| run(*seed, found)).collect();
    json!({ "setting": at + 1, "values": values, "measures": measures, "runs": runs })
}

fn run(seed: u64, found: &SweepMeasures) -> Value {
    json!({
        "seed": seed, "themes": found.themes, "silhouette": found.silhouette, "npmi": found.npmi, "c_v": found.c_v,
        "diversity": found.diversity, "left_out": found.left_out,
    })
}

fn theme(at: usize, theme: &SweptTheme) -> Value {
    let split = theme.split.as_ref();
    let with = theme.merged_with.iter().map(|with| json!({ "theme": with.theme + 1, "runs": with.runs }));
    json!({
        "theme": at + 1, "name": theme.name, "papers": theme.papers, "comes_back": theme.comes_back,
        "runs_back": theme.runs_back, "of_runs": theme.of_runs, "split_runs": theme.split_runs,
        "split": split.map(|s| json!({ "setting": s.setting + 1, "seed": s.seed, "parts": s.parts })),
        "merged_runs": theme.merged_runs, "merged_with": with.collect::<Vec<_>>(),
    })
}
