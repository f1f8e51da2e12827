//! What can be done about a finding: which actions are offered, and what each of them does.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp::ls_types::{self, TextDocumentIdentifier, Uri};
use unspin_core::{Applicability, Diagnostic, Edit, Family, Fix, rules};
use unspin_text::Markup;

use crate::capabilities::{Client, FIX_ALL_KIND};
use crate::commands;
use crate::convert::{Encoding, to_lsp};
use crate::document::Snapshot;
use crate::edits::{self, Plan};

/// How many actions are offered at once; a selection over a whole article is not meant to list them all.
const ACTIONS_MAX: usize = 200;

/// The longest phrase that can be allowed.
const ALLOWED_BYTES_MAX: usize = 200;

const QUICK_FIX: &str = "quickfix";

const FIX_ALL_TITLE: &str = "Fix all safe Unspin marks";

/// One deed about one document, as it travels to the client and back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Ticket {
    uri: Uri,
    /// The version that it was made for; it is refused for any other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
    #[serde(flatten)]
    pub(crate) deed: Deed,
}

/// Something that can be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase")]
pub(crate) enum Deed {
    /// Apply one fix of a finding.
    Fix {
        #[serde(flatten)]
        finding: Finding,
        #[serde(default)]
        fix: usize,
    },
    /// Apply the safe fix of every finding of the same rule about the same words.
    FixKind {
        #[serde(flatten)]
        finding: Finding,
    },
    /// Apply every safe fix.
    FixAll,
    /// Ask in the text not to mark this.
    Ignore {
        #[serde(flatten)]
        finding: Finding,
    },
    /// Never mark this phrase in the workspace.
    Allow { phrase: String },
}

/// A finding, by what every client keeps of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Finding {
    rule: String,
    range: ls_types::Range,
}

impl Ticket {
    /// The ticket in an action's `data`.
    pub(crate) fn read(data: &Value) -> Option<Ticket> {
        serde_json::from_value(data.clone()).ok()
    }

    /// The ticket that a command and its arguments are; `None` for a command that is about no document.
    pub(crate) fn of_command(command: &str, arguments: &[Value]) -> Option<Result<Ticket, String>> {
        let deed = match command {
            commands::APPLY_FIX => "fix",
            commands::FIX_KIND => "fixKind",
            commands::FIX_ALL => "fixAll",
            commands::IGNORE => "ignore",
            commands::ALLOW => "allow",
            _ => return None,
        };
        let Some(Value::Object(mut argument)) = arguments.first().cloned() else {
            return Some(Err(format!("`{command}` takes one object with `uri` and what it is about")));
        };
        argument.insert("do".to_owned(), json!(deed));
        Some(serde_json::from_value(Value::Object(argument)).map_err(|error| format!("`{command}`: {error}")))
    }

    pub(crate) fn document(&self) -> TextDocumentIdentifier {
        TextDocumentIdentifier::new(self.uri.clone())
    }

    fn command(&self) -> &'static str {
        match self.deed {
            Deed::Fix { .. } => commands::APPLY_FIX,
            Deed::FixKind { .. } => commands::FIX_KIND,
            Deed::FixAll => commands::FIX_ALL,
            Deed::Ignore { .. } => commands::IGNORE,
            Deed::Allow { .. } => commands::ALLOW,
        }
    }
}

/// An action, before it is put into the client's words.
struct Action {
    title: String,
    kind: &'static str,
    /// An index into the snapshot's diagnostics.
    diagnostic: Option<usize>,
    preferred: bool,
    deed: Deed,
}

/// The actions for a range of bytes, in the words of the protocol.
///
/// Findings are found by the range, not by what the client sends back of them: some clients send it without the name of the rule.
pub(crate) fn list(
    snapshot: &Snapshot,
    range: Range<usize>,
    only: Option<&[String]>,
    client: &Client,
    can_allow: bool,
) -> Value {
    let wanted = |kind: &str| only.is_none_or(|only| only.iter().any(|asked| is_of_kind(kind, asked)));
    let mut actions = Vec::new();
    if wanted(QUICK_FIX) {
        for (idx, diagnostic) in snapshot.analysis.diagnostics.iter().enumerate() {
            if diagnostic.range.start <= range.end && range.start <= diagnostic.range.end && actions.len() < ACTIONS_MAX
            {
                quick_fixes(snapshot, idx, can_allow, &mut actions);
            }
        }
    }
    if wanted(FIX_ALL_KIND) && !safe_edits(&snapshot.analysis.diagnostics).is_empty() {
        actions.push(Action {
            title: FIX_ALL_TITLE.to_owned(),
            kind: FIX_ALL_KIND,
            diagnostic: None,
            preferred: false,
            deed: Deed::FixAll,
        });
    }
    actions.into_iter().map(|action| action.to_json(snapshot, client)).collect()
}

