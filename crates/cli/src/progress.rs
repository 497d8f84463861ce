//! Shows on a terminal which stage is at work. In a pipe, and with `--quiet`, it shows nothing.

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

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
