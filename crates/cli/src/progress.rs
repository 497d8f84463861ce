//! Shows on a terminal which stage is at work, or how many runs of a sweep are left. In a pipe, and with `--quiet`, it shows nothing.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pipeline::Stage;
use std::time::Duration;

/// A line on standard error that goes away when dropped.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    pub fn new(quiet: bool) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(Stage::ALL.len() as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} [{pos}/{len}] {msg} ({elapsed})") {
            bar.set_style(style);
        }
        if !bar.is_hidden() {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Self(bar)
    }

    /// Shows that `stage` has begun.
    pub fn begin(&self, stage: Stage) {
        let position = Stage::ALL.iter().position(|&other| other == stage).unwrap_or(0);
        self.0.set_position(position as u64 + 1);
        self.0.set_message(stage.at_work());
    }
}

/// The same for the runs of a sweep, with the time that is left.
#[derive(Debug)]
pub struct RunProgress(ProgressBar);

impl RunProgress {
    /// `done` of `all` runs are there already.
    pub fn new(all: usize, done: usize, quiet: bool) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(all as u64), target).with_position(done as u64);
        bar.reset_eta();
        if let Ok(style) = ProgressStyle::with_template("{spinner} [{pos}/{len}] runs ({elapsed}, {eta} left)") {
            bar.set_style(style);
        }
        if !bar.is_hidden() {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Self(bar)
    }

    /// One more run is made.
    pub fn step(&self) {
        self.0.inc(1);
    }
}

impl Drop for RunProgress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
