//! The examples on a rule's page.

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

/// The fenced examples of a page whose first word is `flagged`, `clean` or `fixed`.
#[must_use]
pub fn examples(page: &str) -> Vec<Example<'_>> {
    let mut examples = Vec::new();
    let mut open: Option<(usize, &str, usize)> = None;
    let mut at = 0;
    for (line_idx, line) in page.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let Some(info) = line.trim_end().strip_prefix("```") else { continue };
        match open.take() {
            None => open = Some((line_idx + 2, info, at)),
            Some((first_line, info, from)) => {
                let (kind, options) = info.split_once(' ').unwrap_or((info, ""));
                if matches!(kind, "flagged" | "clean" | "fixed") {
                    let text = page[from..start].strip_suffix('\n').unwrap_or(&page[from..start]);
                    examples.push(Example { line: first_line, kind, options, text });
                }
            }
        }
    }
    examples
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
    }
}
