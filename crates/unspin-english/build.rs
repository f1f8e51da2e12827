//! Indexes `data/words.txt` by the first three letters, so that a lookup reads a few lines and nothing is built at start-up.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

include!("src/prefix.rs");

fn main() {
    println!("cargo::rerun-if-changed=data/words.txt");
    println!("cargo::rerun-if-changed=src/prefix.rs");
    let words = fs::read_to_string("data/words.txt").expect("data/words.txt can be read");
    let n_prefixes = prefix_idx(b"zzz").expect("letters have a prefix") + 1;
    let mut starts: Vec<usize> = Vec::with_capacity(n_prefixes + 1);
    let mut at = 0;
    for line in words.split_inclusive('\n') {
        let word = line.split('\t').next().unwrap_or_default();
        let prefix = prefix_idx(word.as_bytes()).expect("a word begins with a lower-case letter");
        assert!(starts.len() <= prefix + 1, "data/words.txt is not sorted at {word:?}; run data/generate.py");
        starts.resize(prefix + 1, at);
        at += line.len();
    }
    starts.resize(n_prefixes + 1, at);

    let mut code = String::from("/// Made by build.rs: where in `words.txt` each prefix begins.\n");
    writeln!(code, "static STARTS: [u32; {}] = {starts:?};", starts.len()).expect("a string takes everything");
    let folder = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&folder).join("words_index.rs"), code).expect("OUT_DIR can be written");
}
