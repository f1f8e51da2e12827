//! The gold articles: where they lie, which set they belong to, what they judge.

use std::path::{Path, PathBuf};

use anyhow::Context;
use unspin_core::{Family, rules};
use unspin_fixture::Fixture;

/// An article with its expected marks.
#[derive(Debug)]
pub(super) struct Article {
    /// Articles that are summed up together: those of one folder.
    pub(super) set: String,
    pub(super) name: String,
    /// The family of its marks; it judges no other.
    pub(super) family: Family,
    pub(super) fixture: Fixture,
}

/// The articles of folders and files, in the order of their paths.
pub(super) fn read(paths: &[PathBuf]) -> anyhow::Result<Vec<Article>> {
    let mut listed = Vec::new();
    for path in paths {
        list(path, &mut listed)?;
    }
    listed
        .iter()
        .map(|path| {
            let marked = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
            let fixture = unspin_fixture::parse(&marked).with_context(|| format!("`{}`", path.display()))?;
            let name = stem(path);
            let folder = path.parent();
            // A folder's only article stands for itself.
            let is_alone = listed.iter().filter(|other| other.parent() == folder).count() == 1;
            let folder = folder.and_then(Path::file_name).map(|folder| folder.to_string_lossy().into_owned());
            let set = folder.filter(|_| !is_alone).unwrap_or_else(|| name.clone());
            Ok(Article { set, name, family: family_of(&fixture), fixture })
        })
        .collect()
}

fn stem(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().replace(".gold.txt", "").replace(".txt", "")
}

fn list(path: &Path, into: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if path.is_file() {
        into.push(path.to_owned());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    // Files before folders: the seed is what everybody looks for first.
    entries.sort_by_key(|path| (path.is_dir(), path.clone()));
    for entry in entries {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_clean = name.starts_with("clean") && name.ends_with(".txt");
        if entry.is_dir() {
            list(&entry, into)?;
        } else if name.ends_with(".gold.txt") || is_clean {
            into.push(entry);
        }
    }
    Ok(())
}

/// Claims name their rule.
fn family_of(fixture: &Fixture) -> Family {
    let is_claim = fixture
        .marks
        .iter()
        .any(|mark| mark.rule.as_deref().and_then(rules::find).is_some_and(|rule| rule.family == Family::Claim));
    if is_claim { Family::Claim } else { Family::Spun }
}
