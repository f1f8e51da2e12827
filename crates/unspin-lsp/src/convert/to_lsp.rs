//! Findings, fixes and verdicts in the words of the protocol.

use std::ops::Range;

use ropey::Rope;
use tower_lsp::ls_types;
use unspin_core::{Diagnostic, Mark, Severity, rules};

use super::Encoding;

/// The name under which editors show our diagnostics.
pub(crate) const SOURCE: &str = "unspin";

/// The position of a byte; one past the end is the end.
pub(crate) fn position(rope: &Rope, offset: usize, encoding: Encoding) -> ls_types::Position {
    let char_idx = rope.byte_to_char(offset.min(rope.len_bytes()));
    let line_idx = rope.char_to_line(char_idx);
    let line_start = rope.line_to_char(line_idx);
    let units = match encoding {
        Encoding::Utf8 => rope.char_to_byte(char_idx) - rope.char_to_byte(line_start),
        Encoding::Utf16 => rope.char_to_utf16_cu(char_idx) - rope.char_to_utf16_cu(line_start),
        Encoding::Utf32 => char_idx - line_start,
    };
    let clamp = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    ls_types::Position::new(clamp(line_idx), clamp(units))
}

/// The range of some bytes.
pub(crate) fn range(rope: &Rope, bytes: &Range<usize>, encoding: Encoding) -> ls_types::Range {
    ls_types::Range::new(position(rope, bytes.start, encoding), position(rope, bytes.end, encoding))
}

/// What a diagnostic may hold for this client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DiagnosticShape {
    pub(crate) encoding: Encoding,
    pub(crate) links: bool,
    pub(crate) related: bool,
}

/// A finding as the client shows it. Lean: evidence and fixes are asked for when they are looked at.
pub(crate) fn diagnostic(
    diagnostic: &Diagnostic,
    rope: &Rope,
    uri: &ls_types::Uri,
    shape: DiagnosticShape,
) -> ls_types::Diagnostic {
    mark(&Mark::from(diagnostic.clone()), rope, uri, shape)
}

/// A mark as the client shows it.
pub(crate) fn mark(mark: &Mark, rope: &Rope, uri: &ls_types::Uri, shape: DiagnosticShape) -> ls_types::Diagnostic {
    let related = mark.related().map(|(bytes, message)| ls_types::DiagnosticRelatedInformation {
        location: ls_types::Location::new(uri.clone(), range(rope, &bytes, shape.encoding)),
        message: message.to_owned(),
    });
    ls_types::Diagnostic {
        range: range(rope, &mark.range(), shape.encoding),
        severity: Some(severity(mark.severity())),
        code: Some(ls_types::NumberOrString::String(mark.rule().to_owned())),
        code_description: shape
            .links
            .then(|| rules::find(mark.rule())?.url().parse().ok())
            .flatten()
            .map(|href| ls_types::CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: mark.message().to_owned(),
        related_information: (shape.related && mark.related().len() > 0).then(|| related.collect()),
        ..ls_types::Diagnostic::default()
    }
}

pub(crate) fn severity(severity: Severity) -> ls_types::DiagnosticSeverity {
    match severity {
        Severity::Hint => ls_types::DiagnosticSeverity::HINT,
        Severity::Information => ls_types::DiagnosticSeverity::INFORMATION,
        Severity::Warning => ls_types::DiagnosticSeverity::WARNING,
        Severity::Error => ls_types::DiagnosticSeverity::ERROR,
    }
}
