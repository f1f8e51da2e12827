//! The encoder in Rust against the side that trained it: same pieces, same cases, same scores up to the last digits.

use std::path::Path;

use unspin_lm::{Encoder, EncoderFiles};

/// How far scores may differ: the activations are rounded to 8 bits, and the order of a sum decides where a half goes.
const TOLERANCE_NATS: f64 = 0.3;
const TOLERANCE_MEAN_NATS: f64 = 0.03;

fn leak(path: &Path) -> &'static [u8] {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).leak()
}

#[test]
fn scores_equal_those_of_the_training_side() {
    let folder =
        std::env::var("UNSPIN_WEIGHTS").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/weights").to_owned());
    let folder = Path::new(&folder);
    let vocabulary = std::str::from_utf8(leak(&folder.join("vocab.txt"))).expect("the vocabulary is UTF-8");
    let encoder = Encoder::load(EncoderFiles {
        network: leak(&folder.join("encoder.onnx")),
        embedding: leak(&folder.join("embedding.bin")),
        vocabulary,
    })
    .expect("the weights load");
    let parity = String::from_utf8(leak(&folder.join("parity.jsonl")).to_vec()).expect("UTF-8");
    let (mut sentences, mut largest, mut sum, mut scores) = (0, 0.0_f64, 0.0, 0);
    for line in parity.lines() {
        let expected: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        let words: Vec<&str> =
            expected["words"].as_array().expect("words").iter().map(|word| word.as_str().expect("a word")).collect();
        let reading = encoder.read(&words);
        let wanted = expected["replaced_int8"].as_array().expect("a score for each piece");
        let firsts = expected["first"].as_array().expect("the first piece of each word");
        assert_eq!(reading.replaced.len(), firsts.len(), "{line}");
        for (got, first) in reading.replaced.iter().zip(firsts) {
            let got = f64::from(got.expect("every word has pieces")) / 1024.0;
            let wanted = wanted[first.as_u64().expect("an index") as usize].as_f64().expect("a number");
            let difference = (got - wanted).abs();
            largest = largest.max(difference);
            sum += difference;
            scores += 1;
        }
        sentences += 1;
    }
    println!(
        "{sentences} sentences, {scores} words: mean difference {:.5}, largest {largest:.5} nats",
        sum / f64::from(scores)
    );
    assert!(sentences >= 200, "{sentences} sentences");
    assert!(largest <= TOLERANCE_NATS, "{largest} nats");
    assert!(sum / f64::from(scores) <= TOLERANCE_MEAN_NATS);
}
