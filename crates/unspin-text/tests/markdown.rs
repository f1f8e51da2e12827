//! Markdown: what is prose, and where it stands.

use unspin_text::{Markup, parse};

use crate::support;

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    assert_eq!(support::blocks(source, Markup::Markdown), expected);
}

#[track_caller]
fn check_annotations(source: &str, expected: &[&str]) {
    assert_eq!(support::annotations(source, Markup::Markdown), expected);
}

#[test]
fn markup_inside_a_phrase_does_not_hide_it() {
    check("officials in *japanese* Ukraine", &["p: officials in japanese Ukraine"]);
    check("officials in [japa](u)nese Ukraine", &["p: officials in japanese Ukraine"]);
    check("officials in japanese\nUkraine", &["p: officials in japanese Ukraine"]);
    check("> officials in japanese\n> Ukraine", &["q: officials in japanese Ukraine"]);
    check("officials in ~~japanese~~ **Ukr***aine*", &["p: officials in japanese Ukraine"]);
    check("officials in <b class=\"x\">japanese</b> Ukraine", &["p: officials in japanese Ukraine"]);
    check("officials in japanese[^1] Ukraine\n\n[^1]: Or not.", &["p: officials in japanese Ukraine", "fn: Or not."]);
}

#[test]
fn blocks_have_kinds() {
    check(
        "# One\n\nTwo\n===\n\nThree.\n\n> Four.\n\n- Five\n- Six\n\n  Seven.\n",
        &["h: One", "h: Two", "p: Three.", "q: Four.", "li: Five", "li: Six", "li: Seven."],
    );
    check("- One\n  - Two\n- [x] Three\n", &["li: One", "li: Two", "li: Three"]);
    check("| One | Two \\| 2 |\n|---|---|\n| Three | `x` |\n", &["td: One", "td: Two | 2", "td: Three"]);
    check("1. > One\n", &["q: One"]);
    check("# One {#one}", &["h: One"]);
}

#[test]
fn what_is_no_prose_is_in_no_block() {
    check("```\ncode\n```\n\n    more code\n\nText.", &["p: Text."]);
    check("![alt text](a.png \"title\")\n\n---\n\n[a]: http://a.b \"title\"\n\nText.", &["p: Text."]);
    check("<script>\nlet x = \"text\";\n</script>\n\n<style>p { x: y }</style>\n\nText.", &["p: Text."]);
    check("<!-- a comment -->\n\nText <!-- another --> goes on.", &["p: Text goes on."]);
}

#[test]
fn what_is_no_prose_inside_a_sentence_is_opaque() {
    check("Run `a b` now.", &["p: Run ⟨a b⟩ now."]);
    check("So $x^2$ is $$y$$.", &["p: So ⟨x^2⟩ is ⟨y⟩."]);
    check("See <https://a.b/c> and https://a.b/d.", &["p: See ⟨https://a.b/c⟩ and ⟨https://a.b/d⟩."]);
    check("A ![dog](d.png) barks.", &["p: A ⟨\u{fffc}⟩ barks."]);
    check("So it is [@smith, p. 3].", &["p: So it is ⟨[@smith, p. 3]⟩."]);
    check("Press <kbd>Ctrl</kbd> twice.", &["p: Press ⟨Ctrl⟩ twice."]);
}

#[test]
fn money_is_no_formula() {
    check("It costs $5 million and A$3 million.", &["p: It costs $5 million and A$3 million."]);
    check("From $5-$10 to (US$5bn) or ($6).", &["p: From $5-$10 to (US$5bn) or ($6)."]);
    check("So $x_1$ is US$5 or *A$6*.", &["p: So ⟨$x_1$⟩ is US$5 or A$6."]);
}

#[test]
fn front_matter_is_no_prose() {
    check("---\ntitle: A dog\n---\nText.", &["p: Text."]);
    check("\u{feff}+++\ntitle = \"A dog\"\n+++\n\nText.", &["p: Text."]);
    check("---\n\nOne.\n\n---\n\nTwo.", &["p: One.", "p: Two."]);
    check("---\ntitle: never closed\n", &["p: title: never closed"]);
}

