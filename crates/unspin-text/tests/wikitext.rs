//! Wikitext: what a reader of the page sees as prose, and what the markup says of sources.

use unspin_text::{Markup, parse};

use crate::support;

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    assert_eq!(support::blocks(source, Markup::Wikitext), expected);
}

#[track_caller]
fn check_annotations(source: &str, expected: &[&str]) {
    assert_eq!(support::annotations(source, Markup::Wikitext), expected);
}

#[test]
fn markup_inside_a_phrase_does_not_hide_it() {
    check("officials in ''japanese'' Ukraine", &["p: officials in japanese Ukraine"]);
    check("officials in '''japanese''' [[Ukraine|Ukra]]ine", &["p: officials in japanese Ukraine"]);
    check("officials in japanese\nUkraine", &["p: officials in japanese Ukraine"]);
    check(
        "officials in japanese<ref name=\"a\">Smith [http://a.b p. 1]</ref> Ukraine",
        &["p: officials in japanese Ukraine"],
    );
    check("officials in japanese{{cn|date=May 2020}} Ukraine", &["p: officials in japanese Ukraine"]);
    check("officials <!-- the\n\nlot --> in {{nowrap|japanese Ukraine}}", &["p: officials in japanese Ukraine"]);
}

#[test]
fn blocks_have_kinds() {
    check(
        "== One ==\nTwo.\n\nThree\nfour.\n* Five\n*# Six\n; Seven\n: Eight.\n----\n=== Nine === <!-- x -->",
        &["h: One", "p: Two.", "p: Three four.", "li: Five", "li: Six", "h: Seven", "p: Eight.", "h: Nine"],
    );
    check("<blockquote>\nOne.\n\nTwo.\n</blockquote>\nThree.", &["q: One.", "q: Two.", "p: Three."]);
    check("{{quote|text=One.|author=Jane Doe}}\nTwo.", &["q: One.", "p: Two."]);
    check("[[File:A.jpg|thumb|200px|alt=no|One ''two''.]]\nThree.", &["cap: One two.", "p: Three."]);
}

#[test]
fn tables() {
    check(
        "{| class=\"wikitable\"\n|+ One\n! Two !! scope=\"col\" | Three\n|-\n| Four || style=\"x\" | Five\n|-\n| Six\nseven [[a|b]]\n|}\nEight.",
        &["cap: One", "td: Two", "td: Three", "td: Four", "td: Five", "td: Six seven b", "p: Eight."],
    );
    check(
        "{|\n| {{convert|5|km|mi}} away || One\n{|\n| Two\n|}\n| Three\n|}\nFour.",
        &["td: ⟨\u{fffc}⟩ away", "td: One", "td: Two", "td: Three", "p: Four."],
    );
}

#[test]
fn what_is_no_prose_is_in_no_block() {
    check(
        "{{Short description|Dog}}{{Use dmy dates}}\n{{Infobox dog\n| name = Rex\n| text = [[a|b]]\n}}\n'''Rex''' barks.",
        &["p: Rex barks."],
    );
    check("__NOTOC__\n#REDIRECT [[Dog]]\n[[Category:Dogs|Rex]]\n[[de:Hund]]\nOne.", &["p: One."]);
    check("<references>\n<ref name=\"a\">Two.</ref>\n</references>\n{{reflist}}\nOne.", &["p: One."]);
    check(
        "<syntaxhighlight lang=\"c\">\nint dog;\n</syntaxhighlight>\n<gallery>\nA.jpg|Two\n</gallery>\nOne.",
        &["p: One."],
    );
}

#[test]
fn what_is_no_prose_inside_a_sentence_is_opaque() {
    check("It is {{convert|5|km}} long.", &["p: It is ⟨\u{fffc}⟩ long."]);
    check("It is <math>x^2</math> or <code>a b</code>.", &["p: It is ⟨\u{fffc}⟩ or ⟨a b⟩."]);
    check("They call it {{lang|fr|le chien}}.", &["p: They call it ⟨le chien⟩."]);
    check("See https://a.b/c and [http://a.b/d the page].", &["p: See ⟨https://a.b/c⟩ and the page."]);
}

#[test]
fn characters() {
    check("One{{snd}}two&nbsp;&amp; <nowiki>''three'' [[four]]</nowiki>", &["p: One – two\u{a0}& ''three'' [[four]]"]);
    check("L''''amour'' and James' [[dog]]s", &["p: L'amour and James' dogs"]);
}

#[test]
fn annotations_say_what_markup_meant() {
    check_annotations(
        "It ''barks''.<ref>Smith</ref> So.<ref name=a /> Or {{sfn|Smith|2019}} not.",
        &["emphasis: barks", "citation: after barks.", "citation: after So.", "citation: after Or"],
    );
    check_annotations(
        "It barks.{{citation needed|date=May 2020}} Some say{{who?}} so.",
        &["requested: after barks.", "requested: after say"],
    );
    check_annotations("A {{citation needed span|dog barks|date=May}} here.", &["requested: after barks"]);
    check_annotations(
        "A [[Dog (animal)|dog]] is [http://a.b here].[http://c.d]",
        &["link Dog (animal): dog", "link http://a.b: here", "citation: after here."],
    );
    check_annotations("It barks. <!-- who? --> So.", &["requested: after barks."]);
}

#[test]
fn broken_markup_is_text() {
    check("One {{two and [[three\nfour]] five.\n\nSix }.", &["p: One {{two and ⟨\u{fffc}⟩ five.", "p: Six }."]);
    check("One <ref>two.\n\nThree < four.", &["p: One two.", "p: Three < four."]);
    check("{|\n| One\n\nTwo", &["td: One", "td: Two"]);
    check("<!-- One\n\nTwo", &[]);
}

#[test]
fn a_fix_keeps_the_markup_around_it() {
    let source = "* officials in [[Ukraine|japanese ''Ukraine'']] spoke";
    let document = parse(source, Markup::Wikitext);
    let block = &document.blocks[0];
    let at = block.prose.find("japanese").expect("it is there");
    let pieces: Vec<&str> = block.source_pieces(at..at + 16).into_iter().map(|piece| &source[piece]).collect();
    assert_eq!(pieces, ["japanese ", "Ukraine"]);
}
