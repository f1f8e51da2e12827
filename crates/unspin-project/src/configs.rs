//! Finding the nearest `unspin.toml`, and adding to it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use toml_edit::{Array, DocumentMut, Item, Table, value};

use crate::article::said;
use crate::config_file::{CONFIG_NAME, Config, ConfigError, Problem};

/// The configuration files met so far, each read once.
#[derive(Debug, Default)]
pub struct Configs {
    known: BTreeMap<PathBuf, Option<Arc<Config>>>,
}

impl Configs {
    /// The configuration that holds for a file: the nearest `unspin.toml` in its folder or above, or the defaults.
    ///
    /// # Errors
    /// The nearest file is there and cannot be read or is wrong. It is read again when asked again.
    pub fn nearest(&mut self, path: &Path) -> Result<Arc<Config>, ConfigError> {
        for folder in path.ancestors().skip(1) {
            if let Some(config) = self.in_folder(folder)? {
                return Ok(config);
            }
        }
        Ok(Arc::default())
    }

    /// Forgets what was read, so that a changed file is seen.
    pub fn forget(&mut self) {
        self.known.clear();
    }

    fn in_folder(&mut self, folder: &Path) -> Result<Option<Arc<Config>>, ConfigError> {
        if let Some(known) = self.known.get(folder) {
            return Ok(known.clone());
        }
        let path = folder.join(CONFIG_NAME);
        let config = match fs::read_to_string(&path) {
            Ok(text) => Some(Arc::new(Config::parse(&text, &path)?)),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => None,
            Err(error) => {
                let problem = Problem { line: 0, message: format!("cannot read it: {}", said(&error)) };
                return Err(ConfigError { path, problems: vec![problem] });
            }
        };
        self.known.insert(folder.to_owned(), config.clone());
        Ok(config)
    }
}

/// Adds a phrase to `[words] allow` of the nearest `unspin.toml` at or above `folder`, or of a new one in `folder` itself.
///
/// Comments and layout of the file stay. Gives the file written; a phrase that is there already changes nothing.
///
/// # Errors
/// The file cannot be read or written, or is no TOML that has room for the list.
pub fn allow_phrase(folder: &Path, phrase: &str) -> io::Result<PathBuf> {
    let path = folder
        .ancestors()
        .map(|above| above.join(CONFIG_NAME))
        .find(|path| path.is_file())
        .unwrap_or_else(|| folder.join(CONFIG_NAME));
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    let invalid =
        |message: String| io::Error::new(io::ErrorKind::InvalidData, format!("`{}`: {message}", path.display()));
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| invalid(error.message().to_owned()))?;
    let words = document.entry("words").or_insert(Item::Table(Table::new()));
    let words = words.as_table_like_mut().ok_or_else(|| invalid("`words` is not a table".to_owned()))?;
    let allow = words.entry("allow").or_insert(value(Array::new()));
    let allow = allow.as_array_mut().ok_or_else(|| invalid("`words.allow` is not a list".to_owned()))?;
    let known = allow.iter().any(|item| item.as_str().is_some_and(|item| item.eq_ignore_ascii_case(phrase)));
    if !known {
        allow.push(phrase);
        fs::write(&path, document.to_string())?;
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_wins() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        fs::create_dir_all(&inner).unwrap();
        fs::write(folder.path().join(CONFIG_NAME), "[words]\nallow = [\"outer\"]").unwrap();
        fs::write(folder.path().join("a").join(CONFIG_NAME), "[words]\nallow = [\"inner\"]").unwrap();
        let mut configs = Configs::default();
        let mut allowed = |path: PathBuf| configs.nearest(&path).unwrap().settings_for(&path).allow;
        assert_eq!(allowed(inner.join("x.md")), ["inner"]);
        assert_eq!(allowed(folder.path().join("x.md")), ["outer"]);
    }

    #[test]
    fn allowing_a_phrase_keeps_the_rest_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = allow_phrase(folder.path(), "army help").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "[words]\nallow = [\"army help\"]\n");
        fs::write(&path, "# ours\n[rules]\nspun-name = \"off\" # names are checked elsewhere\n").unwrap();
        allow_phrase(&folder.path().join("sub"), "army help").unwrap();
        allow_phrase(folder.path(), "Army Help").unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# ours\n[rules]\nspun-name = \"off\" # names are checked elsewhere\n"), "{text}");
        assert_eq!(text.matches("army help").count(), 1);
        assert!(!text.contains("Army Help"));
    }

    #[test]
    fn a_broken_file_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(CONFIG_NAME);
        fs::write(&path, "[words\n").unwrap();
        assert!(allow_phrase(folder.path(), "x").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "[words\n");
    }
}
