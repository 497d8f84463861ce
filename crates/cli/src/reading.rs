//! Turns the inputs of a command line into papers, or into the list of everything that is wrong with them.
//! It knows no format and prints nothing.

use crate::outcome::Failure;
use model::{Notice, Severity};
use pipeline::{ReadSettings, Reading};

/// Reads all inputs. All problems of all of them are found before it refuses.
pub fn read(inputs: &[String], settings: &ReadSettings) -> Result<Reading, Failure> {
    let (sources, mut problems) = pipeline::gather(inputs);
    if sources.is_empty() && !problems.is_empty() {
        return Err(Failure::Refused(errors(problems)));
    }
    let reading = pipeline::read(sources, settings);
    let refused = problems.iter().any(|notice| notice.severity == Severity::Error);
    match reading {
        Ok(mut reading) if !refused => {
            reading.notices.append(&mut problems);
            reading.notices.sort();
            Ok(reading)
        }
        Ok(_) => Err(Failure::Refused(errors(problems))),
        Err(more) => {
            problems.extend(more);
            Err(Failure::Refused(errors(problems)))
        }
    }
}

fn errors(notices: Vec<Notice>) -> Vec<Notice> {
    let mut errors: Vec<Notice> = notices.into_iter().filter(|notice| notice.severity == Severity::Error).collect();
    errors.sort();
    errors.dedup();
    errors
}
