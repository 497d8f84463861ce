//! Turns a frame into the bytes of a CSV or Parquet file.
//! Does not choose columns, and writes nothing to disk.

use crate::ReportError;
use polars::prelude::*;

/// File format of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// UTF-8, commas, a header line, dates as ISO days, lists joined by `;`, nothing where a value is null.
    ///
    /// Spreadsheets take a text that begins with `=`, `+`, `-` or `@` for a formula. Such text cells begin with an
    /// apostrophe here; numbers and dates are left alone. Programs that join on text read the Parquet file instead.
    Csv,
    /// Typed, text as it was read, zstd.
    Parquet,
}

/// The bytes of the table, the same for the same frame on every machine.
///
/// # Errors
/// Where polars cannot write a column type.
pub fn table_bytes(frame: &DataFrame, format: TableFormat) -> Result<Vec<u8>, ReportError> {
    let mut bytes = Vec::new();
    match format {
        TableFormat::Csv => {
            let mut flat = flattened(frame)?;
            CsvWriter::new(&mut bytes).n_threads(1).finish(&mut flat)?;
        }
        TableFormat::Parquet => {
            let mut frame = frame.clone();
            frame.rechunk_mut();
            ParquetWriter::new(&mut bytes).set_parallel(false).finish(&mut frame)?;
        }
    }
    Ok(bytes)
}

fn flattened(frame: &DataFrame) -> Result<DataFrame, ReportError> {
    let columns = frame.columns().iter().map(flat_column).collect::<PolarsResult<Vec<_>>>()?;
    Ok(DataFrame::new(frame.height(), columns)?)
}

fn flat_column(column: &Column) -> PolarsResult<Column> {
    let name = column.name().clone();
    match column.dtype() {
        DataType::List(_) => {
            let joined = joined(column.as_materialized_series().list()?)?;
            Ok(Column::new(name, joined.into_iter().map(|cell| cell.map(neutralised)).collect::<Vec<_>>()))
        }
        DataType::String => {
            let cells = column.as_materialized_series().str()?;
            Ok(Column::new(name, cells.iter().map(|cell| cell.map(|c| neutralised(c.to_owned()))).collect::<Vec<_>>()))
        }
        _ => Ok(column.clone()),
    }
}

/// Every list as one cell. Works on the flat column of all lists: a column of its own for each row is slow.
pub fn joined(lists: &ListChunked) -> PolarsResult<Vec<Option<String>>> {
    let lists = lists.rechunk();
    let flat = lists.get_inner().cast(&DataType::String)?;
    let flat: Vec<Option<&str>> = flat.str()?.iter().collect();
    let offsets = lists.offsets()?;
    let cell = |(ends, there): (&[i64], bool)| {
        let row = usize::try_from(ends[0]).ok()?..usize::try_from(ends[1]).ok()?;
        there.then(|| flat[row].iter().flatten().copied().collect::<Vec<_>>().join(";"))
    };
    let there: Vec<bool> = lists.is_not_null().iter().map(|there| there == Some(true)).collect();
    Ok(offsets.as_slice().windows(2).zip(there).map(cell).collect())
}

fn neutralised(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> DataFrame {
        let lists = Series::new("lists".into(), [Series::new("".into(), ["b", "a"]), Series::new("".into(), ["c"])]);
        df!("text" => ["=1+1", "a,b"], "number" => [-1.5, 2.0]).unwrap().hstack(&[lists.into()]).unwrap()
    }

    #[test]
    fn csv_joins_lists_and_defuses_formulas_but_not_numbers() {
        let csv = String::from_utf8(table_bytes(&frame(), TableFormat::Csv).unwrap()).unwrap();
        assert_eq!(csv, "text,number,lists\n'=1+1,-1.5,b;a\n\"a,b\",2.0,c\n");
    }

    #[test]
    fn lists_of_part_of_a_table_are_its_own_and_null_is_empty() {
        let list = |words: &[&str]| Some(Series::new("".into(), words));
        let lists: ListChunked = [list(&["a"]), list(&["b", "c"]), None, list(&[]), list(&["d"])].into_iter().collect();
        let frame = DataFrame::new(5, vec![lists.into_series().with_name("l".into()).into()]).unwrap();
        let csv = table_bytes(&frame.slice(1, 3), TableFormat::Csv).unwrap();
        assert_eq!(String::from_utf8(csv).unwrap(), "l\nb;c\n\n\"\"\n");
    }

    #[test]
    fn parquet_reads_back_as_it_was() {
        let bytes = table_bytes(&frame(), TableFormat::Parquet).unwrap();
        let back = ParquetReader::new(std::io::Cursor::new(bytes)).finish().unwrap();
        assert!(back.equals_missing(&frame()));
    }
}
