//! One server in this process, and a client that says whatever the fuzzer thinks of.
//!
//! A panic anywhere ends the run, also one that the server would have caught: the fuzzer's hook comes first.

#![no_main]

#[path = "../stream.rs"]
mod stream;

use std::cell::RefCell;
use std::io::PipeWriter;
use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use unspin_core::Analyzer;

use self::stream::Driver;

thread_local! {
    /// It lives as long as the process: what one stream leaves behind is there when the next comes.
    static DRIVER: RefCell<Driver<PipeWriter>> = RefCell::new(start());
}

fn start() -> Driver<PipeWriter> {
    let (input, to) = std::io::pipe().expect("a pipe");
    let (from, output) = std::io::pipe().expect("a pipe");
    std::thread::spawn(move || {
        let ended = unspin_lsp::run(input, output, Arc::new(Analyzer::default()));
        panic!("the server ended: {ended:?}");
    });
    Driver::new(to, from)
}

fuzz_target!(|data: &[u8]| DRIVER.with_borrow_mut(|driver| driver.run(data)));
