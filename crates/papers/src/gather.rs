//! Paths, folders, globs and `-` into named bytes: beside `find` the only place of the crate that touches the disk.
//! It reads whole files and leaves it to `read` to say what is in them.

use crate::entry::{error, remark};
use crate::folder::takes_part;
use crate::{PASSED_OVER, Source};
use model::{Notice, Severity};
use rayon::prelude::*;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Folders nested deeper than this are a loop of links.
const DEEPEST: usize = 40;

/// Reads all inputs. Names are relative to the folder that was given, or the file's own name; where two files would
/// have the same name, as many of their folders are put before it as tell them apart.
///
/// In folders, hidden files are skipped, and files that are plainly no input are left out and named in a note.
/// Whatever cannot be found or read becomes an error.
#[must_use]
pub fn gather(inputs: &[String]) -> (Vec<Source>, Vec<Notice>) {
    let mut gathered = Gathered::default();
    for input in inputs {
        gathered.add_input(input);
    }
    gathered.finish()
}

/// Reads one file that is no input, such as a list of words, under the name it was given.
///
/// # Errors
/// Where it cannot be read.
pub fn read_file(path: &Path) -> Result<Source, Notice> {
    let name = path.to_string_lossy().into_owned();
    match std::fs::read(path) {
        Ok(bytes) => Ok(Source { name, bytes }),
        Err(problem) => {
            let found = format!("a file that cannot be read: {problem}");
            Err(Notice { file: Some(name), ..error(None, found, "a text file", hint(&problem)) })
        }
    }
}

/// A file with the name it would have, and where it lies.
struct Found {
    name: String,
    path: Option<PathBuf>,
    bytes: Vec<u8>,
}

/// A file of a folder, before it is known whether it takes part.
struct Listed {
    name: String,
    path: PathBuf,
}

impl Listed {
    /// The bytes of a file that takes part.
    fn bytes(&self) -> std::io::Result<Option<Vec<u8>>> {
        let bytes = std::fs::read(&self.path)?;
        Ok(takes_part(&self.name, &bytes).then_some(bytes))
    }
}

#[derive(Default)]
struct Gathered {
    found: Vec<Found>,
    left_out: Vec<String>,
    notices: Vec<Notice>,
}

impl Gathered {
    fn add_input(&mut self, input: &str) {
        let path = Path::new(input);
        if input == "-" {
            self.add_standard_input();
        } else if path.is_dir() {
            self.add_folder(input, path);
        } else if path.exists() || !input.contains(['*', '?', '[']) {
            self.add_file(path);
        } else {
            self.add_pattern(input);
        }
    }

    fn add_standard_input(&mut self) {
        let mut bytes = Vec::new();
        match std::io::stdin().lock().read_to_end(&mut bytes) {
            Ok(_) => self.found.push(Found { name: "standard input".to_owned(), path: None, bytes }),
            Err(problem) => self.refuse("standard input", &problem),
        }
    }

    fn add_file(&mut self, path: &Path) {
        match std::fs::read(path) {
            Ok(bytes) => self.found.push(Found { name: name_of(path), path: Some(path.to_owned()), bytes }),
            Err(problem) => self.refuse(&path.to_string_lossy(), &problem),
        }
    }

    fn add_pattern(&mut self, pattern: &str) {
        let before = (self.found.len(), self.notices.len());
        match glob::glob(pattern) {
            Ok(paths) => {
                let mut paths: Vec<PathBuf> = paths.flatten().collect();
                paths.sort();
                for path in paths.iter().filter(|path| path.is_file()) {
                    self.add_file(path);
                }
                if before == (self.found.len(), self.notices.len()) {
                    self.refuse_input(
                        pattern,
                        "a pattern that no file matches".to_owned(),
                        "put quotes around it only if the shell should not expand it",
                    );
                }
            }
            Err(problem) => {
                self.refuse_input(
                    pattern,
                    format!("a pattern that is not understood: {problem}"),
                    "use *, ? and [...]",
                );
            }
        }
    }

