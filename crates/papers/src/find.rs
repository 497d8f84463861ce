//! Hashes of files that a run has read into the bytes of these files, wherever they lie now. Beside `gather` the only place of the
//! crate that touches the disk; it changes nothing there.

use crate::Source;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders nested deeper than this are not looked into.
const DEEPEST: usize = 40;

/// An input as a run recorded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// As the run named it: it ends with the file's own name.
    pub name: String,
    pub bytes: u64,
    /// BLAKE3 of the bytes, lower-case hex.
    pub blake3: String,
}

/// What became of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// A file with the same bytes, under the name that the run knew.
    Found(Source),
    /// A file of this name lies there, and holds something else.
    Changed(PathBuf),
    Missing,
}

/// Looks for every wanted input below the `places` (files or folders; hidden ones and links to folders are passed over). A file is
/// the input if its bytes are; its name and folder do not matter.
#[must_use]
pub fn find(places: &[PathBuf], wanted: &[Wanted]) -> Vec<Sought> {
    let mut files = Vec::new();
    for place in places {
        walk(place, DEEPEST, &mut files);
    }
    let sizes: BTreeSet<u64> = wanted.iter().map(|wanted| wanted.bytes).collect();
    let mut hashed: Vec<(String, Vec<u8>)> = Vec::new();
    for (path, bytes) in &files {
        if sizes.contains(bytes)
            && let Ok(content) = fs::read(path)
        {
            let hash = blake3::hash(&content).to_hex().to_string();
            if wanted.iter().any(|wanted| wanted.blake3 == hash) && hashed.iter().all(|(other, _)| *other != hash) {
                hashed.push((hash, content));
            }
        }
    }
    let sought = |wanted: &Wanted| {
        if let Some((_, bytes)) = hashed.iter().find(|(hash, _)| *hash == wanted.blake3) {
            return Sought::Found(Source { name: wanted.name.clone(), bytes: bytes.clone() });
        }
        let named = files.iter().find(|(path, _)| path.ends_with(&wanted.name));
        named.map_or(Sought::Missing, |(path, _)| Sought::Changed(path.clone()))
    };
    wanted.iter().map(sought).collect()
}

/// Regular files with their sizes, in the order of their paths. What cannot be read is passed over.
fn walk(path: &Path, deeper: usize, files: &mut Vec<(PathBuf, u64)>) {
    if let Ok(metadata) = fs::metadata(path)
        && metadata.is_file()
    {
        files.push((path.to_owned(), metadata.len()));
        return;
    }
    let Ok(entries) = fs::read_dir(path) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let linked_folder = path.is_symlink() && path.is_dir();
        if !hidden && !linked_folder && deeper > 0 {
            walk(&path, deeper - 1, files);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(name: &str, content: &str) -> Wanted {
        let blake3 = blake3::hash(content.as_bytes()).to_hex().to_string();
        Wanted { name: name.to_owned(), bytes: content.len() as u64, blake3 }
    }

    #[test]
    fn a_file_is_known_by_its_bytes_and_missed_by_its_name() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("deep/er")).unwrap();
        fs::write(home.path().join("deep/er/renamed.txt"), "one").unwrap();
        fs::write(home.path().join("deep/two.txt"), "2.0").unwrap();
        fs::write(home.path().join(".three.txt"), "three").unwrap();
        let wanted = [wanted("one.txt", "one"), wanted("two.txt", "two"), wanted("three.txt", "three")];
        let found = find(&[home.path().to_owned()], &wanted);
        assert_eq!(found[0], Sought::Found(Source { name: "one.txt".to_owned(), bytes: b"one".to_vec() }));
        assert_eq!(found[1], Sought::Changed(home.path().join("deep/two.txt")));
        assert_eq!(found[2], Sought::Missing);
    }
}
