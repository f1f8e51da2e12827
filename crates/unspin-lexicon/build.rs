//! Compiles the sources to the table that the crate embeds; stops the build with every mistake of every file.

#![allow(unreachable_pub, missing_docs, reason = "modules shared with the crate, where they are reachable")]

use std::error::Error;
use std::path::Path;
use std::{env, fs};

#[path = "src/compile.rs"]
mod compile;
#[path = "src/consistency.rs"]
mod consistency;
#[path = "src/entry.rs"]
#[allow(dead_code, reason = "what only matches need")]
mod entry;
#[path = "src/key.rs"]
#[allow(dead_code, reason = "ranges are for texts, not for keys")]
mod key;
#[path = "src/source.rs"]
mod source;

use entry::{Mistake, SourceFile};

/// Generated lists, beside the curated files.
const TERMS: &str = "terms_pps.tsv";
const EVERYDAY: &str = "everyday.tsv";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=sources/curated");
    println!("cargo::rerun-if-env-changed=UNSPIN_LEXICON_LENIENT");
    let mut texts = Vec::new();
    let mut paths: Vec<_> =
        fs::read_dir("sources/curated")?.map(|file| file.map(|file| file.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    // The order of a folder differs between systems; the table must not.
    paths.sort();
    for path in &paths {
        let name = path.file_name().and_then(|name| name.to_str()).ok_or("the name of a source file is not UTF-8")?;
        texts.push((name.to_owned(), fs::read_to_string(path)?, false));
    }
    for name in [TERMS, EVERYDAY] {
        let path = Path::new("sources").join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        texts.push((name.to_owned(), fs::read_to_string(path)?, true));
    }

    let files: Vec<SourceFile<'_>> = texts.iter().map(|(name, text, _)| SourceFile { name, text }).collect();
    let terms: Vec<bool> = texts.iter().map(|&(_, _, is_terms)| is_terms).collect();
    let (entries, mut mistakes) = read(&files, &terms);
    let (compiled, more) = compile::compile(&files, &terms, &entries);
    mistakes.extend(more);
    if !mistakes.is_empty() {
        mistakes.sort();
        report(&mistakes)?;
    }
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("lexicon.fst"), compiled.fst)?;
    fs::write(Path::new(&out).join("lexicon.table"), compiled.table)?;
    Ok(())
}

fn read(files: &[SourceFile<'_>], terms: &[bool]) -> (Vec<entry::Entry>, Vec<Mistake>) {
    let n_curated = terms.iter().filter(|&&is_terms| !is_terms).count();
    let (mut entries, mut mistakes) = source::parse(&files[..n_curated]);
    mistakes.extend(consistency::check(files, &entries));
    for (idx, file) in files.iter().enumerate().skip(n_curated) {
        let parse = if file.name == EVERYDAY { source::parse_everyday } else { source::parse_terms };
        let (listed, more) = parse(idx, file);
        entries.extend(listed);
        mistakes.extend(more);
    }
    (entries, mistakes)
}

fn report(mistakes: &[Mistake]) -> Result<(), Box<dyn Error>> {
    // While many hands write entries at once, one slip need not stop the others' builds.
    if env::var_os("UNSPIN_LEXICON_LENIENT").is_some() {
        println!("cargo::warning={} mistakes in the lexicon's sources; the example `check` lists them", mistakes.len());
        return Ok(());
    }
    for mistake in mistakes {
        println!("cargo::error=sources/curated/{mistake}");
    }
    Err(format!("{} mistakes in the sources of the lexicon", mistakes.len()).into())
}
