//! Reading the notation.

use std::fmt;
use std::ops::Range;

/// A text and what is expected of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fixture {
    /// The text without the marks.
    pub text: String,
    /// The marks, sorted by start; they do not nest.
    pub marks: Vec<Mark>,
}

/// One expected mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of [`Fixture::text`].
    pub range: Range<usize>,
    /// The rule that must speak; any rule of the family judged, when none is named.
    pub rule: Option<String>,
    /// Found or not found, it does not count.
    pub optional: bool,
    /// The right fixes, best first; empty when the fix is not asserted.
    pub naturals: Vec<String>,
}

impl Fixture {
    /// The text with each mark as `show` writes it, given the words it stands around, and the rest as `plain` writes it.
    pub fn shown(&self, plain: impl Fn(&str) -> String, show: impl Fn(&str, &Mark) -> String) -> String {
        let mut shown = String::new();
        let mut at = 0;
        for mark in &self.marks {
            shown.push_str(&plain(&self.text[at..mark.range.start]));
            shown.push_str(&show(&self.text[mark.range.clone()], mark));
            at = mark.range.end;
        }
        shown.push_str(&plain(&self.text[at..]));
        shown
    }

    /// The paragraph that a mark stands in, as each of its right fixes leaves it; blank lines part paragraphs.
    #[must_use]
    pub fn fixed(&self, mark: &Mark) -> Vec<String> {
        let (before, after) = (&self.text[..mark.range.start], &self.text[mark.range.end..]);
        let before = before.rsplit("\n\n").next().unwrap_or_default();
        let after = after.split("\n\n").next().unwrap_or_default();
        mark.naturals.iter().map(|natural| format!("{before}{natural}{after}")).collect()
    }
}

/// A mistake in the notation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// Line of the marked text, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: &'static str,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for Error {}

/// Reads a marked text.
///
/// # Errors
/// A mark that is never closed, is empty, or holds another one.
pub fn parse(marked: &str) -> Result<Fixture, Error> {
    let mut fixture = Fixture::default();
    let mut rest = marked;
    let fail = |rest: &str, message| {
        let at = marked.len() - rest.len();
        Error { line: marked[..at].matches('\n').count() + 1, message }
    };
    while let Some(open) = rest.find("{{") {
        if rest[..open].ends_with('\\') {
            fixture.text.push_str(&rest[..open - 1]);
            fixture.text.push_str("{{");
            rest = &rest[open + 2..];
            continue;
        }
        fixture.text.push_str(&rest[..open]);
        let inside = &rest[open + 2..];
        let close = inside
            .find("}}")
            .ok_or_else(|| fail(&rest[open..], "a mark is opened with {{ and never closed with }}"))?;
        let body = &inside[..close];
        if body.contains("{{") {
            return Err(fail(&rest[open..], "marks do not nest"));
        }
        let mark = read_mark(body, fixture.text.len());
        let surface = mark.1;
        if surface.is_empty() {
            return Err(fail(&rest[open..], "a mark must stand around at least one character of the text"));
        }
        fixture.text.push_str(surface);
        fixture.marks.push(mark.0);
        rest = &inside[close + 2..];
    }
    fixture.text.push_str(rest);
    Ok(fixture)
}

fn read_mark(body: &str, start: usize) -> (Mark, &str) {
    let (rule, optional, body) = match rule_prefix(body) {
        Some((rule, optional, rest)) => (Some(rule.to_owned()), optional, rest),
        None => match body.strip_prefix('?') {
            Some(rest) => (None, true, rest),
            None => (None, false, body),
        },
    };
    let (surface, naturals) = match body.split_once("=>") {
        Some((surface, naturals)) => (surface, naturals.split('|').map(str::to_owned).collect()),
        None => (body, Vec::new()),
    };
    (Mark { range: start..start + surface.len(), rule, optional, naturals }, surface)
}

/// `rule-id: ` or `rule-id?: ` in front; every rule's name has a hyphen, so that "Note: …" is no rule.
fn rule_prefix(body: &str) -> Option<(&str, bool, &str)> {
    let (name, rest) = body.split_once(": ")?;
    let (name, optional) = name.strip_suffix('?').map_or((name, false), |name| (name, true));
    let well_formed = name.contains('-') && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    well_formed.then_some((name, optional, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        let fixture = parse(r"{{weasel-source?: Some say}} {{a=>b|c}}, {{?x=>y}} and \{{who?}}").unwrap();
        assert_eq!(fixture.text, "Some say a, x and {{who?}}");
        let seen: Vec<_> = fixture
            .marks
            .iter()
            .map(|mark| (&fixture.text[mark.range.clone()], mark.rule.as_deref(), mark.optional))
            .collect();
        assert_eq!(seen, [("Some say", Some("weasel-source"), true), ("a", None, false), ("x", None, true)]);
        assert_eq!(fixture.marks[1].naturals, ["b", "c"]);
    }

    #[test]
    fn marks_are_shown_as_one_likes() {
        let fixture = parse("The {{army help=>military aid}} came.").unwrap();
        let shown = fixture.shown(str::to_uppercase, |words, mark| format!("<{words}|{}>", mark.naturals[0]));
        assert_eq!(shown, "THE <army help|military aid> CAME.");
    }

    #[test]
    fn a_fix_is_seen_in_its_paragraph() {
        let fixture = parse("It rained.\n\nThe {{army help=>military aid|aid}} came.\n\nIt stayed.").unwrap();
        assert_eq!(fixture.fixed(&fixture.marks[0]), ["The military aid came.", "The aid came."]);
    }

    #[test]
    fn mistakes_name_their_line() {
        assert_eq!(parse("a\nb {{c").unwrap_err().line, 2);
        assert_eq!(parse("{{a {{b}} c}}").unwrap_err().message, "marks do not nest");
        assert!(parse("{{=>x}}").is_err());
    }
}
