//! Where the writer asked us to look away.

use unspin_text::{Markup, parse};

/// What is ignored, with the rules, in the order of the source.
#[track_caller]
fn check(source: &str, expected: &[(&str, &[&str])]) {
    check_in(source, Markup::Markdown, expected);
}

#[track_caller]
fn check_in(source: &str, markup: Markup, expected: &[(&str, &[&str])]) {
    let document = parse(source, markup);
    let found: Vec<(&str, Vec<&str>)> = document
        .ignores
        .iter()
        .map(|ignore| (source[ignore.range.clone()].trim_end(), ignore.rules.iter().map(String::as_str).collect()))
        .collect();
    let expected: Vec<(&str, Vec<&str>)> = expected.iter().map(|(text, rules)| (*text, rules.to_vec())).collect();
    assert_eq!(found, expected);
    for ignore in &document.ignores {
        assert!(source[ignore.comment.clone()].starts_with("<!-- unspin-ignore"));
    }
}

#[test]
fn next_line() {
    check("<!-- unspin-ignore-next-line -->\nOne.\nTwo.", &[("One.", &[])]);
    check("<!-- unspin-ignore-next-line -->\n\nOne.\nTwo.", &[("One.", &[])]);
    check("Zero. <!-- unspin-ignore-next-line -->\nOne.\nTwo.", &[("One.", &[])]);
}

#[test]
fn next_block() {
    check("Zero.\n\n<!-- unspin-ignore-next-block -->\nOne.\nTwo.\n\nThree.", &[("One.\nTwo.", &[])]);
    check("<!-- unspin-ignore-next-block -->", &[("", &[])]);
}

#[test]
fn from_here_to_there() {
    check(
        "<!-- unspin-ignore -->\n\nOne.\n\n<!-- unspin-ignore-end -->\n\nTwo.",
        &[("<!-- unspin-ignore -->\n\nOne.\n\n<!-- unspin-ignore-end -->", &[])],
    );
    check("One <!-- unspin-ignore -->two", &[("<!-- unspin-ignore -->two", &[])]);
}

#[test]
fn whole_file() {
    check("One.\n\n<!-- unspin-ignore-file -->", &[("One.\n\n<!-- unspin-ignore-file -->", &[])]);
}

#[test]
fn some_rules_only() {
    check(
        "<!-- unspin-ignore-next-line weasel-source, spun-phrase -->\nOne.",
        &[("One.", &["weasel-source", "spun-phrase"])],
    );
    check(
        "<!-- unspin-ignore-next-line weasel-source: the minister's words -->\nOne.",
        &[("One.", &["weasel-source"])],
    );
    check(
        "<!-- unspin-ignore a -->\n\n<!-- unspin-ignore b -->\n\nOne.\n\n<!-- unspin-ignore-end a -->\n\nTwo.",
        &[
            ("<!-- unspin-ignore a -->\n\n<!-- unspin-ignore b -->\n\nOne.\n\n<!-- unspin-ignore-end a -->", &["a"]),
            ("<!-- unspin-ignore b -->\n\nOne.\n\n<!-- unspin-ignore-end a -->\n\nTwo.", &["b"]),
        ],
    );
}

#[test]
fn other_comments_ask_for_nothing() {
    check("<!-- unspin-ignored -->\n\n<!-- ignore -->\n\n`<!-- unspin-ignore -->`\n\nOne.", &[]);
}

#[test]
fn in_plain_text_a_comment_is_a_line_of_its_own() {
    check_in("<!-- unspin-ignore-next-line -->\nOne.\nTwo.", Markup::Plain, &[("One.", &[])]);
    check_in("See <!-- unspin-ignore-next-line -->\nOne.", Markup::Plain, &[]);
}
