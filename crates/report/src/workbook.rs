//! Turns the tables of a run into one `.xlsx` file, a sheet a table: numbers as numbers, days as days, text always as text.
//! Does not choose tables or columns; its creation date is fixed, so that the same tables give the same bytes.

use crate::{ReportError, clean};
use polars::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// Rows and letters in a cell that the format allows.
const MOST_ROWS: usize = 1_048_575;
const MOST_LETTERS: usize = 32_767;
/// Widest column that is made as wide as its cells, in letters.
const WIDEST: usize = 60;
/// Rows that are looked at for the width of a column.
const LOOKED_AT: usize = 200;

/// Cells of one kind have one format.
struct Formats {
    heading: Format,
    day: Format,
    /// What a spreadsheet could take for a formula once the cell is edited: text that says it is text.
    text: Format,
}

/// The tables of a run by name; a table with more rows than a sheet can hold ends there, the CSV and Parquet files hold the rest.
pub fn workbook(run_id: &str, tables: &[(&str, DataFrame)]) -> Result<Vec<u8>, ReportError> {
    let formats = Formats {
        heading: Format::new().set_bold(),
        day: Format::new().set_num_format("yyyy-mm-dd"),
        text: Format::new().set_quote_prefix(),
    };
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new().set_title(format!("Papertide run {run_id}")).set_creation_datetime(&created),
    );
    for (name, frame) in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name)?;
        fill(sheet, frame, &formats)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn fill(sheet: &mut Worksheet, frame: &DataFrame, formats: &Formats) -> Result<(), ReportError> {
    let rows = frame.height().min(MOST_ROWS);
    for (column, number) in frame.columns().iter().zip(0_u16..) {
        sheet.write_string_with_format(0, number, column.name().as_str(), &formats.heading)?;
        let widest = write_column(sheet, &column.head(Some(rows)), number, formats)?;
        let letters = widest.max(column.name().chars().count()).min(WIDEST);
        sheet.set_column_width(number, letters as f64 + 2.0)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    if frame.width() > 0 {
        sheet.autofilter(0, 0, rows as u32, (frame.width() - 1) as u16)?;
    }
    Ok(())
}

/// Writes the cells of a column and gives the letters of the widest of its first cells. Nulls are empty cells.
fn write_column(sheet: &mut Worksheet, column: &Column, number: u16, formats: &Formats) -> Result<usize, ReportError> {
    let series = column.as_materialized_series();
    let widest = match series.dtype() {
        DataType::Date => {
            for (row, day) in (1..).zip(series.date()?.physical().iter()) {
                if let Some(day) = day.and_then(model::papers::day_from_epoch) {
                    sheet.write_datetime_with_format(row, number, &excel_day(day)?, &formats.day)?;
                }
            }
            10
        }
        DataType::Boolean => {
            for (row, value) in (1..).zip(series.bool()?.iter()) {
                if let Some(value) = value {
                    sheet.write_boolean(row, number, value)?;
                }
            }
            5
        }
        DataType::String => {
            let cells: Vec<Option<String>> = series.str()?.iter().map(|cell| cell.map(str::to_owned)).collect();
            write_texts(sheet, &cells, number, formats)?
        }
        DataType::List(_) => {
            let cells = crate::table_bytes::joined(series.list()?)?;
            write_texts(sheet, &cells, number, formats)?
        }
        _ => {
            let numbers = series.cast(&DataType::Float64)?;
            for (row, value) in (1..).zip(numbers.f64()?.iter()) {
                if let Some(value) = value.filter(|value| value.is_finite()) {
                    sheet.write_number(row, number, value)?;
                }
            }
            10
        }
    };
    Ok(widest)
}

fn write_texts(
    sheet: &mut Worksheet,
    cells: &[Option<String>],
    number: u16,
    formats: &Formats,
) -> Result<usize, XlsxError> {
    for (row, cell) in (1..).zip(cells) {
        if let Some(text) = cell {
            let text: String = clean::line(text).chars().take(MOST_LETTERS).collect();
            if text.starts_with(['=', '+', '-', '@']) {
                sheet.write_string_with_format(row, number, text, &formats.text)?;
            } else {
                sheet.write_string(row, number, text)?;
            }
        }
    }
    Ok(cells.iter().take(LOOKED_AT).flatten().map(|cell| cell.chars().count()).max().unwrap_or(0))
}

fn excel_day(day: model::Day) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        day.year().max(1900).cast_unsigned(),
        day.month().cast_unsigned(),
        day.day().cast_unsigned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    fn frame() -> DataFrame {
        let days = Column::new("day".into(), [Some(20_396), None]).cast(&DataType::Date).unwrap();
        df!("text" => ["=1+1", "plain"], "number" => [-1.5, 2.0], "flag" => [true, false])
            .unwrap()
            .hstack(&[days])
            .unwrap()
    }

    fn part(bytes: &[u8], path: &str) -> String {
        let mut zip = ::zip::read::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        zip.by_name(path).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn cells_have_types_and_formulas_are_text() {
        let bytes = workbook("0a1b", &[("first", frame()), ("second", frame())]).unwrap();
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(!sheet.contains("<f>"), "no formula: {sheet}");
        assert!(sheet.contains("<v>-1.5</v>") && sheet.contains("t=\"b\""), "{sheet}");
        assert!(sheet.contains("<v>45965</v>"), "4 Nov 2025 as a day: {sheet}");
        assert!(part(&bytes, "xl/sharedStrings.xml").contains("=1+1"));
        assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""));
        assert!(part(&bytes, "xl/workbook.xml").contains("name=\"second\""));
    }

    #[test]
    fn the_same_tables_give_the_same_bytes() {
        let once = workbook("0a1b", &[("first", frame())]).unwrap();
        // The format keeps time to two seconds.
        std::thread::sleep(std::time::Duration::from_millis(2100));
        assert!(once == workbook("0a1b", &[("first", frame())]).unwrap());
    }
}
