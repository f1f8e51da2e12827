//! How blocks are written down in tests: one a line, its kind and its prose.

use unspin_text::{AnnotationKind, Block, BlockKind, Markup, TokenKind, parse};

/// Every block of a document as `kind: prose`, what is opaque in `⟨⟩`.
pub(crate) fn blocks(source: &str, markup: Markup) -> Vec<String> {
    parse(source, markup).blocks.iter().map(|block| format!("{}: {}", kind(block.kind), prose(block))).collect()
}

/// The annotations of the first block, as `kind: prose`.
pub(crate) fn annotations(source: &str, markup: Markup) -> Vec<String> {
    let document = parse(source, markup);
    let block = document.blocks.first().expect("there is prose");
    let named = block.annotations.iter().map(|annotation| {
        let kind = match &annotation.kind {
            AnnotationKind::Link(target) => format!("link {target}"),
            AnnotationKind::Citation => "citation".to_owned(),
            AnnotationKind::SourceRequested => "requested".to_owned(),
            AnnotationKind::Emphasis => "emphasis".to_owned(),
        };
        // A point is shown by the word before it.
        let text = if annotation.range.is_empty() {
            format!(
                "after {}",
                block.prose[..annotation.range.start].trim_end().split(' ').next_back().unwrap_or_default()
            )
        } else {
            block.prose[annotation.range.clone()].to_owned()
        };
        format!("{kind}: {text}")
    });
    named.collect()
}

fn kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Paragraph => "p",
        BlockKind::Heading => "h",
        BlockKind::ListItem => "li",
        BlockKind::TableCell => "td",
        BlockKind::Quotation => "q",
        BlockKind::Caption => "cap",
        BlockKind::Footnote => "fn",
    }
}

fn prose(block: &Block) -> String {
    let mut prose = block.prose.clone();
    for token in block.tokens.iter().rev().filter(|token| token.kind == TokenKind::Opaque) {
        prose.insert(token.range.end, '⟩');
        prose.insert(token.range.start, '⟨');
    }
    prose
}
