//! `unspin.toml`: what may stand in it, and what is said when something else does.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};
use schemars::JsonSchema;
use serde::Deserialize;
use unspin_core::{RuleLevel, Sensitivity, Settings, rules};

/// The name of the configuration file; the nearest one above an article holds.
pub const CONFIG_NAME: &str = "unspin.toml";

/// Configuration of Unspin: which rules speak, how loudly, and where.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ConfigFile {
    /// How loudly each rule speaks: `"off"`, `"hint"`, `"information"`, `"warning"` or `"error"`.
    #[serde(default)]
    rules: BTreeMap<String, RuleSetting>,
    /// Where the marks begin: `"cautious"` shows only what is nearly certain, `"balanced"` what an editor would want to see,
    /// `"thorough"` everything worth a look.
    sensitivity: Option<Sensitivity>,
    /// Words and phrases.
    #[serde(default)]
    words: Words,
    /// Files.
    #[serde(default)]
    files: Files,
    /// Other settings for some paths; a later one wins over an earlier one.
    #[serde(default)]
    overrides: Vec<Override>,
}

/// A rule's level, alone or in a table.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(untagged)]
enum RuleSetting {
    /// `weasel-source = "hint"`
    Level(RuleLevel),
    /// `weasel-source = { level = "hint" }`
    Table(RuleTable),
}

/// A rule's settings.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RuleTable {
    /// How loudly the rule speaks.
    level: RuleLevel,
}

impl RuleSetting {
    fn level(self) -> RuleLevel {
        match self {
            RuleSetting::Level(level) | RuleSetting::Table(RuleTable { level }) => level,
        }
    }
}

/// Words and phrases.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Words {
    /// Phrases that are never marked, whatever their capitals.
    #[serde(default)]
    allow: Vec<String>,
}

/// Files.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Files {
    /// Globs, relative to this file, of what is not looked at: `["archive/**"]`.
    #[serde(default)]
    exclude: Vec<String>,
}

/// Other settings for some paths.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Override {
    /// Globs, relative to this file.
    paths: Vec<String>,
    /// How loudly each rule speaks there.
    #[serde(default)]
    rules: BTreeMap<String, RuleSetting>,
    /// Where the marks begin there.
    sensitivity: Option<Sensitivity>,
    /// Words and phrases there, beside those of the whole file.
    #[serde(default)]
    words: Words,
}

/// One `unspin.toml`, read and checked.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The folder that its globs are relative to.
    root: PathBuf,
    file: ConfigFile,
    exclude: GlobSet,
    overrides: Vec<GlobSet>,
}

/// Everything that is wrong with a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// Each mistake.
    pub problems: Vec<Problem>,
}

