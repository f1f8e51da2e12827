//! Plain text: paragraphs, headings, lists, captions.

use unspin_text::Markup;

use crate::support::blocks;

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    assert_eq!(blocks(source, Markup::Plain), expected);
}

#[test]
fn a_paragraph_a_line() {
    check(
        "The council met on Monday and voted for the plan.\nNobody had expected that.\n",
        &["p: The council met on Monday and voted for the plan.", "p: Nobody had expected that."],
    );
}

#[test]
fn long_lines_are_never_joined() {
    let long = "The council met on Monday and voted for the plan that it had turned down in the spring, when nobody had known what it would cost";
    check(&format!("{long}\n{long}"), &[&format!("p: {long}"), &format!("p: {long}")]);
}

#[test]
fn wrapped_lines_are_one_paragraph() {
    check(
        "The council met on Monday and voted for the plan that it had turned\ndown in the spring. Nobody had expected that, least of all the\nMayor, who left.\n\nThe plan is dear.",
        &[
            "p: The council met on Monday and voted for the plan that it had turned down in the spring. Nobody had expected that, least of all the Mayor, who left.",
            "p: The plan is dear.",
        ],
    );
}

#[test]
fn a_wrapped_line_may_end_with_a_sentence() {
    check(
        "The council met on Monday and voted for the plan that it had turned\ndown in the spring. Nobody had expected that, and nobody was pleased.\nThe Mayor left before the end of the meeting and would not speak to\nreporters.",
        &[
            "p: The council met on Monday and voted for the plan that it had turned down in the spring. Nobody had expected that, and nobody was pleased. The Mayor left before the end of the meeting and would not speak to reporters.",
        ],
    );
}

#[test]
fn one_line_typed_into_leaves_the_rest_wrapped() {
    check(
        "The council met on Monday and voted for the plan that it had turned\ndown in the spring, and that the Mayor had called the best that anybody had ever put before any council, here or elsewhere. Nobody had expected\nthat, and nobody was pleased with it, least of all the Mayor, who\nleft.",
        &[
            "p: The council met on Monday and voted for the plan that it had turned down in the spring, and that the Mayor had called the best that anybody had ever put before any council, here or elsewhere. Nobody had expected that, and nobody was pleased with it, least of all the Mayor, who left.",
        ],
    );
}

#[test]
fn a_word_cut_at_its_hyphen_is_one_word() {
    check(
        "The council met on Monday and voted for the plan of the self-\nproclaimed experts.",
        &["p: The council met on Monday and voted for the plan of the self-proclaimed experts."],
    );
}

#[test]
fn a_short_line_without_a_stop_is_a_heading_if_text_follows() {
    check(
        "Council votes for plan\nThe council met.\nWhat it costs\nA lot.",
        &["h: Council votes for plan", "p: The council met.", "h: What it costs", "p: A lot."],
    );
    check("The council met", &["p: The council met"]);
    check("It met.\nThe council met", &["p: It met.", "p: The council met"]);
    check("what it costs\nA lot.", &["p: what it costs", "p: A lot."]);
}

#[test]
fn lists() {
    check("- Wash your hands\n- Dry\n  them\n", &["li: Wash your hands", "li: Dry them"]);
    check("1. Wash your hands.\n2. Dry them.", &["li: Wash your hands.", "li: Dry them."]);
    check("• Wash\n\n• Dry", &["li: Wash", "li: Dry"]);
    check("2019 was bad.\n-5 degrees is cold.", &["p: 2019 was bad.", "p: -5 degrees is cold."]);
}

#[test]
fn captions_and_credits() {
    check("Photo: Jane Doe\nThe council met.", &["cap: Photo: Jane Doe", "p: The council met."]);
    check("The Mayor on Monday. (AP Photo/Jane Doe)", &["cap: The Mayor on Monday. (AP Photo/Jane Doe)"]);
    check("Photographs lie.", &["p: Photographs lie."]);
}

#[test]
fn a_dateline_is_prose() {
    check("LONDON (Reuters) - Shares fell on Monday.", &["p: LONDON (Reuters) - Shares fell on Monday."]);
}

#[test]
fn every_kind_of_line_end() {
    check(
        "One.\rTwo.\r\nThree.\n\nFour.\u{2028}Five.\u{2029}Six.\u{85}Seven.",
        &["p: One.", "p: Two.", "p: Three.", "p: Four.", "p: Five.", "p: Six.", "p: Seven."],
    );
}

#[test]
fn nothing_to_read() {
    for source in ["", "\n", "\u{feff}", "***", " \t\r\n", "\0"] {
        check(source, &[]);
    }
}

#[test]
fn a_mark_of_the_byte_order_is_no_prose() {
    check("\u{feff}The council met.", &["p: The council met."]);
}
