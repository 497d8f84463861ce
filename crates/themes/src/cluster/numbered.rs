//! Groups to groups numbered by first occurrence, without gaps.

/// Renumbers groups by first occurrence, so that empty ones leave no gap.
#[must_use]
pub fn numbered(groups: Vec<usize>) -> Vec<usize> {
    let mut numbers = vec![usize::MAX; groups.iter().max().map_or(0, |m| m + 1)];
    let mut next = 0;
    groups
        .into_iter()
        .map(|group| {
            if numbers[group] == usize::MAX {
                numbers[group] = next;
                next += 1;
            }
            numbers[group]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn empty_groups_leave_no_gap() {
        assert_eq!(numbered(vec![4, 4, 0, 2, 0]), [0, 0, 1, 2, 1]);
    }
}