/// One mistake in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line, from 1; 0 when it is not known.
    pub line: usize,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (idx, problem) in self.problems.iter().enumerate() {
            if idx > 0 {
                writeln!(f)?;
            }
            write!(f, "{}:", self.path.display())?;
            if problem.line > 0 {
                write!(f, "{}:", problem.line)?;
            }
            write!(f, " {}", problem.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Reads a configuration that stands at `path`.
    ///
    /// # Errors
    /// Every mistake with its line: a key or rule that does not exist (with the nearest one that does), a value of the wrong kind,
    /// a glob that cannot be read.
    pub fn parse(text: &str, path: &Path) -> Result<Config, ConfigError> {
        let fail = |problems| ConfigError { path: path.to_owned(), problems };
        let file: ConfigFile = toml::from_str(text).map_err(|error| fail(vec![explain(&error, text)]))?;
        let mut problems = Vec::new();
        for name in file.rules.keys().chain(file.overrides.iter().flat_map(|over| over.rules.keys())) {
            if rules::find(name).is_none() {
                let suggestion =
                    rules::nearest(name).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                problems.push(Problem {
                    line: line_of(text, name),
                    message: format!("there is no rule `{name}`{suggestion}"),
                });
            }
        }
        let mut globs = |patterns: &[String]| {
            let mut builder = GlobSetBuilder::new();
            for pattern in patterns {
                match Glob::new(pattern) {
                    Ok(glob) => {
                        builder.add(glob);
                    }
                    Err(error) => problems.push(Problem {
                        line: line_of(text, pattern),
                        message: format!("`{pattern}` is no glob: {}", error.kind()),
                    }),
                }
            }
            builder.build().unwrap_or_default()
        };
        let exclude = globs(&file.files.exclude);
        let overrides = file.overrides.iter().map(|over| globs(&over.paths)).collect();
        if !problems.is_empty() {
            return Err(fail(problems));
        }
        let root = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Config { root, file, exclude, overrides })
    }

    /// The settings for one file, which need not exist.
    #[must_use]
    pub fn settings_for(&self, path: &Path) -> Settings {
        self.settings_over(Settings::default(), path)
    }

    /// The settings for one file, over others (an editor's) that hold where this configuration says nothing.
    #[must_use]
    pub fn settings_over(&self, mut settings: Settings, path: &Path) -> Settings {
        settings.allow.extend(self.file.words.allow.iter().cloned());
        settings.sensitivity = self.file.sensitivity.unwrap_or(settings.sensitivity);
        settings.rules.extend(self.file.rules.iter().map(|(name, setting)| (name.clone(), setting.level())));
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        for (over, globs) in self.file.overrides.iter().zip(&self.overrides) {
            if globs.is_match(relative) {
                settings.rules.extend(over.rules.iter().map(|(name, setting)| (name.clone(), setting.level())));
                settings.sensitivity = over.sensitivity.unwrap_or(settings.sensitivity);
                settings.allow.extend(over.words.allow.iter().cloned());
            }
        }
        settings
    }

    /// Whether the configuration asks to leave this file or folder alone.
    #[must_use]
    pub fn excludes(&self, path: &Path) -> bool {
        self.exclude.is_match(path.strip_prefix(&self.root).unwrap_or(path))
    }
}

/// The JSON schema of `unspin.toml`, with the known rules as the keys of `[rules]`.
#[must_use]
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(ConfigFile);
    let names: Vec<&str> = rules::RULES.iter().map(|rule| rule.name).collect();
    for pointer in ["/properties/rules", "/$defs/Override/properties/rules"] {
        if let Some(rules) = schema.pointer_mut(pointer).and_then(|value| value.as_object_mut()) {
            rules.insert("propertyNames".to_owned(), serde_json::json!({ "enum": names }));
        }
    }
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    text.push('\n');
    text
}

/// A mistake of the TOML reader in our words, with the nearest known key.
fn explain(error: &toml::de::Error, text: &str) -> Problem {
    let line = error.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    let mut message = error.message().lines().next().unwrap_or_default().to_owned();
    if message.contains("untagged enum RuleSetting") {
        // What the reader calls its types is nothing for a person.
        let value = error.span().and_then(|span| text.get(span)).unwrap_or_default().trim().replace('"', "");
        return Problem { line, message: format!("`{value}` is no level; {LEVELS}{}", near_level(&value)) };
    }
    for (technical, plain) in
        [("unknown field", "unknown key"), ("unknown variant", "unknown value"), ("missing field", "missing key")]
    {
        message = message.replacen(technical, plain, 1);
    }
    message = message.replace("expected a sequence", "expected a list, as in [\"…\"]");
    let mut quoted = message.split('`').skip(1).step_by(2);
    let suggestion = quoted.next().filter(|_| message.starts_with("unknown")).and_then(|unknown| {
        quoted
            .map(|known| (strsim::damerau_levenshtein(unknown, known), known))
            .min()
            .filter(|(distance, known)| *distance <= 1 + known.len() / 3)
            .map(|(_, known)| format!("; did you mean `{known}`?"))
    });
    Problem { line, message: message + &suggestion.unwrap_or_default() }
}

