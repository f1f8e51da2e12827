//! Who says what in an article: for the hover, as inlay hints, as the outline.

use std::ops::Range;

use tower_lsp::ls_types::{
    DocumentSymbol, DocumentSymbolResponse, InlayHint, InlayHintLabel, InlayHintTooltip, Location, SymbolInformation,
    SymbolKind,
};
use unspin_core::{AttributedSpan, SourceSummary};

use crate::convert::{Encoding, to_lsp};
use crate::document::Snapshot;

/// The longest name that is shown in the line of a text.
const HINT_CHARS_MAX: usize = 40;

/// What the hover says of an attributed statement, and the bytes that it is about.
pub(crate) fn hover(snapshot: &Snapshot, at: usize) -> Option<(String, Range<usize>)> {
    let holds = |range: &Range<usize>| range.start <= at && at <= range.end;
    let is_here = |span: &&AttributedSpan| span.content.iter().chain([&span.source, &span.cue]).any(holds);
    let size = |span: &&AttributedSpan| span.content.iter().map(Range::len).sum::<usize>();
    let span = snapshot.analysis.attributions.iter().filter(is_here).min_by_key(size)?;
    let how = if span.quoted { "Quoted" } else { "Reported" };
    let source = one_line(&snapshot.text(span.source.clone()));
    let line = snapshot.rope.byte_to_line(span.source.start) + 1;
    let cue = one_line(&snapshot.text(span.cue.clone()));
    let kind = match span.kind {
        "definite" => "named before",
        kind => kind,
    };
    let range = span.content.iter().find(|content| holds(content)).unwrap_or(&span.source).clone();
    Some((format!("{how}: “{source}” ({kind}), by “{cue}”, line {line}"), range))
}

/// The name of the source beside each attributed statement that begins in a range of bytes.
pub(crate) fn hints(snapshot: &Snapshot, within: Range<usize>, encoding: Encoding) -> Vec<InlayHint> {
    let shown = snapshot.analysis.attributions.iter().filter_map(|span| Some((span, span.content.first()?)));
    shown
        .filter(|(_, content)| within.start <= content.start && content.start <= within.end)
        .map(|(span, content)| {
            let source = one_line(&snapshot.text(span.source.clone()));
            let cut = source.chars().count() > HINT_CHARS_MAX;
            let label: String = source.chars().take(HINT_CHARS_MAX).chain(cut.then_some('…')).collect();
            InlayHint {
                position: to_lsp::position(&snapshot.rope, content.start, encoding),
                label: InlayHintLabel::String(format!("{label}:")),
                kind: None,
                text_edits: None,
                tooltip: Some(InlayHintTooltip::String(source)),
                padding_left: None,
                padding_right: Some(true),
                data: None,
            }
        })
        .collect()
}

/// The sources of the article, who speaks most first.
pub(crate) fn outline(snapshot: &Snapshot, nested: bool, encoding: Encoding) -> DocumentSymbolResponse {
    let sources = snapshot.analysis.sources.iter().filter(|source| !source.name.trim().is_empty());
    if nested {
        DocumentSymbolResponse::Nested(sources.map(|source| symbol(source, snapshot, encoding)).collect())
    } else {
        DocumentSymbolResponse::Flat(sources.map(|source| flat_symbol(source, snapshot, encoding)).collect())
    }
}

#[expect(deprecated, reason = "the field has to be named")]
fn symbol(source: &SourceSummary, snapshot: &Snapshot, encoding: Encoding) -> DocumentSymbol {
    let range = to_lsp::range(&snapshot.rope, &source.introduced, encoding);
    DocumentSymbol {
        name: one_line(&source.name),
        detail: Some(detail(source)),
        kind: symbol_kind(source.kind),
        tags: None,
        deprecated: None,
        range,
        selection_range: range,
        children: None,
    }
}

#[expect(deprecated, reason = "the field has to be named")]
fn flat_symbol(source: &SourceSummary, snapshot: &Snapshot, encoding: Encoding) -> SymbolInformation {
    SymbolInformation {
        name: one_line(&source.name),
        kind: symbol_kind(source.kind),
        tags: None,
        deprecated: None,
        location: Location::new(snapshot.uri.clone(), to_lsp::range(&snapshot.rope, &source.introduced, encoding)),
        container_name: Some(detail(source)),
    }
}

fn detail(source: &SourceSummary) -> String {
    let times = if source.times == 1 { "speaks once".to_owned() } else { format!("speaks {} times", source.times) };
    let words = if source.words == 1 { "word" } else { "words" };
    format!("{}, {times}, {} {words}", source.kind, source.words)
}

/// The protocol has kinds of code only; these have icons that can be told apart.
fn symbol_kind(kind: &str) -> SymbolKind {
    match kind {
        "person" => SymbolKind::CLASS,
        "role" => SymbolKind::INTERFACE,
        "institution" => SymbolKind::MODULE,
        "document" => SymbolKind::FILE,
        _ => SymbolKind::NULL,
    }
}

/// Words that may run over a line break, in one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
