//! The wide channel as the context model asks it.

use unspin_english::Pos;
use unspin_lexicon::thesaurus::{Thesaurus, thesaurus};

#[track_caller]
fn joined(spun: &str, naturals: &[&str]) {
    let found: Vec<String> =
        thesaurus().candidates(spun, None, 200).into_iter().map(|candidate| candidate.natural).collect();
    for natural in naturals {
        assert!(found.iter().any(|one| one == natural), "{spun} => {natural} is not among {found:?}");
    }
}

#[test]
fn naturals_take_the_form_of_the_surface() {
    joined("assisted", &["helped", "aided"]);
    joined("assisting", &["helping"]);
    joined("commenced", &["began", "begun", "started"]);
    joined("automobiles", &["cars"]);
    joined("larger", &["bigger"]);
    joined("Quickly", &["fast", "rapidly"]);
    joined("put off", &["delay", "delayed"]);
}

#[test]
fn a_class_can_be_asked_for() {
    let found = thesaurus().candidates("help", Some(Pos::Verb), 200);
    assert!(found.iter().all(|candidate| candidate.pos == Pos::Verb));
    assert!(found.iter().any(|candidate| candidate.natural == "assist"));
    assert!(!found.iter().any(|candidate| candidate.natural == "assistance"));
}

#[test]
fn the_likeliest_come_first_and_the_surface_never() {
    let all = thesaurus().candidates("big", None, 200);
    assert!(all.windows(2).all(|pair| pair[1].weight <= pair[0].weight));
    assert!(all.iter().all(|candidate| candidate.natural != "big"));
    assert!(all[..5].iter().any(|candidate| candidate.natural == "large"), "{:?}", &all[..5]);
    let few = thesaurus().candidates("big", None, 3);
    assert_eq!(few[0], all[0]);
    assert_eq!(few.len(), 3);
}

#[test]
fn both_directions_are_there() {
    assert!(thesaurus().weight("commence", "begin").is_some());
    assert!(thesaurus().weight("begin", "commence").is_some());
    assert!(thesaurus().weight("begin", "banana").is_none());
}

#[test]
fn what_is_unknown_or_broken_has_no_candidates() {
    assert_eq!(thesaurus().candidates("qwertzuiop", None, 10), []);
    assert_eq!(thesaurus().candidates("", None, 10), []);
    for bytes in [&b""[..], b"UTH2", b"UTH2\x01\0\0\0\xff\0\0\0\xff\0\0\0 too short"] {
        assert_eq!(Thesaurus::new(bytes).candidates("big", None, 10), []);
    }
}
