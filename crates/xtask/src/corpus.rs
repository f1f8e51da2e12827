//! Clean text from outside the repository: UTF-8, a paragraph a line, plain or compressed with zstd.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context;

/// How much text is held at once.
const BATCH_BYTES: usize = 8_000_000;

/// Hands the text over in batches of whole lines. Bytes that are no UTF-8 are replaced.
///
/// A file ending in `.zst` is read through the `zstd` command.
pub(crate) fn for_each_batch(path: &Path, mut work: impl FnMut(Vec<String>)) -> anyhow::Result<()> {
    let is_packed = path.extension().is_some_and(|extension| extension == "zst");
    let mut unpack = None;
    let source: Box<dyn Read> = if is_packed {
        let mut child = Command::new("zstd")
            .arg("-dcq")
            .arg(path)
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start `zstd`, which unpacks the corpus")?;
        let pipe = child.stdout.take().context("zstd has no output")?;
        unpack = Some(child);
        Box::new(pipe)
    } else {
        Box::new(File::open(path).with_context(|| format!("cannot read `{}`", path.display()))?)
    };
    let mut reader = BufReader::new(source);
    let mut batch = Vec::new();
    let mut bytes = 0;
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        bytes += line.len();
        batch.push(String::from_utf8_lossy(&line).trim_end().to_owned());
        line.clear();
        if bytes >= BATCH_BYTES {
            work(std::mem::take(&mut batch));
            bytes = 0;
        }
    }
    work(batch);
    if let Some(mut child) = unpack {
        // A file that is cut off still holds most of its text; whoever reads the numbers should know.
        if !child.wait()?.success() {
            eprintln!("warning: `{}` is damaged; what could be unpacked was read", path.display());
        }
    }
    Ok(())
}
