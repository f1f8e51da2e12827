//! The command lines, from start to end of the process.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::Value;

use super::process;

/// One run over one file.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) name: &'static str,
    pub(super) version: String,
    pub(super) bytes: usize,
    pub(super) findings: usize,
    pub(super) wall: Duration,
}

impl Run {
    pub(super) fn megabytes_a_second(&self) -> f64 {
        self.bytes as f64 / 1e6 / self.wall.as_secs_f64()
    }
}

/// `unspin check`.
pub(super) fn unspin(program: &Path, text: &str) -> anyhow::Result<Run> {
    timed("unspin", program, &["check", "--format", "json"], text)
}

/// `harper-cli lint`.
pub(super) fn harper(program: &Path, text: &str) -> anyhow::Result<Run> {
    timed("harper-cli", program, &["lint", "--format", "json", "--quiet"], text)
}

fn timed(name: &'static str, program: &Path, args: &[&str], text: &str) -> anyhow::Result<Run> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("article.txt");
    std::fs::write(&path, text)?;
    let begin = Instant::now();
    let output = Command::new(program)
        .args(args)
        .arg(&path)
        .current_dir(folder.path())
        .env("HOME", folder.path())
        .output()
        .with_context(|| format!("cannot run `{}`", program.display()))?;
    let wall = begin.elapsed();
    let findings = count(&String::from_utf8(output.stdout)?);
    ensure!(findings > 0, "`{name}` finds nothing: {}", String::from_utf8_lossy(&output.stderr));
    let version = process::said_by(program, &["--version"]);
    Ok(Run { name, version, bytes: text.len(), findings, wall })
}

/// How many findings a program's JSON lists: the longest list of objects in it.
fn count(json: &str) -> usize {
    fn longest(value: &Value) -> usize {
        match value {
            Value::Array(items) => {
                let own = if items.iter().all(Value::is_object) { items.len() } else { 0 };
                items.iter().map(longest).max().unwrap_or(0).max(own)
            }
            Value::Object(fields) => fields.values().map(longest).max().unwrap_or(0),
            _ => 0,
        }
    }
    serde_json::from_str(json).map_or(0, |value| longest(&value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_counted_wherever_they_are_listed() {
        assert_eq!(count(r#"{"files":[{"findings":[{"a":1},{"a":2,"fixes":[{}]},{"a":3}]}]}"#), 3);
        assert_eq!(count(r#"[{"lints":[{},{}]}]"#), 2);
        assert_eq!(count("no JSON"), 0);
    }
}
