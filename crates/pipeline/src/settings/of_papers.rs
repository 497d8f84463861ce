//! The settings of reading papers.

use super::{field::field, setting::Setting, takes::Takes};
use crate::Stage;
use papers::ReadSettings;

/// A field that is forgotten below does not compile here.
const _: fn(ReadSettings) = |ReadSettings { page_year: _, columns: _, as_of: _ }| ();

pub(super) const ALL: &[Setting] = &[
    Setting {
        name: "as-of",
        about: "Read nothing that was published or listed after this day",
        takes: Takes::Day,
        unset: Some("newest day"),
        stage: Stage::Papers,
        // The day that counts as today is the same for all stages.
        field: field!(read.as_of, trends.as_of),
    },
    Setting {
        name: "page-year",
        about: "Year of the dates that pages give without one; inferred, and said why, where it is not given",
        takes: Takes::Whole(1900, 2200),
        unset: Some("inferred"),
        stage: Stage::Papers,
        field: field!(read.page_year),
    },
    Setting {
        name: "columns",
        about: "Names of the columns in tables: title=...,abstract=...,date=...,id=...",
        takes: Takes::Columns,
        unset: Some("usual names"),
        stage: Stage::Papers,
        field: field!(read.columns),
    },
];
