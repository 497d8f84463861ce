//! Calendar bins: contiguous, half-open, empty ones kept.

use crate::Day;
use serde::{Deserialize, Serialize};

/// Width of a time bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum BinUnit {
    /// ISO week, Monday to Sunday.
    Week,
    Month,
    Quarter,
    Year,
}

/// Which date of a paper counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Clock {
    /// The paper's own date.
    Published,
    /// The day it was listed.
    Seen,
}

/// One bin, `start <= day < end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bin {
    pub start: Day,
    /// Exclusive.
    pub end: Day,
    /// False where the data ends inside the bin: it is drawn hollow and takes part in no test.
    pub finished: bool,
}

/// The bins of a run, in order, without gaps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    pub unit: BinUnit,
    pub clock: Clock,
    pub bins: Vec<Bin>,
    /// The newest day that the data speaks of; the bin it lies in is unfinished unless it is that bin's last day.
    pub as_of: Day,
    /// One sentence: why this unit.
    pub reason: String,
    /// One sentence: why this clock.
    pub clock_reason: String,
}
