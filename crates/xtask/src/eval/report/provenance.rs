//! Which code and which data a page was measured with.

use std::path::Path;
use std::process::Command;

use crate::models;

/// What the figures depend on besides the models.
const DATA: [&str; 2] = ["crates/unspin-lexicon/sources", "crates/unspin-core/src/spin"];

/// Names the commit and the contents (git's ids) of models, lexicon and decision.
pub(crate) fn section(models: &models::Options) -> String {
    let mut page = format!("Commit {}", git(&["rev-parse", "--short=12", "HEAD"]));
    let changed = git(&["status", "--porcelain", "--untracked-files=no", "--", "crates"]);
    if !changed.is_empty() {
        page.push_str(", with changes not committed");
    }
    page.push_str(". Git's ids of what was measured: ");
    let mut ids: Vec<String> = Vec::new();
    for path in models.paths() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        ids.push(format!("{name} `{}`", short(&git(&["hash-object", "--", &path.to_string_lossy()]))));
    }
    for folder in DATA {
        ids.push(format!("{folder} `{}`", short(&git(&["rev-parse", &format!("HEAD:{folder}")]))));
    }
    page.push_str(&ids.join(", "));
    if !models.without().is_empty() {
        page.push_str(&format!(". Left out of the lexicon: {}", models.without().join(", ")));
    }
    page.push_str(".\n\n");
    page
}

fn short(id: &str) -> &str {
    id.get(..10).unwrap_or("unknown")
}

/// What git says; nothing when there is no git.
fn git(arguments: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Command::new("git")
        .args(arguments)
        .current_dir(root)
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        .unwrap_or_default()
}
