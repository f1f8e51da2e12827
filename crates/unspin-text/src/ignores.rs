//! Where the writer asked us to look away: `<!-- unspin-ignore-next-line weasel-source -->`.

use std::ops::Range;

use crate::plain::lines;
use crate::{Ignore, RawBlock};

/// Requests that wait for their end at the same time; one more goes on to the end of the file.
const IGNORES_OPEN_MAX: usize = 256;

/// What a comment asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// From here to an `unspin-ignore-end`, or to the end of the file.
    Start,
    End,
    NextLine,
    NextBlock,
    File,
}

/// Reads the requests in comments; `comments` with their marks, `blocks` sorted.
pub(crate) fn find(source: &str, comments: &[Range<usize>], blocks: &[RawBlock]) -> Vec<Ignore> {
    let mut ignores: Vec<Ignore> = Vec::new();
    // Indices of those that have no end yet.
    let mut open: Vec<usize> = Vec::new();
    for comment in comments {
        let Some((scope, rules)) = request(&source[comment.clone()]) else { continue };
        let range = match scope {
            Scope::File => 0..source.len(),
            Scope::NextLine => next_line(source, comment.end),
            Scope::NextBlock => {
                let next = blocks.partition_point(|block| block.range.start < comment.end);
                blocks.get(next).map_or(comment.end..comment.end, |block| block.range.clone())
            }
            Scope::Start => {
                if open.len() < IGNORES_OPEN_MAX {
                    open.push(ignores.len());
                }
                comment.start..source.len()
            }
            Scope::End => {
                open.retain(|&idx| {
                    let ends = rules.is_empty() || ignores[idx].rules == rules;
                    if ends {
                        ignores[idx].range.end = comment.end;
                    }
                    !ends
                });
                continue;
            }
        };
        ignores.push(Ignore { range, rules, comment: comment.clone() });
    }
    ignores.sort_by_key(|ignore| (ignore.range.start, ignore.range.end));
    ignores
}

fn request(comment: &str) -> Option<(Scope, Vec<String>)> {
    let inner = comment.strip_prefix("<!--")?.trim_end_matches("-->").trim();
    let rest = inner.strip_prefix("unspin-ignore")?;
    let end = rest.find(|this: char| this.is_whitespace() || this == ',' || this == ':').unwrap_or(rest.len());
    let scope = match &rest[..end] {
        "" | "-start" => Scope::Start,
        "-end" => Scope::End,
        "-next-line" => Scope::NextLine,
        "-next-block" => Scope::NextBlock,
        "-file" => Scope::File,
        _ => return None,
    };
    Some((scope, rules(&rest[end..])))
}

/// The rules named, up to the first word that cannot be one: a reason may follow after a colon or a dash.
fn rules(text: &str) -> Vec<String> {
    let mut rules = Vec::new();
    for word in text.split(|this: char| this.is_whitespace() || this == ',').filter(|word| !word.is_empty()) {
        let rule = word.trim_end_matches(':');
        let plausible = rule.starts_with(|first: char| first.is_ascii_lowercase())
            && rule.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !plausible {
            break;
        }
        rules.push(rule.to_owned());
        if rule.len() < word.len() {
            break;
        }
    }
    rules
}

/// The first line after `at` that has anything on it.
fn next_line(source: &str, at: usize) -> Range<usize> {
    let line = lines(&source[at..]).skip(1).find(|line| !source[at..][line.clone()].trim().is_empty());
    line.map_or(at..at, |line| line.start + at..line.end + at)
}
