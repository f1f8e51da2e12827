//! A rule's page: what it says, and its examples.

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'p> {
    /// Markdown between the examples, without blank lines around it; never empty.
    Prose(&'p str),
    /// What shows the rule at work.
    Example(Example<'p>),
}

/// A fenced example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example<'p> {
    /// The line of the page on which the text begins, from 1.
    pub line: usize,
    /// The first word after the fence: `flagged`, `clean`.
    pub kind: &'p str,
    /// The words after it: `markdown` and the like.
    pub options: &'p str,
    /// What stands between the fences, without the last line break.
    pub text: &'p str,
}

/// A page in pieces, in order. A fence of another kind than an example's is prose.
#[must_use]
pub fn parts(page: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    // Where the prose that is not in `parts` yet begins.
    let mut prose = 0;
    let mut open: Option<Fence<'_>> = None;
    let mut at = 0;
    for (line_idx, line) in page.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let Some(info) = line.trim_end().strip_prefix("```") else { continue };
        match open.take() {
            None => open = Some(Fence { start, line: line_idx + 2, info, text: at }),
            Some(fence) => {
                let (kind, options) = fence.info.split_once(' ').unwrap_or((fence.info, ""));
                if matches!(kind, "flagged" | "clean" | "fixed") {
                    push_prose(&mut parts, &page[prose..fence.start]);
                    let text = page[fence.text..start].strip_suffix('\n').unwrap_or(&page[fence.text..start]);
                    parts.push(Part::Example(Example { line: fence.line, kind, options, text }));
                    prose = at;
                }
            }
        }
    }
    push_prose(&mut parts, &page[prose..]);
    parts
}

/// The fenced examples of a page whose first word is `flagged`, `clean` or `fixed`.
#[must_use]
pub fn examples(page: &str) -> Vec<Example<'_>> {
    let example = |part| match part {
        Part::Example(example) => Some(example),
        Part::Prose(_) => None,
    };
    parts(page).into_iter().filter_map(example).collect()
}

struct Fence<'p> {
    start: usize,
    /// The line after it, from 1.
    line: usize,
    info: &'p str,
    /// Where the text after it begins.
    text: usize,
}

fn push_prose<'p>(parts: &mut Vec<Part<'p>>, prose: &'p str) {
    let prose = prose.trim();
    if !prose.is_empty() {
        parts.push(Part::Prose(prose));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_of_other_kinds_are_left_alone() {
        let page = "# x\n\n```flagged markdown\n{{a}}\n```\n```rust\nb\n```\n```clean\nc\n\nd\n```\n";
        let found = examples(page);
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].line, found[0].kind, found[0].options, found[0].text),
            (4, "flagged", "markdown", "{{a}}")
        );
        assert_eq!(found[1].text, "c\n\nd");
        assert_eq!(parts(page)[0], Part::Prose("# x"));
        assert_eq!(parts(page)[2], Part::Prose("```rust\nb\n```"));
    }
}
