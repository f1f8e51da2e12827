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
    use std::sync::Arc;

    use ropey::Rope;
    use serde_json::json;
    use tower_lsp::ls_types::InitializeParams;
    use unspin_text::Markup;

    use super::*;

    const TEXT: &str = "\u{1F600} \u{1F600}. It is said that taxes rise.";

    fn client(workspace_edit: Value) -> Client {
        let mut capabilities = json!({ "workspace": { "workspaceEdit": workspace_edit } });
        // As the door brings it.
        capabilities["experimental"]["unspinSnippetEdits"] =
            json!(workspace_edit.get("snippetEditSupport") == Some(&json!(true)));
        let params: InitializeParams = serde_json::from_value(json!({ "capabilities": capabilities })).expect("plain");
        Client::new(&params)
    }

    fn snapshot() -> Snapshot {
        Snapshot {
            uri: "untitled:a".parse().expect("an address"),
            version: 3,
            revision: 1,
            rope: Rope::from_str(TEXT),
            markup: Markup::Plain,
            unread: 0,
            analysis: Arc::default(),
            diagnostics: Vec::new(),
            window: None,
            fix_all: std::sync::OnceLock::new(),
        }
    }

    /// "Name who says it", with an edit before the one that has the placeholder.
    fn plan() -> Plan {
        let start = TEXT.find("It is said that").expect("it is there");
        let mut source = Edit::replace(start..start + "It is said that".len(), "SOURCE says");
        source.placeholder = Some(0..6);
        Plan { title: "Name the source".to_owned(), is_safe: false, edits: vec![Edit::replace(0..4, "Well"), source] }
    }

    #[test]
    fn the_place_to_type_over_is_told_in_positions_after_the_edit() {
        let placeholder = plan().placeholder(&snapshot(), Encoding::Utf16).expect("there is one");
        let expected = json!({ "start": { "line": 0, "character": 9 }, "end": { "line": 0, "character": 15 } });
        assert_eq!(placeholder, json!({ "uri": "untitled:a", "range": expected }));
    }

    #[test]
    fn a_client_that_knows_snippets_gets_one() {
        let client =
            client(json!({ "documentChanges": true, "snippetEditSupport": true, "changeAnnotationSupport": {} }));
        let edit = workspace_edit(&snapshot(), &plan(), &client);
        let edits = &edit["documentChanges"][0]["edits"];
        assert_eq!(edits[0]["newText"], "Well");
        assert_eq!(edits[1]["snippet"], json!({ "kind": "snippet", "value": "${1:SOURCE} says" }));
        assert!(edits[1].get("newText").is_none());
        assert_eq!(edit["changeAnnotations"]["unspin"]["label"], "Name the source");
    }

    #[test]
    fn a_client_that_knows_nothing_gets_plain_text() {
        let edit = workspace_edit(&snapshot(), &plan(), &client(json!({})));
        let edits = &edit["changes"]["untitled:a"];
        assert_eq!(edits[1]["newText"], "SOURCE says");
        assert_eq!(edits.as_array().map(Vec::len), Some(2));
        assert!(edit.get("changeAnnotations").is_none() && edits[0].get("annotationId").is_none());
    }

    #[test]
    fn a_snippet_says_only_its_placeholder_in_its_own_language() {
        assert_eq!(snippet("costs $5 {a\\b}, says WHO", &(21..24)), "costs \\$5 {a\\\\b\\}, says ${1:WHO}");
    }
}