/// The client wants to fix all, or everything of a kind that this is of.
pub(crate) fn asks_for_fix_all(context: &ls_types::CodeActionContext) -> bool {
    let kinds = context.only.iter().flatten();
    kinds.map(ls_types::CodeActionKind::as_str).any(|asked| !asked.is_empty() && is_of_kind(FIX_ALL_KIND, asked))
}

/// Whether a kind of action is the one that is asked for, or one of its kinds.
fn is_of_kind(kind: &str, asked: &str) -> bool {
    asked.is_empty() || kind.strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn quick_fixes(snapshot: &Snapshot, idx: usize, can_allow: bool, actions: &mut Vec<Action>) {
    let diagnostic = &snapshot.analysis.diagnostics[idx];
    let finding = || Finding { rule: diagnostic.rule.to_owned(), range: snapshot.diagnostics[idx].range };
    let mut offer = |title: String, preferred: bool, deed: Deed| {
        actions.push(Action { title, kind: QUICK_FIX, diagnostic: Some(idx), preferred, deed });
    };
    let best_safe = best_safe(diagnostic);
    for (fix_idx, fix) in diagnostic.fixes.iter().enumerate() {
        let preferred = best_safe.is_some_and(|best| std::ptr::eq(best, fix));
        offer(fix.title.clone(), preferred, Deed::Fix { finding: finding(), fix: fix_idx });
    }
    let surface = snapshot.text(diagnostic.range.clone());
    if let Some(fix) = best_safe
        && same_kind(snapshot, diagnostic).count() > 1
    {
        let title = match quoted(&fix.title) {
            Some(natural) => format!("Fix all “{surface}” → “{natural}”"),
            None => format!("Fix all “{surface}”: {}", fix.title),
        };
        offer(title, false, Deed::FixKind { finding: finding() });
    }
    if ignore_comment(snapshot, diagnostic).is_some() {
        offer(format!("Ignore {} here", diagnostic.rule), false, Deed::Ignore { finding: finding() });
    }
    // A claim is not mended by allowing its words.
    let is_spun = rules::find(diagnostic.rule).is_some_and(|rule| rule.family == Family::Spun);
    let one_line = !surface.trim().is_empty() && !surface.contains(['\n', '\r']) && surface.len() <= ALLOWED_BYTES_MAX;
    if can_allow && is_spun && one_line {
        offer(format!("Allow “{surface}” in the workspace"), false, Deed::Allow { phrase: surface });
    }
}

impl Action {
    fn to_json(&self, snapshot: &Snapshot, client: &Client) -> Value {
        let ticket = Ticket { uri: snapshot.uri.clone(), version: Some(snapshot.version), deed: self.deed.clone() };
        let command = json!({ "title": self.title, "command": ticket.command(), "arguments": [ticket] });
        if !client.action_literals() {
            return command;
        }
        let mut action = json!({ "title": self.title, "kind": self.kind });
        if let Some(idx) = self.diagnostic {
            action["diagnostics"] = json!([snapshot.diagnostics[idx]]);
        }
        if self.preferred {
            action["isPreferred"] = json!(true);
        }
        // Where nobody asked for it by name, finding out what all is would take longer than the menu may.
        let too_early = self.deed == Deed::FixAll && client.applies_edits() && snapshot.fix_all.get().is_none();
        if matches!(self.deed, Deed::Allow { .. }) || (too_early && !client.resolves_edits()) {
            action["command"] = command;
            return action;
        }
        let lazily = client.resolves_edits();
        let plan = if lazily && !self.has_placeholder(snapshot) {
            None
        } else {
            plan(snapshot, &ticket, client.encoding()).ok()
        };
        action["data"] = if lazily { json!(ticket) } else { json!({}) };
        if let Some(plan) = plan {
            if let Some(placeholder) = plan.placeholder(snapshot, client.encoding()).filter(|_| !client.snippet_edits())
            {
                action["data"]["placeholder"] = placeholder.clone();
                if client.shows_documents() {
                    action["command"] = json!({ "title": "Select", "command": commands::SELECT_PLACEHOLDER, "arguments": [placeholder] });
                }
            }
            if !lazily {
                action["edit"] = edits::workspace_edit(snapshot, &plan, client);
            }
        }
        action
    }

    fn has_placeholder(&self, snapshot: &Snapshot) -> bool {
        match (&self.deed, self.diagnostic) {
            (Deed::Fix { fix, .. }, Some(idx)) => snapshot.analysis.diagnostics[idx]
                .fixes
                .get(*fix)
                .is_some_and(|fix| fix.edits.iter().any(|edit| edit.placeholder.is_some())),
            _ => false,
        }
    }
}

/// Why a ticket is not honoured.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The text has changed since it was given out.
    Stale,
    /// There is no such finding or fix.
    Unknown,
}

