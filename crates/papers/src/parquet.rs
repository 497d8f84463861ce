//! The bytes of a Parquet file into entries, through polars; only the needed columns are read.
//! A row's "line" is its number from 1.

use crate::columns::ColumnNames;
use crate::entry::{FileContent, error};
use crate::rows::Rows;
use crate::table::add_rows;
use model::Notice;
use polars::prelude::*;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads a Parquet file.
///
/// # Errors
/// The columns that are missing, or what is broken.
pub fn read(bytes: &[u8], names: &ColumnNames) -> Result<FileContent, Vec<Notice>> {
    // The decoder panics where a damaged file contradicts itself, and on types that it was built without.
    catch_unwind(AssertUnwindSafe(|| read_checked(bytes, names)))
        .unwrap_or_else(|_| Err(broken("it is damaged, or a needed column is of an unusual type such as decimal")))
        .map_err(|problem| vec![problem])
}

fn read_checked(bytes: &[u8], names: &ColumnNames) -> Result<FileContent, Notice> {
    let refused = |problem: PolarsError| broken(&problem.to_string());
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let schema = reader.schema().map_err(refused)?;
    let found: Vec<String> = schema.iter_names().map(ToString::to_string).collect();
    let columns = names.resolve(&found).map_err(|problem| Notice { line: None, ..problem })?;
    let mut places: Vec<usize> = columns.values().copied().collect();
    places.sort_unstable();
    places.dedup();
    let frame = reader.with_projection(Some(places)).finish().map_err(refused)?;
    if frame.height() == 0 {
        return Err(error(None, "a table without rows", "at least one row", "give the table that holds the papers"));
    }
    let lines: Vec<u64> = (1..=frame.height() as u64).collect();
    let mut rows = Rows::default();
    add_rows(&mut rows, &frame, &columns, &lines)?;
    let notices = rows.notices();
    Ok(FileContent { format: "parquet", entries: rows.entries, notices, page: None })
}

fn broken(problem: &str) -> Notice {
    error(
        None,
        format!("a Parquet file that cannot be read: {problem}"),
        "a whole Parquet file with texts, 32 or 64 bit numbers, days or timestamps in the needed columns",
        "write the file again, with plain types; it may also have been cut off",
    )
}
