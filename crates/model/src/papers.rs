//! `Papers`: a polars frame whose schema has been checked, sorted by (published, id), undated papers last.

use crate::{Day, Documents};
use polars::prelude::*;

/// Column names and types of [`Papers`], in order.
///
/// `id`: 16 hex digits, hash of the normalised title. `link`: web address or null. `published`: the paper's own date.
/// `seen`: the day of the page or listing. `authors`: number of authors. `sources`: `file:line`, sorted.
#[must_use]
pub fn schema() -> Vec<(&'static str, DataType)> {
    vec![
        ("id", DataType::String),
        ("title", DataType::String),
        ("abstract", DataType::String),
        ("published", DataType::Date),
        ("seen", DataType::Date),
        ("authors", DataType::UInt32),
        ("organisation", DataType::String),
        ("comments", DataType::UInt32),
        ("upvotes", DataType::UInt32),
        ("link", DataType::String),
        ("sources", DataType::List(Box::new(DataType::String))),
    ]
}

/// Why a frame is not `Papers`.
#[derive(Debug, thiserror::Error)]
pub enum PapersError {
    #[error("column {index} is `{found}`, expected `{expected}`")]
    Column { index: usize, found: String, expected: String },
    #[error("`{column}` holds nulls, which it must not")]
    Null { column: &'static str },
    #[error("rows {row} and {next} are not in the order of (published, id)")]
    Order { row: usize, next: usize },
    #[error(transparent)]
    Polars(#[from] PolarsError),
}

/// Distinct papers: a frame with the columns of [`schema`], one chunk a column,
/// sorted by (published, id) with undated papers last; id, title and abstract never null.
#[derive(Debug, Clone)]
pub struct Papers(DataFrame);

impl Papers {
    /// Checks the frame and takes it.
    ///
    /// # Errors
    /// Where columns, types, nulls or order are not as promised.
    pub fn new(mut frame: DataFrame) -> Result<Self, PapersError> {
        frame.rechunk_mut();
        check_columns(&frame)?;
        check_nulls(&frame)?;
        let papers = Self(frame);
        papers.check_order()?;
        Ok(papers)
    }

    #[must_use]
    pub fn frame(&self) -> &DataFrame {
        &self.0
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.0.height()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Borrowed title and abstract of every paper.
    #[must_use]
    pub fn documents(&self) -> Documents<'_> {
        Documents { titles: self.text("title"), abstracts: self.text("abstract") }
    }

    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        self.text("id")
    }

    #[must_use]
    pub fn links(&self) -> Vec<Option<&str>> {
        self.optional_text("link")
    }

    #[must_use]
    pub fn published(&self) -> Vec<Option<Day>> {
        self.days("published")
    }

    #[must_use]
    pub fn seen(&self) -> Vec<Option<Day>> {
        self.days("seen")
    }

    #[must_use]
    pub fn upvotes(&self) -> Vec<Option<u32>> {
        self.column("upvotes").u32().map_or_else(|_| Vec::new(), |c| c.iter().collect())
    }

    fn column(&self, name: &str) -> &Series {
        // The constructor has checked that the column is there; an absent one is a programming error.
        #[expect(clippy::expect_used, reason = "checked in Papers::new")]
        self.0.column(name).expect("checked in Papers::new").as_materialized_series()
    }

    fn optional_text(&self, name: &str) -> Vec<Option<&str>> {
        self.column(name).str().map_or_else(|_| Vec::new(), |c| c.iter().collect())
    }

    fn text(&self, name: &str) -> Vec<&str> {
        self.optional_text(name).into_iter().map(Option::unwrap_or_default).collect()
    }

    fn days(&self, name: &str) -> Vec<Option<Day>> {
        self.column(name)
            .date()
            .map_or_else(|_| Vec::new(), |c| c.physical().iter().map(|d| d.and_then(day_from_epoch)).collect())
    }

    fn check_order(&self) -> Result<(), PapersError> {
        let (dates, ids) = (self.published(), self.ids());
        let key = |row: usize| (dates[row].is_none(), dates[row], ids[row]);
        match (1..self.len()).find(|&row| key(row - 1) >= key(row)) {
            Some(row) => Err(PapersError::Order { row: row - 1, next: row }),
            None => Ok(()),
        }
    }
}

fn check_columns(frame: &DataFrame) -> Result<(), PapersError> {
    let found: Vec<String> = frame.columns().iter().map(|c| format!("{}: {}", c.name(), c.dtype())).collect();
    let expected: Vec<String> = schema().iter().map(|(n, t)| format!("{n}: {t}")).collect();
    for index in 0..found.len().max(expected.len()) {
        let at = |v: &[String]| v.get(index).cloned().unwrap_or_else(|| "nothing".to_owned());
        if at(&found) != at(&expected) {
            return Err(PapersError::Column { index, found: at(&found), expected: at(&expected) });
        }
    }
    Ok(())
}

fn check_nulls(frame: &DataFrame) -> Result<(), PapersError> {
    for column in ["id", "title", "abstract", "sources"] {
        if frame.column(column)?.null_count() > 0 {
            return Err(PapersError::Null { column });
        }
    }
    Ok(())
}

/// Days since 1970-01-01 as polars stores dates.
#[must_use]
pub fn day_to_epoch(day: Day) -> i32 {
    (day - Day::constant(1970, 1, 1)).get_days()
}

/// The inverse of [`day_to_epoch`]; `None` beyond the years that a [`Day`] can hold.
#[must_use]
pub fn day_from_epoch(days: i32) -> Option<Day> {
    Day::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}