/// What a ticket does to the text.
pub(crate) fn plan(snapshot: &Snapshot, ticket: &Ticket, encoding: Encoding) -> Result<Plan, Refusal> {
    if ticket.version.is_some_and(|version| version != snapshot.version) {
        return Err(Refusal::Stale);
    }
    let diagnostics = &snapshot.analysis.diagnostics;
    let find = |finding: &Finding| {
        diagnostics
            .iter()
            .find(|diagnostic| {
                diagnostic.rule == finding.rule
                    && to_lsp::range(&snapshot.rope, &diagnostic.range, encoding) == finding.range
            })
            .ok_or(Refusal::Unknown)
    };
    let safely = |title: &str, edits: Vec<Edit>| {
        if edits.is_empty() {
            Err(Refusal::Unknown)
        } else {
            Ok(Plan { title: title.to_owned(), is_safe: true, edits })
        }
    };
    match &ticket.deed {
        Deed::Fix { finding, fix } => {
            let fix = find(finding)?.fixes.get(*fix).ok_or(Refusal::Unknown)?;
            Ok(Plan {
                title: fix.title.clone(),
                is_safe: fix.applicability == Applicability::Safe,
                edits: fix.edits.clone(),
            })
        }
        Deed::FixKind { finding } => safely("Fix all of this kind", safe_edits(same_kind(snapshot, find(finding)?))),
        Deed::FixAll => {
            let all = snapshot.fix_all.get().cloned();
            safely(FIX_ALL_TITLE, all.unwrap_or_else(|| safe_edits(diagnostics)))
        }
        Deed::Ignore { finding } => {
            let comment = ignore_comment(snapshot, find(finding)?).ok_or(Refusal::Unknown)?;
            safely("Ignore this phrase here", vec![comment])
        }
        Deed::Allow { .. } => Err(Refusal::Unknown),
    }
}

/// The fix that may be applied without a look.
fn best_safe(diagnostic: &Diagnostic) -> Option<&Fix> {
    diagnostic.fixes.iter().find(|fix| fix.applicability == Applicability::Safe)
}

/// The edits of the best safe fix of each finding, sorted and disjoint: of two fixes that overlap the earlier one is taken.
fn safe_edits<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for fix in diagnostics.into_iter().filter_map(best_safe) {
        let free = edits.last().map_or(0, |edit| edit.end);
        if fix.edits.first().is_some_and(|first| free <= first.start) {
            edits.extend(fix.edits.iter().cloned());
        }
    }
    edits
}

/// The findings of the same rule about the same words, with the same remedy.
fn same_kind<'s>(snapshot: &'s Snapshot, like: &'s Diagnostic) -> impl Iterator<Item = &'s Diagnostic> {
    let surface = snapshot.text(like.range.clone()).to_lowercase();
    let title = best_safe(like).map(|fix| fix.title.to_lowercase());
    snapshot.analysis.diagnostics.iter().filter(move |diagnostic| {
        diagnostic.rule == like.rule
            && best_safe(diagnostic).map(|fix| fix.title.to_lowercase()) == title
            && snapshot.text(diagnostic.range.clone()).to_lowercase() == surface
    })
}

/// The words that a title quotes: `Replace with “eastern”`.
fn quoted(title: &str) -> Option<&str> {
    let (_, rest) = title.split_once('“')?;
    rest.split_once('”').map(|(words, _)| words)
}

/// The comment that asks not to mark a finding, where the markup has comments and the finding has room for one above.
fn ignore_comment(snapshot: &Snapshot, diagnostic: &Diagnostic) -> Option<Edit> {
    if snapshot.markup == Markup::Plain {
        return None;
    }
    let rope = &snapshot.rope;
    let line = |line_idx: usize| String::from(rope.line(line_idx));
    let mut line_idx = rope.byte_to_line(diagnostic.range.start);
    // A line of its own inside a paragraph would cut that in two: above the paragraph it may stand.
    let mut scope = "next-line";
    while line_idx > 0 && goes_on(&line(line_idx - 1), &line(line_idx)) {
        line_idx -= 1;
        scope = "next-block";
    }
    let line = line(line_idx);
    let prefix: String = line.chars().take_while(|first| MARGIN.contains(first)).collect();
    // Nor may a table be cut in two.
    if line[prefix.len()..].starts_with(['|', '!']) {
        return None;
    }
    let at = rope.line_to_byte(line_idx);
    let line_break = match line.trim_end_matches(['\r', '\n']).len() {
        end if end < line.len() => &line[end..],
        _ => "\n",
    };
    Some(Edit::replace(at..at, format!("{prefix}<!-- unspin-ignore-{scope} {} -->{line_break}", diagnostic.rule)))
}

/// What may stand before the words of a line: indentation and the marks of a quotation.
const MARGIN: [char; 3] = [' ', '\t', '>'];

/// Whether a line goes on with what the line above began: a paragraph, a list item, a table.
fn goes_on(above: &str, line: &str) -> bool {
    let (above, line) = (above.trim_start_matches(MARGIN).trim_end(), line.trim_start_matches(MARGIN).trim_end());
    let numbered = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let begins = line.starts_with(['#', '-', '*', '+'])
        || (numbered.len() < line.len() && numbered.starts_with(['.', ')']))
        || above.starts_with("<!--");
    !above.is_empty() && !line.is_empty() && !begins && !above.starts_with('#')
}
