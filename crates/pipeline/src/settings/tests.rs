//! Every setting through every way in and out: words, files, defaults, clashes.

use super::*;
use model::BinUnit;

fn read(text: &str) -> Result<Vec<FileSetting>, Vec<Notice>> {
    settings_file(&Source { name: "papertide.toml".to_owned(), bytes: text.as_bytes().to_vec() })
}

#[test]
fn values_are_sorted_and_each_name_stands_once() {
    let names: Vec<String> = Settings::default().values().into_iter().map(|value| value.name).collect();
    let mut expected = names.clone();
    expected.sort();
    expected.dedup();
    assert_eq!(names, expected);
}

#[test]
fn a_changed_setting_shows() {
    let mut settings = Settings::default();
    settings.trends.bin = Some(BinUnit::Quarter);
    settings.themes.themes = Some(20);
    let value = |name: &str| settings.values().into_iter().find(|v| v.name == name).map(|v| v.value);
    assert_eq!(value("bin").as_deref(), Some("quarter"));
    assert_eq!(value("themes").as_deref(), Some("20"));
    assert_eq!(value("page-year").as_deref(), Some("inferred"));
}

/// Another value than the default, for every setting but the one whose value is no more than a name: what is written reads back as
/// what it was.
#[test]
fn every_setting_is_written_and_read_back() {
    let values: Vec<SettingValue> = Settings::all()
        .filter(|setting| !setting.takes.is_run())
        .map(|setting| SettingValue { name: setting.name.to_owned(), value: other_than_default(setting) })
        .collect();
    let mut settings = Settings::of_values(&values).unwrap();
    let previous = Settings::named("previous").unwrap();
    assert_eq!(previous.value(&settings), "none");
    previous.put_run(&mut settings, PreviousRun { run_id: "0123456789ab".to_owned(), ..PreviousRun::default() });
    let run = SettingValue { name: "previous".to_owned(), value: "0123456789ab".to_owned() };
    let mut expected = [values, vec![run]].concat();
    expected.sort();
    assert_eq!(settings.values(), expected);
    assert_eq!((settings.themes.seed, settings.trends.seed), (7, 7), "one seed for all stages");
    assert_eq!(settings.trends.as_of, settings.read.as_of);
    assert_eq!(Settings::of_values(&Settings::default().values()).unwrap().values(), Settings::default().values());
}

fn other_than_default(setting: &Setting) -> String {
    match (setting.name, setting.takes) {
        ("stop-words", _) => "big model\nwidget".to_owned(),
        ("synonyms", _) => "RAG = rag system, retrieval-augmented generation".to_owned(),
        ("seed-themes", _) => {
            "[[theme]]\nname = \"A \\\"b\\\"\"\nwords = [\"sand, dunes\", \"ice\"]\ntitles = []".to_owned()
        }
        ("seed", _) => "7".to_owned(),
        ("q" | "flat-margin" | "max-share" | "min-npmi" | "eps", _) => "0.375".to_owned(),
        (_, Takes::Whole(least, _)) => (least + u64::from(setting.default() == least.to_string())).to_string(),
        (_, Takes::Words(words)) => words().into_iter().find(|word| setting.default() != *word).unwrap().to_owned(),
        (_, Takes::Day) => "2025-01-31".to_owned(),
        (_, Takes::Columns) => "title=Name,abstract=Text".to_owned(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_out_of_range_is_refused_and_changes_nothing() {
    let mut settings = Settings::default();
    for (name, typed) in [
        ("window", "3"),
        ("window", "+12"),
        ("window", "twelve"),
        ("eps", "0"),
        ("eps", "NaN"),
        ("eps", "2.1"),
        ("min-npmi", "-1.5"),
        ("bin", "day"),
        ("as-of", "2025-02-30"),
        ("as-of", "2025-02-03T04:05Z"),
        ("columns", "colour=title"),
        ("columns", "title"),
        ("stop-words", ""),
        ("themes", "0"),
        ("seed", "-1"),
        ("ngram", "4"),
    ] {
        let expected = Settings::named(name).unwrap().put(&mut settings, typed);
        assert!(expected.is_err_and(|expected| !expected.is_empty()), "{name} = {typed}");
    }
    assert_eq!(settings.values(), Settings::default().values());
}

#[test]
fn the_example_holds_every_setting_and_says_the_defaults() {
    let text = example();
    assert_eq!(read(&text), Ok(Vec::new()), "all of it is commented out");
    let bare = |line: &str| line.strip_prefix('#').filter(|line| !line.starts_with(' ')).unwrap_or(line).to_owned();
    let active: Vec<String> = text.lines().map(|line| bare(line) + "\n").collect();
    let given = read(&active.concat()).unwrap();
    assert_eq!(given.iter().map(|g| g.name).collect::<Vec<_>>(), Settings::all().map(|s| s.name).collect::<Vec<_>>());
    let mut settings = Settings::default();
    for setting in given {
        assert_eq!(Settings::named(setting.name).unwrap().default(), setting.typed);
        Settings::named(setting.name).unwrap().put(&mut settings, &setting.typed).unwrap();
    }
    assert_eq!(settings.values(), Settings::default().values());
}

#[test]
fn days_and_numbers_are_read_in_the_ways_of_toml() {
    let text = "version = 1\nas-of = 2025-03-04\nfrom = \"2025-01-01\"\nthemes = 1_000\nq = 5e-2\nseed = 0x10\n";
    let given = read(text).unwrap();
    let typed: Vec<(&str, &str, u64)> = given.iter().map(|g| (g.name, g.typed.as_str(), g.line)).collect();
    assert_eq!(typed[..2], [("as-of", "2025-03-04", 2), ("from", "2025-01-01", 3)]);
    assert_eq!(typed[2..], [("themes", "1000", 4), ("q", "5e-2", 5), ("seed", "16", 6)]);
}

#[test]
fn settings_that_do_not_go_together_name_the_one_to_change() {
    let clash = |changes: &[(&str, &str)]| {
        let mut settings = Settings::default();
        for (name, typed) in changes {
            Settings::named(name).unwrap().put(&mut settings, typed).unwrap();
        }
        settings.check().err().map(|clash| clash.setting)
    };
    assert_eq!(clash(&[]), None);
    assert_eq!(clash(&[("algorithm", "dbscan"), ("themes", "5")]), Some("themes"));
    assert_eq!(clash(&[("eps", "0.5")]), Some("eps"));
    assert_eq!(clash(&[("themes", "5"), ("level", "6")]), Some("level"));
    assert_eq!(clash(&[("from", "2025-01-02"), ("to", "2025-01-01")]), Some("from"));
    assert_eq!(clash(&[("from", "2025-01-02"), ("as-of", "2025-01-01")]), Some("from"));
}
