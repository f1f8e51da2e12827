//! The settings that hold for a file: those of the editor, under those of the nearest `unspin.toml`.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use unspin_core::{RuleLevel, Sensitivity, Settings, rules};
use unspin_project::{CONFIG_NAME, Config, ConfigError, Configs};

/// Where settings come from, and what was last read there.
#[derive(Debug, Default)]
pub(crate) struct Configuration {
    /// The editor's, for what lies in no workspace folder.
    editor: Editor,
    /// The editor's, by workspace folder.
    folders: BTreeMap<PathBuf, Editor>,
    configs: Configs,
    /// The last good content of each file, for while it is broken.
    last_good: BTreeMap<PathBuf, Arc<Config>>,
    /// What is wrong now, by file.
    broken: BTreeMap<PathBuf, ConfigError>,
}

/// The settings of an editor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Editor {
    settings: Settings,
    /// Who says it, beside each statement.
    inlay_hints: bool,
}

/// What holds for one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Resolved {
    pub(crate) settings: Settings,
    /// It is not to be looked at.
    pub(crate) excluded: bool,
    /// Who says it is to be shown beside each statement.
    pub(crate) inlay_hints: bool,
}

impl Configuration {
    /// Takes the editor's settings for what lies in no folder.
    pub(crate) fn set_editor(&mut self, value: &Value) {
        self.editor = editor_settings(value);
    }

    /// Takes the editor's settings for a folder.
    pub(crate) fn set_folder(&mut self, folder: PathBuf, value: &Value) {
        self.folders.insert(folder, editor_settings(value));
    }

    pub(crate) fn forget_folder(&mut self, folder: &Path) {
        self.folders.remove(folder);
    }

    /// Reads files again when they are needed again.
    pub(crate) fn forget_files(&mut self) {
        self.configs.forget();
    }

    /// The settings for a file, or, with `None`, for a text that is no file.
    pub(crate) fn resolve(&mut self, path: Option<&Path>) -> Resolved {
        let Some(path) = path else {
            return Resolved::of(self.editor.clone());
        };
        let editor = path.ancestors().find_map(|folder| self.folders.get(folder)).unwrap_or(&self.editor).clone();
        let Some(file) = config_file(path) else {
            return Resolved::of(editor);
        };
        let config = match self.configs.nearest(path) {
            Ok(config) => {
                self.broken.remove(&file);
                self.last_good.insert(file, Arc::clone(&config));
                config
            }
            Err(error) => {
                let last_good = self.last_good.get(&error.path).cloned();
                self.broken.insert(error.path.clone(), error);
                match last_good {
                    Some(config) => config,
                    None => {
                        return Resolved::of(editor);
                    }
                }
            }
        };
        // The file is shared by all who work on the articles, so it has the last word.
        let settings = config.settings_over(editor.settings, path);
        Resolved { settings, excluded: config.excludes(path), inlay_hints: editor.inlay_hints }
    }

    /// What is wrong with each file that was read.
    pub(crate) fn broken(&self) -> &BTreeMap<PathBuf, ConfigError> {
        &self.broken
    }

    /// A file that was broken and is no longer there has nothing wrong with it.
    pub(crate) fn forget_vanished(&mut self) {
        self.broken.retain(|path, _| path.is_file());
        self.last_good.retain(|path, _| path.is_file());
    }

    /// Adds a phrase to the `unspin.toml` that holds for a folder, making one there if there is none. Gives the file.
    pub(crate) fn allow(&mut self, folder: &Path, phrase: &str) -> io::Result<PathBuf> {
        let path = unspin_project::allow_phrase(folder, phrase)?;
        self.forget_files();
        Ok(path)
    }
}

impl Resolved {
    /// What holds where no file says anything.
    fn of(editor: Editor) -> Resolved {
        Resolved { settings: editor.settings, excluded: false, inlay_hints: editor.inlay_hints }
    }
}

/// The `unspin.toml` that holds for a file.
fn config_file(path: &Path) -> Option<PathBuf> {
    path.ancestors().skip(1).map(|folder| folder.join(CONFIG_NAME)).find(|file| file.is_file())
}

