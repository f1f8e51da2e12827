//! From pieces of source to the prose a reader sees.

use std::ops::Range;

use crate::{Annotation, AnnotationKind, Piece, PieceKind, Segment};

/// Stands for something without words.
pub(crate) const OBJECT: char = '\u{fffc}';

/// Prose, and what is known of it before a word has been looked at.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    pub(crate) text: String,
    pub(crate) segments: Vec<Segment>,
    pub(crate) annotations: Vec<Annotation>,
    /// Stretches of the prose that are none. Sorted, disjoint.
    pub(crate) opaque: Vec<Range<usize>>,
}

/// Puts the prose of a block together.
pub(crate) fn assemble(source: &str, pieces: &[Piece]) -> Prose {
    let mut prose = Prose::default();
    let mut open: Vec<(usize, AnnotationKind)> = Vec::new();
    for piece in pieces {
        let start = prose.text.len();
        match &piece.kind {
            PieceKind::Text => prose.push_text(source, piece.source.clone()),
            PieceKind::Replaced(text) => prose.push(text, piece.source.clone(), false),
            PieceKind::SoftBreak => prose.push(" ", piece.source.clone(), false),
            PieceKind::HardBreak => prose.push("\n", piece.source.clone(), false),
            PieceKind::Opaque => {
                prose.push(&source[piece.source.clone()], piece.source.clone(), true);
                prose.opaque_since(start);
            }
            PieceKind::Object => {
                prose.push(OBJECT.encode_utf8(&mut [0; 4]), piece.source.clone(), false);
                prose.opaque_since(start);
            }
            PieceKind::Open(kind) => open.push((start, kind.clone())),
            PieceKind::Close => {
                if let Some((since, kind)) = open.pop() {
                    prose.annotations.push(Annotation { range: since..start, kind });
                }
            }
            PieceKind::Point(kind) => prose.annotations.push(Annotation { range: start..start, kind: kind.clone() }),
        }
    }
    let end = prose.text.len();
    prose.annotations.extend(open.into_iter().rev().map(|(since, kind)| Annotation { range: since..end, kind }));
    prose.annotations.retain(|annotation| match annotation.kind {
        AnnotationKind::Link(_) | AnnotationKind::Emphasis => !annotation.range.is_empty(),
        AnnotationKind::Citation | AnnotationKind::SourceRequested => true,
    });
    prose
}

impl Prose {
    /// Markup that was taken out leaves one blank, not the two that stood around it.
    fn push_text(&mut self, source: &str, range: Range<usize>) {
        let text = &source[range.clone()];
        let markup_before = self.segments.last().is_some_and(|last| last.source_start + last.source_len < range.start);
        let doubled = markup_before && self.text.ends_with([' ', '\n']) && text.starts_with(' ');
        let start = if doubled { range.end - text.trim_start_matches(' ').len() } else { range.start };
        self.push(&source[start..range.end], start..range.end, true);
    }

    fn push(&mut self, text: &str, range: Range<usize>, verbatim: bool) {
        if text.is_empty() {
            return;
        }
        let prose_start = self.text.len();
        self.text.push_str(text);
        match self.segments.last_mut() {
            Some(last) if verbatim && last.verbatim && last.source_start + last.source_len == range.start => {
                last.prose_len += text.len();
                last.source_len += text.len();
            }
            _ => self.segments.push(Segment {
                prose_start,
                prose_len: text.len(),
                source_start: range.start,
                source_len: range.len(),
                verbatim,
            }),
        }
    }

    fn opaque_since(&mut self, start: usize) {
        if start < self.text.len() {
            self.opaque.push(start..self.text.len());
        }
    }
}