    fn add_folder(&mut self, input: &str, folder: &Path) {
        let before = (self.found.len(), self.notices.len());
        let mut listed = Vec::new();
        self.walk(folder, "", DEEPEST, &mut listed);
        // Whether a file takes part is told by its content, which may have to be unpacked.
        let read: Vec<std::io::Result<Option<Vec<u8>>>> = listed.par_iter().map(Listed::bytes).collect();
        for (Listed { name, path }, bytes) in listed.into_iter().zip(read) {
            match bytes {
                Ok(Some(bytes)) => self.found.push(Found { name, path: Some(path), bytes }),
                Ok(None) => self.left_out.push(name),
                Err(problem) => self.refuse(&path.to_string_lossy(), &problem),
            }
        }
        if before == (self.found.len(), self.notices.len()) {
            self.refuse_input(
                input,
                "a folder without any file of papers".to_owned(),
                "name the files themselves if they are papers",
            );
        }
    }

    /// Lists the files of a folder and those below it.
    fn walk(&mut self, folder: &Path, prefix: &str, depth: usize, listed: &mut Vec<Listed>) {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(problem) => return self.refuse(&folder.to_string_lossy(), &problem),
        };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths.into_iter().filter(|path| !name_of(path).starts_with('.')) {
            let name = format!("{prefix}{}", name_of(&path));
            if path.is_dir() {
                if depth > 0 {
                    self.walk(&path, &format!("{name}/"), depth - 1, listed);
                }
            } else if path.exists() && !path.is_file() {
                // A pipe or a device has no end that reading would come to.
                self.left_out.push(name);
            } else {
                listed.push(Listed { name, path });
            }
        }
    }

    fn refuse(&mut self, name: &str, problem: &std::io::Error) {
        self.refuse_input(name, format!("an input that cannot be read: {problem}"), hint(problem));
    }

    fn refuse_input(&mut self, name: &str, found: String, hint: &str) {
        let expected = "a file, a folder, a pattern such as pages/*.txt, or - for standard input";
        self.notices.push(Notice { file: Some(name.to_owned()), ..error(None, found, expected, hint) });
    }

    fn finish(mut self) -> (Vec<Source>, Vec<Notice>) {
        if !self.left_out.is_empty() {
            self.left_out.sort();
            self.left_out.dedup();
            let names = self.left_out.join(", ");
            self.notices.push(remark(
                Severity::Note,
                None,
                format!("{PASSED_OVER}{names}"),
                "",
                "name a file itself if it should be read",
            ));
        }
        self.notices.sort();
        tell_apart(&mut self.found);
        let sources = self.found.into_iter().map(|found| Source { name: found.name, bytes: found.bytes });
        (sources.collect(), self.notices)
    }
}

fn hint(problem: &std::io::Error) -> &'static str {
    match problem.kind() {
        std::io::ErrorKind::NotFound => "check the path",
        std::io::ErrorKind::PermissionDenied => "check the permissions of the file",
        _ => "check the disk",
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.to_string_lossy().into_owned(), |name| name.to_string_lossy().into_owned())
}

/// Puts folders before equal names of different files until they differ.
fn tell_apart(found: &mut [Found]) {
    let places: Vec<Option<PathBuf>> =
        found.iter().map(|file| file.path.as_ref().and_then(|path| path.canonicalize().ok())).collect();
    for _ in 0..DEEPEST {
        let alike = places_with_equal_names(found, &places);
        if alike.is_empty() {
            return;
        }
        for index in alike {
            if let Some(place) = &places[index] {
                let parts = found[index].name.split('/').count() + 1;
                found[index].name = last_parts(place, parts);
            }
        }
    }
}

/// The files whose name another file has too.
fn places_with_equal_names(found: &[Found], places: &[Option<PathBuf>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|&a, &b| found[a].name.cmp(&found[b].name));
    let runs = order.chunk_by(|&a, &b| found[a].name == found[b].name);
    runs.filter(|run| run.iter().any(|&file| places[file] != places[run[0]])).flatten().copied().collect()
}

fn last_parts(path: &Path, count: usize) -> String {
    let parts: Vec<String> = path
        .components()
        .filter_map(|part| match part {
            std::path::Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    parts[parts.len().saturating_sub(count)..].join("/")
}
