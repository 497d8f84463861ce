//! Papers and a plan of settings to a finished sweep: every run, how the settings compare, which themes come back. The stages that
//! runs share run once. Draws, prints and writes nothing.

mod judge;
mod kept;
mod plan;
mod recommend;
mod runs;

pub use judge::judge;
pub use kept::{kept_run, run_bytes};
pub use plan::{GivenAxis, SweepPlan, plan};
pub use runs::{SweepLoad, check_sweep, run_sweep};

#[cfg(test)]
mod tests;
