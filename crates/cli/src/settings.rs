//! `papertide settings`: every setting with the value that takes effect and where it comes from. Reads no papers.

use crate::{
    args::SettingsOptions,
    console::plain,
    effective::{self, Effective, Origin},
    json,
    outcome::{self, Failure},
};
use std::io::Write;

pub fn run(options: &SettingsOptions) -> Result<(), Failure> {
    outcome::of(&options.manner, || settings(options))
}

fn settings(options: &SettingsOptions) -> Result<(), Failure> {
    let effective = effective::effective(&options.settings)?;
    // What cannot take effect is told here as a run would tell it.
    effective::check(&effective::put(&effective)?, &effective)?;
    let mut out = anstream::stdout().lock();
    if options.manner.json {
        writeln!(out, "{}", json::settings(&effective))?;
    } else if !options.manner.quiet {
        let wide =
            |text: fn(&Effective) -> String| effective.iter().map(|e| text(e).chars().count()).max().unwrap_or(0);
        let (name, value) = (wide(|e| e.setting.name.to_owned()), wide(|e| plain(&e.typed)));
        for e in &effective {
            writeln!(out, "{:name$}  {:value$}  {}", e.setting.name, plain(&e.typed), plain(&place(e)))?;
        }
    }
    Ok(())
}

fn place(Effective { setting, origin, .. }: &Effective) -> String {
    match origin {
        Origin::Default => "default".to_owned(),
        Origin::File { path, line } => format!("{}:{line}", path.display()),
        Origin::Environment => setting.variable(),
        Origin::Option => format!("--{}", setting.name),
    }
}