#[test]
fn entities_and_escapes_read_as_what_they_stand_for() {
    check("Smith &amp; Sons don&rsquo;t \\*care\\*.", &["p: Smith & Sons don’t *care*."]);
    let source = "a \\*b &amp; c";
    let document = parse(source, Markup::Markdown);
    let block = &document.blocks[0];
    assert_eq!(&source[block.source_range(2..3)], "\\*");
    assert_eq!(&source[block.source_range(5..6)], "&amp;");
}

#[test]
fn a_fix_over_a_line_break_leaves_the_block_quotation_whole() {
    let source = "> officials in *japanese*  \n> > Ukraine\n> spoke";
    let document = parse(source, Markup::Markdown);
    let block = document.blocks.last().expect("there is prose");
    assert_eq!(block.prose, "Ukraine spoke");
    let pieces: Vec<&str> = block.source_pieces(0..block.prose.len()).into_iter().map(|piece| &source[piece]).collect();
    assert_eq!(pieces, ["Ukraine\n> spoke"]);
}

#[test]
fn a_mark_that_quotes_nothing_is_text() {
    check("> One\n    > two\n", &["q: One > two"]);
}

#[test]
fn html_blocks_hold_prose() {
    check("<div>\n<p>One &amp; two\nthree.</p>\n<p>Four</p>\n</div>\n", &["p: One & two three.", "p: Four"]);
    check("<h2 title=\"x > y\">One</h2>\n<ul><li>Two<li>Three</ul>\n", &["h: One", "li: Two", "li: Three"]);
    check("<figure><img src=\"a.png\" alt=\"no\"><figcaption>One</figcaption></figure>", &["cap: One"]);
    check("<table><tr><td>One</td><td>Two</td></tr></table>", &["td: One", "td: Two"]);
    check("> <p>\n> One\n> two\n> </p>\n", &["q: One two"]);
    check("<p>One<br>two <code>x y</code></p>", &["p: One\ntwo ⟨x y⟩"]);
    check("*     code\n\t<!-- x -->One\n\tTwo", &["li: One", "li: Two"]);
    check("<details>\n<summary>One</summary>\n\nTwo *three*\n\n</details>", &["h: One", "p: Two three"]);
}

#[test]
fn annotations_say_what_markup_meant() {
    check_annotations(
        "A [*dog*](http://a.b) [barks *on*](c)",
        &["emphasis: dog", "link http://a.b: dog", "link c: barks on", "emphasis: on"],
    );
    check_annotations("A [dog][1] barks\n\n[1]: http://a.b", &["link http://a.b: dog"]);
    check_annotations("It barks.[^1]\n\n[^1]: Yes.", &["citation: after barks."]);
    check_annotations(
        "It barks [12] (Smith et al., 2019) [who?]",
        &["citation: [12]", "citation: (Smith et al., 2019)", "requested: [who?]"],
    );
    check_annotations(
        "It barks (see Smith & Jones, 2019, p. 4; Lee 2020a)",
        &["citation: (see Smith & Jones, 2019, p. 4; Lee 2020a)"],
    );
    check_annotations("It barked (March 2019) (Smith) (in 2019) (2019) [2019]", &[]);
    check_annotations(
        "It barks <!-- who? --> at [by whom?] night",
        &["requested: after barks", "requested: [by whom?]"],
    );
    check_annotations(
        "It <a href='http://a.b'>barks</a><sup><a href=\"#fn1\">1</a></sup> on",
        &["link http://a.b: barks", "citation: after barks"],
    );
}

#[test]
fn a_heading_and_an_item_need_no_full_stop() {
    let document = parse("# One. Two\n\n- Three. Four\n- Five", Markup::Markdown);
    let sentences: Vec<usize> = document.blocks.iter().map(|block| block.sentences.len()).collect();
    assert_eq!(sentences, [2, 2, 1]);
}

#[test]
fn a_line_break_that_is_seen_can_end_a_sentence() {
    let document = parse("Jane Doe\\\nEditor\n", Markup::Markdown);
    assert_eq!(document.blocks[0].sentences.len(), 2);
    let document = parse("We go  \nand go.\n", Markup::Markdown);
    assert_eq!(document.blocks[0].sentences.len(), 1);
}
