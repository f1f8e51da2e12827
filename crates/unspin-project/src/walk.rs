//! The articles under a path.

use std::fmt;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::article::{markup_of, said};
use crate::configs::Configs;

/// A folder or file that could not be looked into.
#[derive(Debug)]
pub struct WalkError(String);

impl fmt::Display for WalkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for WalkError {}

/// The articles at or under a path, in a fixed order.
///
/// A file that is named is taken whatever its extension; in a folder only those with an article's extension are, `.gitignore` and
/// `[files] exclude` are respected, and links are not followed, so that a folder that holds itself is no loop.
///
/// What cannot be read is in the list as an error, in its place.
pub fn walk(path: &Path, configs: &mut Configs) -> Vec<Result<PathBuf, WalkError>> {
    match path.metadata() {
        Err(error) => return vec![Err(WalkError(format!("cannot read `{}`: {}", path.display(), said(&error))))],
        Ok(metadata) if !metadata.is_dir() => return vec![Ok(path.to_owned())],
        Ok(_) => {}
    }
    let walker = WalkBuilder::new(path).follow_links(false).require_git(false).sort_by_file_path(Path::cmp).build();
    let mut found = Vec::new();
    for entry in walker {
        match entry {
            Err(error) => found.push(Err(WalkError(format!("cannot read: {error}")))),
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                if !is_file || markup_of(entry.path()).is_none() {
                    continue;
                }
                // A configuration that is wrong is reported when the file's settings are asked for.
                let excluded = configs.nearest(entry.path()).is_ok_and(|config| config.excludes(entry.path()));
                if !excluded {
                    found.push(Ok(entry.into_path()));
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_folder_gives_its_articles_and_no_loop() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("old")).unwrap();
        fs::write(root.join("unspin.toml"), "[files]\nexclude = [\"old/**\"]").unwrap();
        fs::write(root.join(".gitignore"), "draft.md\n").unwrap();
        for name in ["b.md", "a.txt", "c.rs", "draft.md", "old/d.md"] {
            fs::write(root.join(name), "text").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root, root.join("self")).unwrap();
        let found: Vec<_> = walk(root, &mut Configs::default()).into_iter().map(Result::unwrap).collect();
        assert_eq!(found, [root.join("a.txt"), root.join("b.md")]);
        assert_eq!(walk(&root.join("c.rs"), &mut Configs::default()).len(), 1);
        assert!(walk(&root.join("none.md"), &mut Configs::default())[0].is_err());
    }
}
