//! Names of columns into the fields of a paper: names the user gave, or the usual ones.
//! It reads no rows.

use crate::entry::error;
use model::Notice;
use std::collections::BTreeMap;

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Title,
    Abstract,
    Date,
    /// What dates a row whose date is missing.
    Year,
    Id,
    Seen,
    Authors,
    Organisation,
    Comments,
    Upvotes,
    Link,
}

/// Every field with the name that `--columns` knows it by and the usual names of its column, the best first.
/// Usual names are compared in lower case without `_`, `-`, spaces and dots. Those of two letters are the field tags of Web of Science.
const FIELDS: [(Field, &str, &[&str]); 11] = [
    (Field::Title, "title", &["title", "papertitle", "articletitle", "documenttitle", "name", "ti"]),
    (
        Field::Abstract,
        "abstract",
        &["abstract", "summary", "abstracttext", "paperabstract", "abstractnote", "description", "text", "body", "ab"],
    ),
    (
        Field::Date,
        "date",
        &[
            "published",
            "publishedat",
            "publisheddate",
            "publicationdate",
            "pubdate",
            "dateofpublication",
            "publishedon",
            "date",
            "submitteddate",
            "submissiondate",
            "datesubmitted",
            "submitted",
            "submittedat",
            "created",
            "createdat",
            "datecreated",
            "firstsubmitted",
            "v1date",
            "releasedate",
        ],
    ),
    (Field::Id, "id", &["id", "arxivid", "arxiv", "paperid", "identifier", "doi"]),
    (Field::Seen, "seen", &["seen", "listed", "listedat", "submittedondailyat"]),
    (Field::Authors, "authors", &["authors", "author", "nauthors", "numauthors", "authorcount", "au"]),
    (Field::Organisation, "organisation", &["organisation", "organization", "org", "affiliation", "institution"]),
    (Field::Comments, "comments", &["numcomments", "ncomments", "commentcount", "comments"]),
    (Field::Upvotes, "upvotes", &["upvotes", "votes", "likes"]),
    (Field::Link, "link", &["link", "url", "paperurl", "arxivurl", "href"]),
    (Field::Year, "year", &["year", "publicationyear", "pubyear", "py"]),
];

/// Names of columns that the user gave; fields without one are found by their usual names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnNames {
    given: BTreeMap<Field, String>,
}

impl std::str::FromStr for ColumnNames {
    type Err = String;

    /// Parses `title=Name,abstract=Text,date=Day,id=Key`; any subset, any order.
    ///
    /// # Errors
    /// A sentence that says what is wrong and what was expected.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut given = BTreeMap::new();
        for part in text.split(',').filter(|part| !part.trim().is_empty()) {
            let (key, name) = part
                .split_once('=')
                .map(|(key, name)| (key.trim(), name.trim()))
                .filter(|(_, name)| !name.is_empty())
                .ok_or_else(|| format!("`{}` is not of the form field=column", part.trim()))?;
            let field =
                FIELDS.iter().find(|(_, known, _)| *known == key).map(|(field, _, _)| *field).ok_or_else(|| {
                    let known: Vec<&str> = FIELDS.iter().map(|(_, name, _)| *name).collect();
                    format!("`{key}` is no field; the fields are {}", known.join(", "))
                })?;
            if given.insert(field, name.to_owned()).is_some() {
                return Err(format!("`{key}` is given twice"));
            }
        }
        Ok(Self { given })
    }
}

impl std::fmt::Display for ColumnNames {
    /// As it would be typed, in the order of the fields; nothing where no name was given.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let typed: Vec<String> = FIELDS
            .iter()
            .filter_map(|(field, key, _)| self.given.get(field).map(|name| format!("{key}={name}")))
            .collect();
        out.write_str(&typed.join(","))
    }
}

/// Which column (by its place among the names that were resolved) holds which field.
pub type Columns = BTreeMap<Field, usize>;

fn folded(name: &str) -> String {
    name.trim().chars().filter(|c| !matches!(c, '_' | '-' | ' ' | '.')).flat_map(char::to_lowercase).collect()
}

impl ColumnNames {
    /// Finds the columns of a table.
    ///
    /// # Errors
    /// One notice if a given name is not there, if a needed one stands twice, or if neither names nor habit find the title and the abstract.
    pub fn resolve(&self, names: &[String]) -> Result<Columns, Notice> {
        let mut columns = Columns::new();
        for (field, _, usual) in &FIELDS {
            let place = match self.given.get(field) {
                Some(given) => {
                    Some(place_of(given, names).ok_or_else(|| absent(&format!("no column `{given}`"), names))?)
                }
                None => usual.iter().find_map(|usual| names.iter().position(|name| folded(name) == *usual)),
            };
            if let Some(place) = place {
                if names.iter().filter(|name| **name == names[place]).count() > 1 {
                    // A date needs no year beside it.
                    if *field == Field::Year && columns.contains_key(&Field::Date) {
                        continue;
                    }
                    return Err(absent(&format!("more than one column `{}`", names[place]), names));
                }
                columns.insert(*field, place);
            }
        }
        for (field, missing) in [(Field::Title, "title"), (Field::Abstract, "abstract")] {
            if !columns.contains_key(&field) {
                return Err(absent(&format!("a table without a column for the {missing}"), names));
            }
        }
        Ok(columns)
    }
}

