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
            PieceKind::Text => prose.push(&source[piece.source.clone()], piece, true),
            PieceKind::Replaced(text) => prose.push(text, piece, false),
            PieceKind::SoftBreak => prose.push(" ", piece, false),
            PieceKind::HardBreak => prose.push("\n", piece, false),
            PieceKind::Opaque => {
                prose.push(&source[piece.source.clone()], piece, true);
                prose.opaque_since(start);
            }
            PieceKind::Object => {
                prose.push(OBJECT.encode_utf8(&mut [0; 4]), piece, false);
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
    fn push(&mut self, text: &str, piece: &Piece, verbatim: bool) {
        if text.is_empty() {
            return;
        }
        let prose_start = self.text.len();
        self.text.push_str(text);
        match self.segments.last_mut() {
            Some(last) if verbatim && last.verbatim && last.source_start + last.source_len == piece.source.start => {
                last.prose_len += text.len();
                last.source_len += text.len();
            }
            _ => self.segments.push(Segment {
                prose_start,
                prose_len: text.len(),
                source_start: piece.source.start,
                source_len: piece.source.len(),
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
