//! Groups of entries into one paper each, with an id that does not depend on where the paper was read.
//! It does not decide which entries belong together.

use crate::entry::Entry;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};

/// One paper with all its places.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// 16 hexadecimal digits.
    pub id: String,
    pub entry: Entry,
    /// `file:line`, sorted.
    pub sources: Vec<String>,
    /// Its entries give different dates.
    pub dates_differ: bool,
}

/// An entry with its place `file:line` and the key of its title.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'a> {
    pub entry: &'a Entry,
    pub file: &'a str,
    pub key: &'a str,
}

/// Merges every group (`firsts[i]` is the smallest entry of the group of `i`); papers in the order of their first entry.
pub fn merge(entries: &[Placed<'_>], firsts: &[usize]) -> Vec<Paper> {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (entry, &first) in firsts.iter().enumerate() {
        groups.entry(first).or_default().push(entry);
    }
    let groups: Vec<Vec<usize>> = groups.into_values().collect();
    let paper = |members: &Vec<usize>| {
        let members: Vec<Placed<'_>> = members.iter().map(|&member| entries[member]).collect();
        (key_of(&members), merged(&members))
    };
    let (keys, mut papers): (Vec<String>, Vec<Paper>) = groups.par_iter().map(paper).unzip();
    give_ids(&mut papers, &keys);
    papers
}

/// The paper of a group: the earliest dates, the longest abstract, the largest counts, else what the first entry has.
fn merged(members: &[Placed<'_>]) -> Paper {
    let all = || members.iter().map(|member| member.entry);
    let mut dates: Vec<_> = all().filter_map(|entry| entry.published).collect();
    dates.sort_unstable();
    dates.dedup();
    let longest = all().max_by_key(|entry| (entry.abstract_text.len(), std::cmp::Reverse(&entry.abstract_text)));
    let title = all().map(|entry| &entry.title).find(|title| !title.is_empty());
    let mut sources: Vec<(&str, u64)> = members.iter().map(|member| (member.file, member.entry.line)).collect();
    sources.sort_unstable();
    Paper {
        id: String::new(),
        entry: Entry {
            title: title.cloned().unwrap_or_default(),
            abstract_text: longest.map(|entry| entry.abstract_text.clone()).unwrap_or_default(),
            published: dates.first().copied(),
            seen: all().filter_map(|entry| entry.seen).min(),
            authors: all().filter_map(|entry| entry.authors).max(),
            organisation: all().find_map(|entry| entry.organisation.clone()),
            comments: all().filter_map(|entry| entry.comments).max(),
            upvotes: all().filter_map(|entry| entry.upvotes).max(),
            link: all().find_map(|entry| entry.link.clone()),
            arxiv: all().find_map(|entry| entry.arxiv.clone()),
            line: members.first().map_or(0, |member| member.entry.line),
        },
        sources: sources.iter().map(|(file, line)| format!("{file}:{line}")).collect(),
        dates_differ: dates.len() > 1,
    }
}

/// What the id is the hash of: the smallest title key of the group, or the words of an abstract that has no title.
fn key_of(members: &[Placed<'_>]) -> String {
    let title = members.iter().map(|member| member.key).filter(|key| !key.is_empty()).min();
    let folded = || members.iter().map(|member| crate::wording::title_key(&member.entry.abstract_text));
    title.map_or_else(|| folded().filter(|key| !key.is_empty()).min().unwrap_or_default(), str::to_owned)
}

/// Ids are the first 16 hexadecimal digits of the BLAKE3 hash of the key. Of different papers with the same key the
/// earliest keeps that id; the others add their abstract to the key, so that no order of files changes an id.
fn give_ids(papers: &mut [Paper], keys: &[String]) {
    let mut order: Vec<usize> = (0..papers.len()).collect();
    let age = |paper: &Paper| (paper.entry.published.is_none(), paper.entry.published);
    order.par_sort_by(|&a, &b| {
        let text = |paper: usize| (&papers[paper].entry.abstract_text, &papers[paper].sources);
        keys[a].cmp(&keys[b]).then_with(|| age(&papers[a]).cmp(&age(&papers[b]))).then_with(|| text(a).cmp(&text(b)))
    });
    let mut hashes: Vec<String> = keys.par_iter().map(|key| hash(key)).collect();
    let mut taken = HashSet::with_capacity(papers.len());
    for paper in order {
        let abstract_text = &papers[paper].entry.abstract_text;
        let mut id = std::mem::take(&mut hashes[paper]);
        let mut attempt = 0;
        while !taken.insert(id.clone()) {
            id = hash(&format!("{}\n{abstract_text}\n{attempt}", keys[paper]));
            attempt += 1;
        }
        papers[paper].id = id;
    }
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..16].to_owned()
}