fn place_of(given: &str, names: &[String]) -> Option<usize> {
    let exact = names.iter().position(|name| name == given);
    exact.or_else(|| names.iter().position(|name| folded(name) == folded(given)))
}

fn absent(what: &str, names: &[String]) -> Notice {
    let mut shown: Vec<String> = names.iter().take(20).map(|name| format!("`{name}`")).collect();
    if names.len() > shown.len() {
        shown.push(format!("and {} more", names.len() - shown.len()));
    }
    if shown.is_empty() {
        shown.push("none".to_owned());
    }
    error(
        Some(1),
        format!("{what}; its columns are {}", shown.join(", ")),
        "columns `title` and `abstract`, and `date` for the trends",
        "name the columns: --columns title=NAME,abstract=NAME,date=NAME",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(given: &str, names: &[&str]) -> Result<Vec<(Field, usize)>, String> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let columns: ColumnNames = given.parse()?;
        columns.resolve(&names).map(|c| c.into_iter().collect()).map_err(|n| n.found)
    }

    #[test]
    fn usual_names_are_found_whatever_their_case() {
        let found = resolve("", &["Year", "Publication_Date", "SUMMARY", "Title", "extra"]).unwrap();
        assert_eq!(found, [(Field::Title, 3), (Field::Abstract, 2), (Field::Date, 1), (Field::Year, 0)]);
        assert_eq!(
            resolve("", &["ti", "ab", "py"]).unwrap(),
            [(Field::Title, 0), (Field::Abstract, 1), (Field::Year, 2)]
        );
    }

    #[test]
    fn the_name_of_a_journal_is_no_title() {
        let zotero = ["Publication Year", "Author", "Publication Title", "Title", "Abstract Note", "Date"];
        let [title, text, date] = [(Field::Title, 3), (Field::Abstract, 4), (Field::Date, 5)];
        assert_eq!(resolve("", &zotero).unwrap(), [title, text, date, (Field::Year, 0), (Field::Authors, 1)]);
        let ieee = ["Publication Title", "Document Title", "Abstract"];
        assert_eq!(resolve("", &ieee).unwrap(), [(Field::Title, 1), (Field::Abstract, 2)]);
        assert!(
            resolve("", &["Publication Title", "Abstract"]).unwrap_err().contains("without a column for the title")
        );
    }

    #[test]
    fn a_year_that_stands_twice_beside_a_date_is_left_alone() {
        let found = resolve("", &["title", "abstract", "date", "Year", "Year"]).unwrap();
        assert_eq!(found, [(Field::Title, 0), (Field::Abstract, 1), (Field::Date, 2)]);
        assert!(resolve("", &["title", "abstract", "Year", "Year"]).is_err());
    }

    #[test]
    fn given_names_win() {
        let found = resolve("title=headline, abstract=text,date=day", &["title", "text", "headline", "day"]).unwrap();
        assert_eq!(found, [(Field::Title, 2), (Field::Abstract, 1), (Field::Date, 3)]);
    }

    #[test]
    fn what_is_missing_is_named() {
        let problem = resolve("", &["title", "theme", "date", "byline"]).unwrap_err();
        assert_eq!(
            problem,
            "a table without a column for the abstract; its columns are `title`, `theme`, `date`, `byline`"
        );
        assert_eq!(
            resolve("title=x", &["title", "abstract"]).unwrap_err(),
            "no column `x`; its columns are `title`, `abstract`"
        );
    }

    #[test]
    fn a_needed_name_that_stands_twice_is_refused() {
        let problem = resolve("", &["title", "title", "abstract"]).unwrap_err();
        assert!(problem.starts_with("more than one column `title`"), "{problem}");
        assert!(resolve("", &["title", "abstract", "x", "x"]).is_ok());
    }

    #[test]
    fn names_are_shown_as_they_are_typed() {
        let typed = "title=Name,abstract=Text,date=Day,id=Key";
        assert_eq!("id=Key,title=Name, date=Day,abstract=Text".parse::<ColumnNames>().unwrap().to_string(), typed);
    }

    #[test]
    fn what_is_no_field_is_refused() {
        assert!("titel=x".parse::<ColumnNames>().unwrap_err().contains("title, abstract, date, id"));
        assert!("title".parse::<ColumnNames>().unwrap_err().contains("field=column"));
        assert!("title=a,title=b".parse::<ColumnNames>().unwrap_err().contains("twice"));
    }
}
