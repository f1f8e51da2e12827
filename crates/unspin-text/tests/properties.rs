//! What holds for every text.

use proptest::collection::vec;
use proptest::prelude::*;
use unspin_text::{Block, Document, Markup, QUOTATION_DEPTH_MAX, TextChange, parse, read_block, split};

const MARKUPS: [Markup; 3] = [Markup::Plain, Markup::Markdown, Markup::Wikitext];

/// Pieces of text and markup that mean something together, whole and broken.
const FRAGMENTS: &[&str] = &[
    "He said",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "    ",
    "\u{2028}",
    "\u{85}",
    "\0",
    "\u{feff}",
    "\u{200f}",
    "\u{a0}",
    "\u{200b}",
    "\u{ad}",
    "word",
    "U.S.",
    "Mr. ",
    "J. ",
    "p.m. ",
    "No. 10",
    "3.5",
    "1,200",
    "$5",
    "40%",
    "’90s",
    "James’",
    "they're",
    "p.c",
    "20-year-old",
    ". ",
    "? ",
    "! ",
    "… ",
    "...",
    ". . .",
    "—",
    "--",
    "-",
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "«",
    "»",
    "„",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "[12]",
    "[^1]",
    "[^1]: ",
    "[who?]",
    "(Smith, 2019)",
    "[@smith]",
    "https://a.b/c",
    "a@b.c",
    "@name",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```\n",
    "$",
    "$$",
    "# ",
    "> ",
    "- ",
    "1. ",
    "  ",
    "| ",
    "|---|---|\n",
    "---\n",
    "+++\n",
    "[a](b)",
    "[a][b]",
    "[b]: c\n",
    "![a](b)",
    "<",
    ">",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<br/>",
    "<code>",
    "</code>",
    "<script>",
    "</script>",
    "<td>",
    "<!--",
    "-->",
    "<!-- who? -->",
    "<!-- unspin-ignore -->",
    "<!-- unspin-ignore-end a -->",
    "<!-- unspin-ignore-next-line a -->\n",
    "&amp;",
    "&rsquo;",
    "&#0;",
    "&",
    "\\",
    "\\*",
    "==\n",
    "== Head ==\n",
    "''",
    "'''",
    "{{",
    "}}",
    "{{cn}}",
    "{{who?|a=b}}",
    "{{sfn|a|b}}",
    "[[",
    "]]",
    "[[a|b]]",
    "[[File:a|b]]",
    "[http://a b]",
    "<ref>",
    "</ref>",
    "<ref name=\"a\"/>",
    "{|\n",
    "|-\n",
    "| a || b\n",
    "|}\n",
    "! a !! b\n",
    "<nowiki>",
    "</nowiki>",
    "__TOC__",
    "* ",
    ";",
    ":",
    "é",
    "e\u{301}",
    "字",
    "👩‍🚒",
    "🇫🇷",
    "مرحبا",
    "\u{202e}",
    "ﬁ",
];

fn soup() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        20 => proptest::sample::select(FRAGMENTS).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "\\PC{0,8}",
    ];
    vec(fragment, 0..60).prop_map(|fragments| fragments.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(700), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_becomes_a_sound_document(source in soup()) {
        for markup in MARKUPS {
            let document = parse(&source, markup);
            check_document(&source, &document);
            prop_assert_eq!(&document, &parse(&source, markup), "the same text, the same document");
        }
    }

    #[test]
    fn a_block_is_a_function_of_its_own_bytes(source in soup(), before in soup()) {
        for markup in MARKUPS {
            for raw in &split(&source, markup).blocks {
                let block = read_block(&source, raw);
                let moved_source = format!("{before}{}{before}", &source[raw.range.clone()]);
                let mut moved_raw = raw.clone();
                moved_raw.range = before.len()..before.len() + raw.range.len();
                prop_assert_eq!(raw.key(&source), moved_raw.key(&moved_source));
                let moved = read_block(&moved_source, &moved_raw);
                prop_assert_eq!(Block { range: raw.range.clone(), ..moved }, block);
            }
        }
    }
}

/// Paragraphs as people write them, so that an edit has neighbours.
fn article() -> impl Strategy<Value = String> {
    let line = proptest::sample::select(
        &[
            "Officials said so. “We left,” one said.",
            "A heading",
            "word",
            "- an item",
            "*Some* words of `code` here",
            "**",
            "",
            "",
            "1. one",
            "> quoted",
            "[a][b]",
            "Costs $5 or $6.",
            "```",
            "---",
            " indented",
            "    indented more",
            "<pre>",
            "<!-- unspin-ignore-next-line a -->",
            "Text that goes on and on until the line is so long that it must be wrapped here",
        ][..],
    );
    let end = proptest::sample::select(&["\n", "\n\n", "\n\n", "\n \n", "\r\n"][..]);
    vec((line, end), 0..14).prop_map(|lines| lines.iter().flat_map(|(line, end)| [*line, *end]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(2000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_outline_that_follows_an_edit_is_that_of_the_new_text(
        text in prop_oneof![4 => article(), 1 => soup()],
        edits in vec((any::<prop::sample::Index>(), 0..12_usize, prop_oneof![
            4 => proptest::sample::select(&["a", " ", ". ", "\n", "\n\n", "“", "-", "#", "*", "", "", "x y"][..]).prop_map(str::to_owned),
            1 => article(),
            1 => soup(),
        ]), 1..6),
    ) {
        for markup in MARKUPS {
            let mut text = text.clone();
            let mut outline = split(&text, markup);
            for (at, len, piece) in &edits {
                let old = outline.clone();
                let start = text.floor_char_boundary(at.index(text.len() + 1));
                let end = text.ceil_char_boundary((start + len).min(text.len()));
                let mut new = text.clone();
                new.replace_range(start..end, piece);
                let Some(change) = TextChange::between(&text, &new) else { continue };
                let spliced = outline.follow(markup, &text, &new, &change);
                prop_assert_eq!(&outline, &split(&new, markup), "{:?} {:?} to {:?}", markup, text, new);
                prop_assert_eq!(&old.blocks[..spliced.at], &outline.blocks[..spliced.at]);
                let (old, now) = (&old.blocks[spliced.at + spliced.removed..], &outline.blocks[spliced.at + spliced.inserted..]);
                prop_assert_eq!(old.len(), now.len());
                for (old, now) in old.iter().zip(now) {
                    prop_assert_eq!(old.key(&text), now.key(&new), "what is said to be the same is the same");
                }
                text = new;
            }
        }
    }
}

#[track_caller]
fn check_document(source: &str, document: &Document) {
    let mut end = 0;
    for block in &document.blocks {
        assert!(
            end <= block.range.start && source.get(block.range.clone()).is_some(),
            "blocks are sorted and disjoint"
        );
        end = block.range.end;
        check_segments(&source[block.range.clone()], block);
        check_tokens(block);
        check_quotations(block);
        check_way_back(source, block);
        for annotation in &block.annotations {
            assert!(block.prose.get(annotation.range.clone()).is_some());
        }
        assert!(block.annotations.is_sorted_by_key(|annotation| annotation.range.start));
    }
    for ignore in &document.ignores {
        assert!(source.get(ignore.range.clone()).is_some());
        assert!(source[ignore.comment.clone()].starts_with("<!--"));
    }
    assert!(document.ignores.is_sorted_by_key(|ignore| ignore.range.start));
}

fn check_segments(source: &str, block: &Block) {
    let (mut prose_end, mut source_end) = (0, 0);
    for segment in &block.segments {
        assert_eq!(segment.prose_start, prose_end, "segments cover the prose");
        assert!(segment.prose_len > 0 && source_end <= segment.source_start, "segments are sorted");
        prose_end += segment.prose_len;
        source_end = segment.source_start + segment.source_len;
        let prose = &block.prose[segment.prose_start..prose_end];
        let from = source.get(segment.source_start..source_end).expect("segments are ranges of the source");
        if segment.verbatim {
            assert_eq!(prose, from);
        }
    }
    assert_eq!(prose_end, block.prose.len());
    assert!(block.prose.contains(char::is_alphanumeric));
}

fn check_tokens(block: &Block) {
    let mut end = 0;
    for token in &block.tokens {
        assert!(end <= token.range.start && token.range.start < token.range.end);
        let between = block.prose.get(end..token.range.start).expect("tokens begin on characters");
        assert!(!between.contains(char::is_alphanumeric), "no word is lost: {between:?}");
        end = token.range.end;
    }
    assert!(!block.prose[end..].contains(char::is_alphanumeric));
    let mut next = 0;
    for sentence in &block.sentences {
        assert_eq!(sentence.tokens.start, next, "every token is in a sentence");
        next = sentence.tokens.end;
        let tokens = block.sentence_tokens(sentence);
        let (first, last) = (tokens.first().expect("no sentence is empty"), &tokens[tokens.len() - 1]);
        assert_eq!(sentence.range, first.range.start..last.range.end);
    }
    assert_eq!(next, block.tokens.len());
}

fn check_quotations(block: &Block) {
    let mut open: Vec<usize> = Vec::new();
    let mut start = 0;
    for quotation in &block.quotations {
        assert!(start <= quotation.range.start);
        start = quotation.range.start;
        while open.pop_if(|end| *end <= quotation.range.start).is_some() {}
        assert!(
            open.last().is_none_or(|end| quotation.range.end <= *end),
            "a quotation is inside another or beside it"
        );
        assert_eq!(usize::from(quotation.depth), open.len());
        assert!(open.len() < QUOTATION_DEPTH_MAX);
        open.push(quotation.range.end);
        assert!(
            block.prose.get(quotation.range.clone()).is_some() && block.prose.get(quotation.inner.clone()).is_some()
        );
        assert!(quotation.range.start < quotation.inner.start && quotation.inner.end <= quotation.range.end);
        assert_eq!(quotation.closed, quotation.inner.end < quotation.range.end);
    }
}

fn check_way_back(source: &str, block: &Block) {
    for token in &block.tokens {
        let whole = block.source_range(token.range.clone());
        assert!(block.range.start <= whole.start && whole.end <= block.range.end);
        let pieces = block.source_pieces(token.range.clone());
        assert_eq!(pieces.first().map(|piece| piece.start), Some(whole.start));
        assert_eq!(pieces.last().map(|piece| piece.end), Some(whole.end));
        let verbatim = block.segments.iter().all(|segment| {
            segment.verbatim
                || segment.prose_start >= token.range.end
                || segment.prose_start + segment.prose_len <= token.range.start
        });
        if verbatim {
            let words: String = pieces.into_iter().map(|piece| &source[piece]).collect();
            assert_eq!(words, block.text(token));
        }
    }
}