/// The settings of an editor, which have the names of `unspin.toml`. What cannot be read is logged and left at its default.
fn editor_settings(value: &Value) -> Editor {
    // Some clients send the section itself, some what it stands in.
    let value = value.get("unspin").unwrap_or(value);
    let mut settings = Settings::default();
    if let Some(sensitivity) = value.get("sensitivity").filter(|value| !value.is_null()) {
        match serde_json::from_value::<Sensitivity>(sensitivity.clone()) {
            Ok(sensitivity) => settings.sensitivity = sensitivity,
            Err(error) => tracing::warn!("the setting `unspin.sensitivity`: {error}"),
        }
    }
    for (rule, level) in value.get("rules").and_then(Value::as_object).into_iter().flatten() {
        let level = level.get("level").unwrap_or(level);
        match (rules::find(rule), serde_json::from_value::<RuleLevel>(level.clone())) {
            (Some(_), Ok(level)) => drop(settings.rules.insert(rule.clone(), level)),
            (None, _) => {
                let near = rules::nearest(rule).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                tracing::warn!("the setting `unspin.rules`: there is no rule `{rule}`{near}");
            }
            (_, Err(error)) => tracing::warn!("the setting `unspin.rules.{rule}`: {error}"),
        }
    }
    let allow = value.pointer("/words/allow").and_then(Value::as_array).into_iter().flatten();
    settings.allow.extend(allow.filter_map(Value::as_str).map(str::to_owned));
    Editor { settings, inlay_hints: value.get("inlayHints") == Some(&Value::Bool(true)) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_file_has_the_last_word_and_the_editor_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let article = folder.path().join("a.md");
        std::fs::write(folder.path().join(CONFIG_NAME), "[rules]\nspun-phrase = \"hint\"\n").unwrap();
        let mut configuration = Configuration::default();
        configuration.set_editor(
            &json!({ "unspin": { "rules": { "spun-phrase": "error", "spun-name": "off", "nonsense": "off" }, "sensitivity": "thorough" } }),
        );
        let rules = configuration.resolve(Some(&article)).settings.rules;
        assert_eq!(
            rules,
            [("spun-name".to_owned(), RuleLevel::Off), ("spun-phrase".to_owned(), RuleLevel::Hint)].into()
        );
        assert_eq!(configuration.resolve(Some(&article)).settings.sensitivity, Sensitivity::Thorough);
        assert_eq!(configuration.resolve(None).settings.rules["spun-phrase"], RuleLevel::Error);
    }

    #[test]
    fn a_folder_has_its_own_settings() {
        let folder = tempfile::tempdir().unwrap();
        let mut configuration = Configuration::default();
        configuration.set_folder(folder.path().to_owned(), &json!({ "sensitivity": "thorough" }));
        assert_eq!(
            configuration.resolve(Some(&folder.path().join("sub/a.md"))).settings.sensitivity,
            Sensitivity::Thorough
        );
        assert_eq!(
            configuration.resolve(Some(Path::new("/elsewhere/a.md"))).settings.sensitivity,
            Sensitivity::Balanced
        );
    }

    #[test]
    fn a_broken_file_leaves_the_last_good_settings() {
        let folder = tempfile::tempdir().unwrap();
        let (article, file) = (folder.path().join("a.md"), folder.path().join(CONFIG_NAME));
        let mut configuration = Configuration::default();
        std::fs::write(&file, "[words]\nallow = [\"army help\"]\n").unwrap();
        let good = configuration.resolve(Some(&article));
        assert_eq!(good.settings.allow, ["army help"]);
        std::fs::write(&file, "[words\n").unwrap();
        configuration.forget_files();
        assert_eq!(configuration.resolve(Some(&article)), good);
        assert_eq!(configuration.broken().keys().collect::<Vec<_>>(), [&file]);
        std::fs::remove_file(&file).unwrap();
        configuration.forget_files();
        configuration.forget_vanished();
        assert_eq!(configuration.resolve(Some(&article)), Resolved::default());
        assert!(configuration.broken().is_empty());
    }
}
