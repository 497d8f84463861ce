//! `papertide papers`: shows what was read, source by source, and writes the papers as one table.

use crate::{
    args::PapersOptions,
    console, effective, json,
    outcome::{self, Failure},
    reading, summary,
};
use model::Severity;
use pipeline::TableFormat;
use std::{io::Write, path::Path};

pub fn run(options: &PapersOptions) -> Result<(), Failure> {
    outcome::of(&options.input.manner, || papers(options))
}

fn papers(options: &PapersOptions) -> Result<(), Failure> {
    let output = options.output.as_deref().map(|path| Ok::<_, Failure>((path, format(path)?))).transpose()?;
    let reading = reading::read(&options.input.inputs, &effective::settings(&options.settings)?.read)?;
    if let Some((path, format)) = output {
        let bytes = pipeline::table_bytes(reading.papers.frame(), format).map_err(|error| Failure::Environment {
            what: format!("{}: {error}", path.display()),
            hint: "this is a mistake in the program; please report it".to_owned(),
        })?;
        store::write_file(path, &bytes)?;
    }
    console::write_notices(&mut anstream::stderr(), &reading.notices, Severity::Warning)?;
    let mut out = anstream::stdout().lock();
    if options.input.manner.json {
        writeln!(out, "{}", json::papers(&reading, options.output.as_deref()))?;
    } else if !options.input.manner.quiet {
        console::write_table(&mut out, &summary::source_table(&reading))?;
        summary::write_totals(&mut out, &reading)?;
        console::write_notices(&mut out, &reading.notices, Severity::Note)?;
        if let Some((path, _)) = output {
            writeln!(out, "written: {}", path.display())?;
        }
    }
    Ok(())
}

fn format(path: &Path) -> Result<TableFormat, Failure> {
    let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
    match extension.as_deref() {
        Some("parquet") => Ok(TableFormat::Parquet),
        Some("csv") => Ok(TableFormat::Csv),
        _ => Err(Failure::Environment {
            what: format!(
                "-o {}: no format known by this name, expected a name ending in .parquet or .csv",
                path.display()
            ),
            hint: "name the table papers.parquet or papers.csv".to_owned(),
        }),
    }
}
