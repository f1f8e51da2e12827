//! Streams of messages made by chance, against the real program. The fuzzer makes them led by coverage; `fuzz/README.md` says how.
//!
//! `UNSPIN_FUZZ_SECONDS` says how long.

#[path = "../../../fuzz/stream.rs"]
mod stream;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use self::stream::Driver;
use super::client::server_path;
use super::edits::Random;

const SECONDS: u64 = 10;

const STREAM_BYTES_MAX: usize = 400;

#[test]
fn whatever_is_sent_the_server_bears_it() {
    let seconds = std::env::var("UNSPIN_FUZZ_SECONDS").map_or(SECONDS, |seconds| seconds.parse().expect("a number"));
    let mut server = Command::new(server_path())
        .arg("lsp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the server can be started");
    let (stdin, stdout) = (server.stdin.take().expect("piped"), server.stdout.take().expect("piped"));
    let mut driver = Driver::new(stdin, stdout);
    // What once was a finding comes first.
    let kept = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/kept")).expect("the folder is there");
    for entry in kept {
        driver.run(&std::fs::read(entry.expect("it can be listed").path()).expect("it can be read"));
    }
    // Other streams each time; a finding is printed by its seed.
    let first_seed = std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(0, |now| now.as_secs());
    let begin = Instant::now();
    let mut streams = 0;
    while begin.elapsed() < Duration::from_secs(seconds) {
        let mut random = Random::new(first_seed + streams);
        let len = random.below(STREAM_BYTES_MAX);
        let data: Vec<u8> = (0..len).map(|_| random.below(256) as u8).collect();
        // Printed only when the test fails.
        println!("seed {}: {data:?}", first_seed + streams);
        driver.run(&data);
        streams += 1;
    }
    println!("{streams} streams, {} messages", driver.sent);
    drop(driver);
    let end = server.wait().expect("it can be waited for");
    assert!(!end.success(), "the client left without a word");
}
