//! The run id: a hash of everything that can change a result. Threads, clock, machine and folders do not enter.

use model::{SettingValue, SourceSummary};

/// First 12 hex digits of the BLAKE3 hash over version, settings, and name and content hash of every input, all sorted.
/// Every field is preceded by its length, so that no two lists of fields run together into the same bytes.
pub(crate) fn run_id(version: &str, settings: &[SettingValue], sources: &[SourceSummary]) -> String {
    let mut settings: Vec<_> = settings.iter().map(|s| (s.name.as_str(), s.value.as_str())).collect();
    let mut inputs: Vec<_> = sources.iter().map(|s| (s.blake3.as_str(), s.name.as_str())).collect();
    settings.sort_unstable();
    inputs.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    let mut field = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    field(version);
    field(&settings.len().to_string());
    for (name, value) in settings.into_iter().chain(inputs) {
        field(name);
        field(value);
    }
    hasher.finalize().to_hex()[..12].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(name: &str, blake3: &str) -> SourceSummary {
        SourceSummary { name: name.to_owned(), blake3: blake3.to_owned(), ..SourceSummary::default() }
    }

    fn setting(name: &str, value: &str) -> SettingValue {
        SettingValue { name: name.to_owned(), value: value.to_owned() }
    }

    #[test]
    fn order_does_not_enter_and_everything_else_does() {
        let settings = [setting("seed", "0"), setting("themes", "auto")];
        let sources = [source("a", "1"), source("b", "2")];
        let id = run_id("1", &settings, &sources);
        assert_eq!(id.len(), 12);
        assert_eq!(
            id,
            run_id("1", &[settings[1].clone(), settings[0].clone()], &[sources[1].clone(), sources[0].clone()])
        );
        assert_ne!(id, run_id("2", &settings, &sources));
        assert_ne!(id, run_id("1", &[setting("seed", "1"), settings[1].clone()], &sources));
        assert_ne!(id, run_id("1", &settings, &[source("c", "1"), sources[1].clone()]));
        assert_ne!(id, run_id("1", &settings, &sources[..1]));
    }
}
