//! The entries that ship.

use std::fs;
use std::path::Path;

use unspin_lexicon::{SourceFile, check};

#[test]
fn every_entry_finds_and_mends_its_own_sentence() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sources/curated");
    let mut texts: Vec<(String, String)> = fs::read_dir(&folder)
        .expect("the folder of curated sources")
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    texts.sort();
    let files: Vec<SourceFile<'_>> = texts.iter().map(|(name, text)| SourceFile { name, text }).collect();
    let (_, mistakes) = check(&files);
    let listed: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    assert!(mistakes.is_empty(), "{} mistakes:\n{}", listed.len(), listed.join("\n"));
}
