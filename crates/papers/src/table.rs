//! A polars frame, of CSV or Parquet, into entries: every needed column becomes cells by its type.
//! It does not read files and does not choose columns.

use crate::columns::{Columns, Field};
use crate::entry::error;
use crate::rows::{Cell, Rows};
use model::papers::day_from_epoch;
use model::{Day, Notice};
use polars::prelude::*;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Rows that one thread turns into entries at once.
const BLOCK: usize = 1_024;

/// Adds every row of `frame`, whose columns are those of `columns` in ascending order of their places.
/// `lines` holds the line of each row.
///
/// # Errors
/// Where a column's type cannot hold its field.
pub fn add_rows(rows: &mut Rows, frame: &DataFrame, columns: &Columns, lines: &[u64]) -> Result<(), Notice> {
    let mut places: Vec<usize> = columns.values().copied().collect();
    places.sort_unstable();
    places.dedup();
    let mut values = Vec::with_capacity(places.len());
    for column in frame.columns() {
        values.push(Values::of(column.as_materialized_series())?);
    }
    let by_field: BTreeMap<Field, &Values> = columns
        .iter()
        .filter_map(|(field, place)| Some((*field, values.get(places.binary_search(place).ok()?)?)))
        .collect();
    let block = |(block, lines): (usize, &[u64])| {
        let mut rows = Rows::default();
        for (row, &line) in (block * BLOCK..).zip(lines) {
            rows.add(line, |field| by_field.get(&field).map_or(Cell::Empty, |values| values.cell(row)));
        }
        rows
    };
    let blocks: Vec<Rows> = lines.par_chunks(BLOCK).enumerate().map(block).collect();
    for block in blocks {
        rows.append(block);
    }
    Ok(())
}

/// One column, in the type in which its cells are read; one entry a row.
enum Values {
    Text(StringChunked),
    Whole(Int64Chunked),
    Fraction(Float64Chunked),
    Days(Vec<Option<Day>>),
    Lists(Vec<Option<usize>>),
    Nothing,
}

impl Values {
    fn of(series: &Series) -> Result<Self, Notice> {
        let refused = |problem: PolarsError| unusable(series, &problem.to_string());
        let cast = |target: &DataType| series.cast(target).map_err(refused);
        Ok(match series.dtype() {
            DataType::Null | DataType::Boolean => Self::Nothing,
            DataType::Date => {
                Self::Days(series.date().map_err(refused)?.physical().iter().map(day_of_number).collect())
            }
            DataType::Datetime(unit, _) => Self::Days(days_of_moments(series, *unit).map_err(refused)?),
            DataType::List(_) => {
                let lists = series.list().map_err(refused)?;
                Self::Lists((0..lists.len()).map(|row| lists.get_as_series(row).map(|items| items.len())).collect())
            }
            kind if kind.is_integer() => {
                Self::Whole(cast(&DataType::Int64)?.i64().map_err(refused)?.rechunk().into_owned())
            }
            kind if kind.is_float() => {
                Self::Fraction(cast(&DataType::Float64)?.f64().map_err(refused)?.rechunk().into_owned())
            }
            _ => Self::Text(cast(&DataType::String)?.str().map_err(refused)?.rechunk().into_owned()),
        })
    }

    fn cell(&self, row: usize) -> Cell<'_> {
        let cell = match self {
            Self::Text(column) => column.get(row).map(|text| Cell::Text(Cow::Borrowed(text))),
            Self::Whole(column) => column.get(row).map(Cell::Whole),
            Self::Fraction(column) => column.get(row).map(Cell::Fraction),
            Self::Days(days) => days[row].map(Cell::Day),
            Self::Lists(lengths) => lengths[row].map(Cell::Items),
            Self::Nothing => None,
        };
        cell.unwrap_or(Cell::Empty)
    }
}

fn day_of_number(days: Option<i32>) -> Option<Day> {
    day_from_epoch(days?)
}

/// The UTC days of moments.
fn days_of_moments(series: &Series, unit: TimeUnit) -> PolarsResult<Vec<Option<Day>>> {
    let in_a_day = match unit {
        TimeUnit::Nanoseconds => 86_400_000_000_000,
        TimeUnit::Microseconds => 86_400_000_000,
        TimeUnit::Milliseconds => 86_400_000,
    };
    let day = |moment: i64| day_from_epoch(i32::try_from(moment.div_euclid(in_a_day)).ok()?);
    Ok(series.datetime()?.physical().iter().map(|moment| moment.and_then(day)).collect())
}

fn unusable(series: &Series, problem: &str) -> Notice {
    error(
        None,
        format!("column `{}` of type {}: {problem}", series.name(), series.dtype()),
        "texts, numbers or dates",
        "write the table again with plain columns",
    )
}
