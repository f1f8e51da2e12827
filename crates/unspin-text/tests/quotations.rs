//! Direct quotations.

use unspin_text::{Document, Markup, parse};

#[test]
fn quotations_are_what_a_reader_takes_for_one() {
    for line in include_str!("data/quotations.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let text = line.replace(" ¶ ", "\n").replace("⟧~", "").replace("+⟦", "").replace(['⟦', '⟧'], "");
        assert_eq!(mark(&parse(&text, Markup::Plain)), line);
    }
}

#[test]
fn depth_counts_from_outside() {
    let document = parse("“He said ‘go’ and ‘now’.” “No.”", Markup::Plain);
    let depths: Vec<u8> = document.blocks[0].quotations.iter().map(|quotation| quotation.depth).collect();
    assert_eq!(depths, [0, 1, 1, 0]);
}

#[test]
fn the_words_stand_without_their_marks() {
    let document = parse("He said “no", Markup::Plain);
    let block = &document.blocks[0];
    assert_eq!(&block.prose[block.quotations[0].inner.clone()], "no");
}

fn mark(document: &Document) -> String {
    let blocks = document.blocks.iter().map(|block| {
        let mut marks = Vec::new();
        for quotation in &block.quotations {
            let depth = usize::from(quotation.depth);
            marks.push((quotation.range.start, depth, if quotation.continued { "+⟦" } else { "⟦" }));
            // Inner ones close first.
            marks.push((quotation.range.end, usize::MAX - depth, if quotation.closed { "⟧" } else { "⟧~" }));
        }
        marks.sort_by_key(|&(at, order, _)| (at, std::cmp::Reverse(order)));
        let mut marked = String::new();
        let mut from = 0;
        for (at, _, mark) in marks {
            marked += &block.prose[from..at];
            marked += mark;
            from = at;
        }
        marked + &block.prose[from..]
    });
    blocks.collect::<Vec<_>>().join(" ¶ ")
}
