//! A name that nobody knows to the known one that it was probably meant to be. Judges spelling only.

/// The name with the fewest edits (Levenshtein 1966); ties go to the first.
pub(crate) fn nearest<'a>(name: &str, known: &[&'a str]) -> &'a str {
    known.iter().min_by_key(|other| edits(name, other)).copied().unwrap_or_default()
}

/// The known name that is one or two edits away, if `name` is not known itself.
pub(crate) fn misspelt<'a>(name: &str, known: &'a [String]) -> Option<&'a String> {
    let near = known.iter().min_by_key(|other| edits(name, other))?;
    (1..=2).contains(&edits(name, near)).then_some(near)
}

/// Least number of letters to add, drop or replace that makes `a` of `b`.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, other) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{edits, nearest};

    #[test]
    fn edits_are_counted_and_the_fewest_win() {
        assert_eq!((edits("kitten", "sitting"), edits("", "abc"), edits("same", "same")), (3, 3, 0));
        assert_eq!(nearest("algoritm", &["themes", "algorithm", "bin"]), "algorithm");
    }
}
