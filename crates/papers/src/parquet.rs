//! The bytes of a Parquet file into entries, through polars; only the needed columns are read.
//! A row's "line" is its number from 1.

use crate::columns::{ColumnNames, Columns, Field};
use crate::entry::{FileContent, error, remark};
use crate::rows::Rows;
use crate::table::add_rows;
use model::{Notice, Severity};
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
    let mut columns = names.resolve(&found).map_err(|problem| Notice { line: None, ..problem })?;
    let unread =
        take_unread(&mut columns, |place| schema.get_at_index(place).is_some_and(|(_, f)| is_unread(f.dtype())));
    refuse_unread(&unread, &columns, &found)?;
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
    let mut notices = rows.notices();
    notices.extend(unread.values().map(|&place| left_out(&found[place])));
    Ok(FileContent { format: "parquet", entries: rows.entries, notices, page: None })
}

/// Types that the decoder was built without, or that hold nothing of use; lists of them too.
fn is_unread(kind: &ArrowDataType) -> bool {
    use ArrowDataType as Kind;
    match kind {
        Kind::List(items) | Kind::LargeList(items) | Kind::FixedSizeList(items, _) => is_unread(items.dtype()),
        Kind::Struct(_)
        | Kind::Map(..)
        | Kind::Union(_)
        | Kind::Decimal(..)
        | Kind::Decimal256(..)
        | Kind::Time32(_)
        | Kind::Time64(_)
        | Kind::Duration(_)
        | Kind::Interval(_) => true,
        _ => false,
    }
}

/// Takes the columns that cannot be read out of `columns`, and returns them.
fn take_unread(columns: &mut Columns, is_unread: impl Fn(usize) -> bool) -> Columns {
    let unread: Columns =
        columns.iter().map(|(&field, &place)| (field, place)).filter(|&(_, p)| is_unread(p)).collect();
    columns.retain(|field, _| !unread.contains_key(field));
    unread
}

/// A paper needs its texts and, for the trends, its date, or else its year.
fn refuse_unread(unread: &Columns, read: &Columns, names: &[String]) -> Result<(), Notice> {
    let year = unread.get(&Field::Year).filter(|_| !read.contains_key(&Field::Date));
    let needed = [Field::Title, Field::Abstract, Field::Date].iter().find_map(|field| unread.get(field)).or(year);
    needed.map_or(Ok(()), |&place| Err(broken(&format!("its column `{}` is of an unusual type", names[place]))))
}

fn left_out(name: &str) -> Notice {
    remark(
        Severity::Warning,
        None,
        format!("the column `{name}` is of an unusual type: left out"),
        "texts, numbers, days, timestamps, or lists of them",
        "write the column with a plain type if it matters",
    )
}

fn broken(problem: &str) -> Notice {
    error(
        None,
        format!("a Parquet file that cannot be read: {problem}"),
        "a whole Parquet file with texts, 32 or 64 bit numbers, days or timestamps in the needed columns",
        "write the file again, with plain types; it may also have been cut off",
    )
}
