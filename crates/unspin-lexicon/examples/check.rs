//! Checks files of entries before they are committed: every mistake, and every entry's own sentence.
//!
//!     cargo run -q -p unspin-lexicon --example check -- sources/curated/politics.txt …
//!
//! Without files it checks all of `sources/curated`. Exit code 1 when something is wrong. Doubles are looked for among
//! the files that are given, so check all of them together at the end.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use unspin_lexicon::{Mistake, SourceFile, check};

fn main() -> ExitCode {
    let mut paths: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    if paths.is_empty() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sources/curated");
        paths = fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
        paths.sort();
    }
    let mut texts = Vec::new();
    for path in &paths {
        match fs::read_to_string(path) {
            Ok(text) => texts.push((path.display().to_string(), text)),
            Err(error) => {
                eprintln!("{}: {error}", path.display());
                return ExitCode::from(2);
            }
        }
    }
    let files: Vec<SourceFile<'_>> = texts.iter().map(|(name, text)| SourceFile { name, text }).collect();
    let (n_entries, mistakes) = check(&files);
    mistakes.iter().for_each(|mistake: &Mistake| println!("{mistake}"));
    println!("{n_entries} entries without a mistake, {} mistakes", mistakes.len());
    if mistakes.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
