//! How a run ended, as an exit code and a message. It undoes nothing: a run that fails has written nothing.

use crate::{args::Manner, console, json};
use model::{Notice, Severity};
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// Why a run did not come to its end.
#[derive(Debug)]
pub enum Failure {
    /// Exit code 1: what was read cannot be used. All problems, of all inputs.
    Refused(Vec<Notice>),
    /// Exit code 1: a run that was made again is another one. Standard output has said so already.
    Different(Vec<Notice>),
    /// Exit code 2: the command line or the machine stands in the way.
    Environment { what: String, hint: String },
    /// Whoever read our output has stopped reading: the work is done, and nobody is left to tell.
    ReaderGone,
}

impl From<store::StoreError> for Failure {
    fn from(error: store::StoreError) -> Self {
        Self::Environment { what: error.to_string(), hint: error.hint() }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ReaderGone;
        }
        Self::Environment { what: format!("standard output: {error}"), hint: String::new() }
    }
}

/// An error without a line, as every verb tells one.
pub fn problem(file: Option<String>, found: String, expected: &str, hint: &str) -> Notice {
    let (expected, hint) = (expected.to_owned(), hint.to_owned());
    Notice { severity: Severity::Error, file, line: None, found, expected, hint }
}

/// The failure of a single such error.
pub fn refused(file: Option<String>, found: String, expected: &str, hint: &str) -> Failure {
    Failure::Refused(vec![problem(file, found, expected, hint)])
}

/// Tells what went wrong and gives the exit code.
pub fn exit_code(outcome: Result<(), Failure>, err: &mut dyn Write) -> ExitCode {
    // Where even standard error cannot be written, the exit code has to do.
    let (code, _told) = match outcome {
        Ok(()) | Err(Failure::ReaderGone) => (0, Ok(())),
        Err(Failure::Refused(notices) | Failure::Different(notices)) => {
            (1, console::write_notices(err, &notices, Severity::Error))
        }
        Err(Failure::Environment { what, hint }) => (2, console::write_problem(err, &what, &hint)),
    };
    ExitCode::from(code)
}

/// Runs a verb on the threads that were asked for; with `--json` a refusal is told on standard output too.
pub fn of(manner: &Manner, verb: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    use_threads(manner.threads)?;
    let outcome = verb();
    if let (true, Err(Failure::Refused(notices))) = (manner.json, &outcome) {
        writeln!(io::stdout().lock(), "{}", json::refused(notices))?;
    }
    outcome
}

fn use_threads(threads: Option<u16>) -> Result<(), Failure> {
    let Some(threads) = threads else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build_global();
    pool.map_err(|error| Failure::Environment {
        what: format!("--threads {threads}: {error}"),
        hint: "ask for fewer threads".to_owned(),
    })
}
