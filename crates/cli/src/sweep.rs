//! `papertide sweep`: the same papers under many settings, each run kept as soon as it is made, so that a sweep that was killed
//! goes on where it was. Everything is checked before the first run.

use crate::{
    checked_run::mistake,
    console,
    effective::{self, Effective, Origin},
    json,
    outcome::{self, Failure},
    progress::{Progress, RunProgress},
    reading,
    sweep_args::{self, SweepOptions},
};
use model::{Severity, Sweep, SweepRun};
use pipeline::{Reading, Stage, SweepLoad, SweepPlan};
use serde_json::json;
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use store::{StoreError, SweepFolder};

/// Memory where the machine does not say what it has.
const USUAL_MEMORY: u64 = 2 << 30;

pub fn run(options: &SweepOptions) -> Result<(), Failure> {
    outcome::of(&options.input.manner, || sweep(options))
}

fn sweep(options: &SweepOptions) -> Result<(), Failure> {
    let axes = sweep_args::axes(&options.set)?;
    let base = effective::put(&without_previous(effective::effective(&options.settings)?)?)?;
    let random = options.random.map(|random| random as usize);
    let plan = pipeline::plan(&base, &axes, options.seeds, random).map_err(Failure::Refused)?;
    if let Some(folder) = &options.output {
        SweepFolder::check(folder)?;
    }
    let quiet = options.input.manner.quiet;
    let progress = Progress::new(quiet);
    progress.begin(Stage::Papers);
    let reading = reading::read(&options.input.inputs, &base.read)?;
    drop(progress);
    pipeline::check_sweep(&plan, reading.papers.len()).map_err(|error| effective::refused(&error))?;
    let id = plan.id(&reading.sources);
    let path = options.output.clone().unwrap_or_else(|| Path::new("sweeps").join(&id));
    let folder = SweepFolder::open(&path, &described(&plan, &id, &reading))?;
    let kept = kept(&folder, &plan, &id, &reading)?;
    let resumed = kept.len();
    let load = SweepLoad { memory: options.memory.unwrap_or_else(half_of_memory) };
    let runs = made(&reading, &plan, kept, load, &Keeper { folder: &folder, id: &id }, quiet)?;
    let sweep = pipeline::judge(&reading, &plan, runs);
    let bundle = pipeline::sweep(&sweep).map_err(|error| mistake(&error.to_string()))?;
    folder.finish(&bundle)?;
    console::write_notices(&mut anstream::stderr(), &reading.notices, Severity::Warning)?;
    tell(options, &sweep, &path, resumed)
}

/// The settings but for the previous run, which changes no theme and which a sweep goes on from as little as one of its runs from
/// another: a settings file or an environment that is there for reports may name it all the same.
fn without_previous(effective: Vec<Effective>) -> Result<Vec<Effective>, Failure> {
    let typed = effective.iter().find(|e| e.setting.takes.is_run() && e.origin == Origin::Option);
    if let Some(Effective { setting, typed, .. }) = typed {
        return Err(Failure::Environment {
            what: format!("--{} {typed}: a sweep goes on from no run, expected no such option", setting.name),
            hint: format!("leave --{} to `papertide report`", setting.name),
        });
    }
    Ok(effective.into_iter().filter(|effective| !effective.setting.takes.is_run()).collect())
}

/// What the sweep is, for its folder: the same command finds it there again.
fn described(plan: &SweepPlan, id: &str, reading: &Reading) -> Vec<u8> {
    let input = |source: &model::SourceSummary| json!({ "name": source.name, "blake3": source.blake3 });
    let described = json!({
        "sweep_id": id, "version": pipeline::VERSION, "axes": plan.axes, "seeds": plan.seeds,
        "settings": plan.settings.len(), "inputs": reading.sources.iter().map(input).collect::<Vec<_>>(),
    });
    format!("{described:#}\n").into_bytes()
}

/// Where runs are kept, and for which sweep.
struct Keeper<'a> {
    folder: &'a SweepFolder,
    id: &'a str,
}

impl Keeper<'_> {
    fn keep(&self, run: &SweepRun) -> Result<(), StoreError> {
        self.folder.add(&name(run.setting, run.seed), &pipeline::run_bytes(run, self.id))
    }
}

fn name(setting: usize, seed: u64) -> String {
    format!("{:04}-seed-{seed}.json", setting + 1)
}

/// The runs that the folder holds. What is damaged, or of no run of this sweep, is made again.
fn kept(folder: &SweepFolder, plan: &SweepPlan, id: &str, reading: &Reading) -> Result<Vec<SweepRun>, Failure> {
    let usable = |(file, bytes): (String, Vec<u8>)| {
        let run = pipeline::kept_run(&bytes, id, plan, reading.papers.len())?;
        (file == name(run.setting, run.seed)).then_some(run)
    };
    Ok(folder.runs()?.into_iter().filter_map(usable).collect())
}

/// The runs that were kept, and all others as they are made.
fn made(
    reading: &Reading,
    plan: &SweepPlan,
    kept: Vec<SweepRun>,
    load: SweepLoad,
    keeper: &Keeper<'_>,
    quiet: bool,
) -> Result<Vec<SweepRun>, Failure> {
    let done: Vec<(usize, u64)> = kept.iter().map(|run| (run.setting, run.seed)).collect();
    let progress = RunProgress::new(plan.runs().len(), done.len(), quiet);
    // One writer at a time: staging folders are made and cleared beside each other.
    let runs = Mutex::new(Ok(kept));
    let keep = |run: SweepRun| {
        let mut runs = runs.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(all) = runs.as_mut() else { return false };
        match keeper.keep(&run) {
            Ok(()) => all.push(run),
            Err(error) => *runs = Err(error),
        }
        progress.step();
        runs.is_ok()
    };
    pipeline::run_sweep(reading, plan, &done, load, &keep).map_err(|error| effective::refused(&error))?;
    Ok(runs.into_inner().unwrap_or_else(PoisonError::into_inner)?)
}

/// Half of the memory of the machine, where it tells.
fn half_of_memory() -> u64 {
    let told = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kilobytes.map_or(USUAL_MEMORY, |kilobytes| kilobytes * 1024 / 2)
}

fn tell(options: &SweepOptions, sweep: &Sweep, folder: &Path, resumed: usize) -> Result<(), Failure> {
    let page: PathBuf = folder.join("sweep.html");
    let mut out = io::stdout().lock();
    if options.input.manner.json {
        writeln!(out, "{}", json::sweep(sweep, folder, resumed))?;
    } else if !options.input.manner.quiet {
        writeln!(out, "sweep:   {}", page.display())?;
        let (settings, seeds) = (sweep.settings.len(), sweep.seeds.len());
        let runs = format!("{} (settings: {settings}, seeds: {seeds})", settings * seeds);
        writeln!(out, "runs:    {runs}, {resumed} of them from before")?;
        writeln!(out, "chosen:  {}", console::plain(&pipeline::sweep_headline(sweep)))?;
        writeln!(out, "because: {}", console::plain(&sweep.reason))?;
        if sweep.themes.iter().any(|theme| theme.comes_back.is_some()) {
            let what = pipeline::sweep_elsewhere_is(sweep);
            writeln!(out, "themes:  with the share of the {what} in which each comes back")?;
        }
        for theme in &sweep.themes {
            // Rounded down, as on the page.
            let percent = |share: f64| format!("{:.0}%", (100.0 * share + 1e-4).floor());
            let share = theme.comes_back.map_or_else(String::new, percent);
            writeln!(out, "{share:>13} {} ({} papers)", console::plain(&theme.name), theme.papers)?;
        }
    }
    Ok(())
}
