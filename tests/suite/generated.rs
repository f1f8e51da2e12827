//! What is written by a command says what the code says.

use std::path::{Path, PathBuf};

use xtask::codegen;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn generated_files_are_fresh() {
    let stale = codegen::stale(&root());
    assert!(stale.is_empty(), "stale: {stale:?}; run `{}`", codegen::COMMAND);
}

#[test]
fn a_stale_a_missing_and_a_left_behind_file_are_found() {
    let folder = tempfile::tempdir().unwrap();
    for file in codegen::generated() {
        let path = folder.path().join(file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.text).unwrap();
    }
    assert!(codegen::stale(folder.path()).is_empty());
    let pages = folder.path().join("docs/rules");
    std::fs::write(pages.join("spun-phrase.md"), "something else").unwrap();
    std::fs::remove_file(pages.join("README.md")).unwrap();
    std::fs::write(pages.join("rule-of-yesterday.md"), "").unwrap();
    let found: Vec<String> = codegen::stale(folder.path())
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(found, ["README.md", "spun-phrase.md", "rule-of-yesterday.md"]);
}
