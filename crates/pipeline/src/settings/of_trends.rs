//! The settings of measuring trends. Its day of today and its seed are those of the stages before.

use super::{
    field::{field, words},
    setting::Setting,
    takes::Takes,
};
use crate::Stage;
use model::{BinUnit, Clock};
use trends::{TrendSettings, Weight};

/// A field that is forgotten below does not compile here.
const _: fn(TrendSettings) = |TrendSettings {
                                  bin: _,
                                  clock: _,
                                  as_of: _,
                                  from: _,
                                  to: _,
                                  weight: _,
                                  window: _,
                                  q: _,
                                  flat_margin: _,
                                  shuffles: _,
                                  seed: _,
                              }| ();

pub(super) const ALL: &[Setting] = &[
    Setting {
        name: "bin",
        about: "Width of a time bin",
        takes: Takes::Words(words::<BinUnit>),
        unset: Some("auto"),
        stage: Stage::Trends,
        field: field!(trends.bin),
    },
    Setting {
        name: "clock",
        about: "Which date counts: the paper's own, or the day it was listed; auto: the latter for day-by-day listings",
        takes: Takes::Words(words::<Clock>),
        unset: Some("auto"),
        stage: Stage::Trends,
        field: field!(trends.clock),
    },
    Setting {
        name: "from",
        about: "First day of the trends; themes are found from all papers",
        takes: Takes::Day,
        unset: Some("first day"),
        stage: Stage::Trends,
        field: field!(trends.from),
    },
    Setting {
        name: "to",
        about: "Last day of the trends; themes are found from all papers",
        takes: Takes::Day,
        unset: Some("newest day"),
        stage: Stage::Trends,
        field: field!(trends.to),
    },
    Setting {
        name: "weight",
        about: "What a paper counts: one, or beside that as much as it has upvotes",
        takes: Takes::Words(words::<Weight>),
        unset: None,
        stage: Stage::Trends,
        field: field!(trends.weight),
    },
    Setting {
        name: "window",
        about: "Finished bins that a recent verdict looks back over",
        takes: Takes::Whole(4, 2000),
        unset: None,
        stage: Stage::Trends,
        field: field!(trends.window),
    },
    Setting {
        name: "q",
        about: "False-discovery rate that verdicts, bursts, latest bins and drifting terms are held to",
        takes: Takes::Number { least: 0.0, most: 0.5, or_least: false },
        unset: None,
        stage: Stage::Trends,
        field: field!(trends.q),
    },
    Setting {
        name: "flat-margin",
        about: "Largest change of share that still counts as none; for small themes half of their share is taken",
        takes: Takes::Number { least: 0.0, most: 1.0, or_least: false },
        unset: None,
        stage: Stage::Trends,
        field: field!(trends.flat_margin),
    },
    Setting {
        name: "shuffles",
        about: "Times that dates are shuffled to judge bursts",
        takes: Takes::Whole(99, 100_000),
        unset: None,
        stage: Stage::Trends,
        field: field!(trends.shuffles),
    },
];
