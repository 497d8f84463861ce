//! `papertide init`: writes a settings file with every setting explained. Never replaces one unless told to.

use crate::{args::InitOptions, outcome::Failure};
use std::io::{self, Write};

pub fn run(options: &InitOptions) -> Result<(), Failure> {
    let path = &options.output;
    if path.exists() && !options.force {
        return Err(Failure::Environment {
            what: format!("{}: the file is there already, expected none", path.display()),
            hint: "--force replaces it; -o FILE writes another one".to_owned(),
        });
    }
    store::write_file(path, pipeline::example().as_bytes())?;
    writeln!(io::stdout().lock(), "written: {}", path.display())?;
    Ok(())
}
