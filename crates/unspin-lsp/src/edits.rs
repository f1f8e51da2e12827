//! Edits of the text in the words of the protocol, with as much as the client can take: versions, annotations, places to type over.

use serde_json::{Value, json};
use unspin_core::Edit;

use crate::capabilities::Client;
use crate::convert::{Encoding, to_lsp};
use crate::document::Snapshot;

/// Edits that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// What the person is told that it does.
    pub(crate) title: String,
    /// It may be done without a look.
    pub(crate) is_safe: bool,
    /// Sorted and disjoint.
    pub(crate) edits: Vec<Edit>,
}

impl Plan {
    /// Where, after the edits, the person is to type: `{uri, range}`.
    pub(crate) fn placeholder(&self, snapshot: &Snapshot, encoding: Encoding) -> Option<Value> {
        let marked = self.edits.iter().position(|edit| edit.placeholder.is_some())?;
        let mut rope = snapshot.rope.clone();
        for edit in self.edits.iter().rev() {
            let start = rope.byte_to_char(edit.start);
            rope.remove(start..rope.byte_to_char(edit.end));
            rope.insert(start, &edit.text);
        }
        let (before, edit) = (&self.edits[..marked], &self.edits[marked]);
        let grown: usize = before.iter().map(|edit| edit.text.len()).sum();
        let shrunk: usize = before.iter().map(|edit| edit.end - edit.start).sum();
        let start = edit.start + grown - shrunk;
        let placeholder = edit.placeholder.clone()?;
        let range = to_lsp::range(&rope, &(start + placeholder.start..start + placeholder.end), encoding);
        Some(json!({ "uri": snapshot.uri, "range": range }))
    }
}

/// A `WorkspaceEdit`.
pub(crate) fn workspace_edit(snapshot: &Snapshot, plan: &Plan, client: &Client) -> Value {
    let annotated = !plan.is_safe && client.annotates_changes();
    let edits: Vec<Value> = plan
        .edits
        .iter()
        .map(|edit| {
            let range = to_lsp::range(&snapshot.rope, &(edit.start..edit.end), client.encoding());
            let mut value = match &edit.placeholder {
                Some(placeholder) if client.snippet_edits() => {
                    json!({ "range": range, "snippet": { "kind": "snippet", "value": snippet(&edit.text, placeholder) } })
                }
                _ => json!({ "range": range, "newText": edit.text }),
            };
            if annotated {
                value["annotationId"] = json!("unspin");
            }
            value
        })
        .collect();
    if !client.versioned_edits() {
        return json!({ "changes": { snapshot.uri.as_str(): edits } });
    }
    let mut edit = json!({
        "documentChanges": [{ "textDocument": { "uri": snapshot.uri, "version": snapshot.version }, "edits": edits }],
    });
    if annotated {
        edit["changeAnnotations"] =
            json!({ "unspin": { "label": plan.title, "description": "to be read before it stays" } });
    }
    edit
}

/// The text of an edit as a snippet whose only stop is the placeholder.
fn snippet(text: &str, placeholder: &std::ops::Range<usize>) -> String {
    let escape = |text: &str| text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}");
    let part = |range: std::ops::Range<usize>| escape(text.get(range).unwrap_or_default());
    format!("{}${{1:{}}}{}", part(0..placeholder.start), part(placeholder.clone()), part(placeholder.end..text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_says_only_its_placeholder_in_its_own_language() {
        assert_eq!(snippet("costs $5 {a\\b}, says WHO", &(21..24)), "costs \\$5 {a\\\\b\\}, says ${1:WHO}");
    }
}