const LEVELS: &str = "write \"off\", \"hint\", \"information\", \"warning\" or \"error\"";

/// A suggestion for a level that other linters know by a shorter or longer name.
fn near_level(value: &str) -> &'static str {
    match value.to_ascii_lowercase().as_str() {
        "warn" | "warnings" => "; did you mean `warning`?",
        "info" | "note" => "; did you mean `information`?",
        "err" | "deny" | "errors" => "; did you mean `error`?",
        "allow" | "none" | "ignore" | "false" => "; did you mean `off`?",
        _ => "",
    }
}

/// The line on which a word first stands.
fn line_of(text: &str, word: &str) -> usize {
    text.lines().position(|line| line.contains(word)).map_or(0, |idx| idx + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn problems(text: &str) -> Vec<String> {
        let error = Config::parse(text, Path::new("unspin.toml")).unwrap_err();
        error.to_string().lines().map(str::to_owned).collect()
    }

    #[test]
    fn an_unknown_key_is_an_error_with_line_and_suggestion() {
        let found = problems("[rules]\nspun-phrase = \"hint\"\n\n[wrods]\nallow = []\n");
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("unspin.toml:4: unknown key `wrods`"), "{found:?}");
        assert!(found[0].ends_with("did you mean `words`?"), "{found:?}");
    }

    #[test]
    fn every_unknown_rule_is_named() {
        assert_eq!(
            problems("[rules]\nspun-phrases = \"off\"\nnonsense = \"off\"\n"),
            [
                "unspin.toml:3: there is no rule `nonsense`",
                "unspin.toml:2: there is no rule `spun-phrases`; did you mean `spun-phrase`?"
            ]
        );
    }

    #[test]
    fn an_unknown_level_is_an_error() {
        assert!(problems("sensitivity = \"brave\"")[0].contains("unknown value `brave`"));
        assert_eq!(
            problems("[rules]\nspun-phrase = \"loud\""),
            [format!("unspin.toml:2: `loud` is no level; {LEVELS}")]
        );
        assert!(problems("[rules]\nspun-phrase = \"warn\"")[0].ends_with("did you mean `warning`?"));
    }

    #[test]
    fn a_phrase_outside_a_list_is_an_error() {
        assert!(problems("[words]\nallow = \"army help\"")[0].ends_with("expected a list, as in [\"…\"]"));
    }

    #[test]
    fn a_later_override_wins() {
        let text = r#"
            sensitivity = "cautious"
            [rules]
            spun-phrase = "error"
            [words]
            allow = ["army help"]
            [[overrides]]
            paths = ["opinion/**"]
            rules = { spun-phrase = "off" }
            [[overrides]]
            paths = ["opinion/letters/*.md"]
            rules = { spun-phrase = { level = "hint" } }
            sensitivity = "thorough"
        "#;
        let config = Config::parse(text, Path::new("/site/unspin.toml")).unwrap();
        let level = |path: &str| config.settings_for(Path::new(path)).rules["spun-phrase"];
        assert_eq!(level("/site/news/a.md"), RuleLevel::Error);
        assert_eq!(level("/site/opinion/a.md"), RuleLevel::Off);
        assert_eq!(level("/site/opinion/letters/a.md"), RuleLevel::Hint);
        assert_eq!(config.settings_for(Path::new("/site/opinion/letters/a.md")).sensitivity, Sensitivity::Thorough);
        assert_eq!(config.settings_for(Path::new("/site/a.md")).allow, ["army help"]);
    }

    #[test]
    fn excluded_paths_are_relative_to_the_file() {
        let config = Config::parse("[files]\nexclude = [\"archive/**\"]", Path::new("/site/unspin.toml")).unwrap();
        assert!(config.excludes(Path::new("/site/archive/2019/a.md")));
        assert!(!config.excludes(Path::new("/site/news/archive.md")));
    }
}
