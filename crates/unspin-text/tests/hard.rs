//! Input that nobody writes: it must neither panic nor take for ever.

use std::time::{Duration, Instant};

use unspin_text::{Markup, parse};

/// Long enough for anything quadratic to take many seconds.
const SOUP_BYTES: usize = 200_000;
/// A hundred times of what it takes.
const SOUP_TIME_MAX: Duration = Duration::from_secs(8);

const SOUP: &[&str] = &[
    "a", "word ", "a.", "A. ", "... ", ". ", "? ", "(a. ", "\n", "\r", " ", "\t", "\0", "-", "a-", "a’", "5'", "5\" ", "\u{200d}", "e\u{301}", "👩\u{200d}", "字",
    "\"", " \"a", "'", " 'a", "‘", "“", "“‘", "s' a ", "‘a b c d s’ ", "\"'", "« ", "[", "[12", "[12]", "(", "(Smith, 2019", "(Smith, 2019) ", "a@", "a@b.c ", "@a", "://",
    "a://", "a://)", "https://a)", "www.", "www.a", "[//", "[//a ", "*", "*a ", "_a", "**a", "> ", ">", "- ", "1. ", "# ", "`", "``a", "$", "$a", "~~", "|", "|a|\n|-|\n", "|a",
    "![", "![a](", "[a](", "[a]", "[a]: b\n", "[^1]", "[^1]: a\n", "---\n", "+++\n", "&", "&amp;", "&#1;", "\\", "\\*", "<", "<a ", "<a='", "<a href=\"", "<b>", "</b>", "<div>", "<div>\n",
    "<td>", "<code>", "<script>", "<!--", "<!-- a -->", "<!-- unspin-ignore a -->", "<!-- unspin-ignore-next-line -->\n\n", "{{", "}}", "{{}}", "{{a|", "{{nowrap|", "{{quote|", "[[", "]]", "[[a|",
    "[[a|<ref>", "[[File:a|", "[[File:a|b]]\n", "<ref>", "<ref />", "</ref>", "<nowiki>", "<math>", "''", "'''a", "{|\n", "|-\n", "| a || ", "! a !! ", "=a=\n", "; a : ", "__", "__A", "__TOC__", "http://[",
];

#[test]
fn soup_takes_no_time() {
    for markup in [Markup::Plain, Markup::Markdown, Markup::Wikitext] {
        for fragment in SOUP {
            let source = fragment.repeat(SOUP_BYTES / fragment.len());
            let start = Instant::now();
            let document = parse(&source, markup);
            let time = start.elapsed();
            println!("{markup:?} {fragment:?}: {} blocks, {time:?}", document.blocks.len());
            assert!(time < SOUP_TIME_MAX, "{markup:?} {fragment:?}: {time:?}");
        }
    }
}
