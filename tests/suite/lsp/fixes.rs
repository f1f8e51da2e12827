//! What can be done about a mark, from the menu to the changed text.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::client::{Client, ordinary, range, uri_of};
use super::positions::Units;

const URI: &str = "untitled:article";
const TEXT: &str = "The army help arrived on Monday.\n";

/// A cursor in the mark of [`TEXT`].
fn in_the_mark() -> Value {
    range((0, 6), (0, 6))
}

fn opened(text: &str) -> Client {
    let mut client = Client::start();
    client.open(URI, "plaintext", text);
    client.diagnostics(URI, 1);
    client
}

/// The text after a workspace edit; panics when it is for another version.
#[track_caller]
fn edited(text: &str, version: i32, edit: &Value) -> String {
    let changes = edit["documentChanges"].as_array().expect("versioned edits");
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0]["textDocument"], json!({ "uri": URI, "version": version }));
    applied(text, changes[0]["edits"].as_array().expect("edits"))
}

fn applied(text: &str, edits: &[Value]) -> String {
    let mut edits: Vec<_> = edits
        .iter()
        .map(|edit| {
            (
                Units::Utf16.offset(text, &edit["range"]["start"])..Units::Utf16.offset(text, &edit["range"]["end"]),
                edit["newText"].as_str().expect("a text"),
            )
        })
        .collect();
    edits.sort_by_key(|(range, _)| range.start);
    assert!(edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "edits overlap: {edits:?}");
    let mut text = text.to_owned();
    for (range, new) in edits.into_iter().rev() {
        text.replace_range(range, new);
    }
    text
}

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let titles = || actions.iter().map(|action| action["title"].as_str().unwrap_or_default()).collect::<Vec<_>>();
    actions.iter().find(|action| action["title"] == title).unwrap_or_else(|| panic!("no “{title}” in {:?}", titles()))
}

#[test]
fn a_quick_fix_mends_the_mark() {
    let mut client = opened(TEXT);
    let actions = client.actions(URI, in_the_mark(), Some(&["quickfix"]));
    let fix = titled(&actions, "Replace with “military aid”");
    assert_eq!(fix["kind"], "quickfix");
    assert_eq!(fix["isPreferred"], true);
    assert_eq!(fix["diagnostics"][0]["range"], range((0, 4), (0, 13)));
    assert_eq!(actions.iter().filter(|action| action["isPreferred"] == true).count(), 1);
    assert_eq!(edited(TEXT, 1, &fix["edit"]), "The military aid arrived on Monday.\n");

    client.change(URI, 2, json!([{ "range": range((0, 4), (0, 13)), "text": "military aid" }]));
    assert_eq!(client.diagnostics(URI, 2), [] as [Value; 0]);
    assert_eq!(client.actions(URI, in_the_mark(), None), [] as [Value; 0]);
}

#[test]
fn the_mark_is_found_by_its_place_alone() {
    let mut client = opened(TEXT);
    // As an editor sends it that keeps only what it shows.
    let context = json!({ "diagnostics": [{ "range": range((0, 4), (0, 13)), "message": "x" }], "only": ["quickfix"] });
    let params = json!({ "textDocument": { "uri": URI }, "range": range((0, 13), (0, 13)), "context": context });
    let actions = client.request("textDocument/codeAction", params).expect("an answer");
    titled(actions.as_array().expect("a list"), "Replace with “military aid”");
    assert_eq!(client.actions(URI, range((0, 14), (0, 20)), Some(&["quickfix"])), [] as [Value; 0]);
}

#[test]
fn only_the_kinds_that_are_asked_for_are_offered() {
    let mut client = opened(TEXT);
    let mut kinds = |only: Option<&[&str]>| {
        let actions = client.actions(URI, in_the_mark(), only);
        let mut kinds: Vec<_> =
            actions.iter().map(|action| action["kind"].as_str().expect("a kind").to_owned()).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    };
    for only in [&["source.fixAll.unspin"], &["source.fixAll"], &["source"]] {
        assert_eq!(kinds(Some(only)), ["source.fixAll.unspin"], "{only:?}");
    }
    assert_eq!(kinds(Some(&["quickfix"])), ["quickfix"]);
    assert_eq!(kinds(Some(&["quickfix.other"])), [] as [&str; 0]);
    assert_eq!(kinds(Some(&["refactor", "source.fixAllOther"])), [] as [&str; 0]);
    assert_eq!(kinds(Some(&[])), ["quickfix", "source.fixAll.unspin"]);
    assert_eq!(kinds(None), ["quickfix", "source.fixAll.unspin"]);
}

#[test]
fn fix_all_leaves_quotations_alone() {
    let text = "The army help arrived. It was army help.\n\n“The army help is late,” he said.\n";
    let mut client = opened(text);
    let actions = client.actions(URI, range((0, 0), (9, 0)), Some(&["source.fixAll"]));
    let edit = &titled(&actions, "Fix all safe Unspin marks")["edit"];
    let expected = "The military aid arrived. It was military aid.\n\n“The army help is late,” he said.\n";
    assert_eq!(edited(text, 1, edit), expected);
}

#[test]
fn fixing_all_again_changes_nothing() {
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("articles");
    let in_folder =
        |folder: &Path| std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let files: Vec<PathBuf> = in_folder(&articles).chain(in_folder(&articles.join("wild"))).collect();
    let plain =
        |path: &&PathBuf| path.to_str().is_some_and(|name| name.ends_with(".txt") && !name.ends_with(".gold.txt"));
    let mut fixed = 0;
    let mut client = Client::start();
    for path in files.iter().filter(plain) {
        let text = std::fs::read_to_string(path).expect("an article");
        client.open(URI, "plaintext", &text);
        let all = |client: &mut Client| client.actions(URI, range((0, 0), (0, 0)), Some(&["source.fixAll"])).pop();
        if let Some(action) = all(&mut client) {
            let once = edited(&text, 1, &action["edit"]);
            client.change(URI, 2, json!([{ "text": once }]));
            let again = all(&mut client);
            assert_eq!(again, None, "{}", path.display());
            fixed += 1;
        }
        client.close(URI);
    }
    assert!(fixed > 3, "{fixed}");
}

#[test]
fn all_of_a_kind_are_fixed_together_and_others_stay() {
    let text = "The army help arrived. It was Army help. A nuclear take a look at followed.\n";
    let mut client = opened(text);
    let actions = client.actions(URI, in_the_mark(), Some(&["quickfix"]));
    let edit = &titled(&actions, "Fix all “army help” → “military aid”")["edit"];
    let fixed = edited(text, 1, edit);
    assert!(fixed.contains("nuclear take a look at"), "{fixed}");
    assert!(fixed.starts_with("The military aid arrived."), "{fixed}");
}

#[test]
fn a_stale_fix_is_refused() {
    let mut capabilities = ordinary();
    capabilities["textDocument"]["codeAction"]["resolveSupport"] = json!({ "properties": ["edit"] });
    capabilities["textDocument"]["codeAction"]["dataSupport"] = json!(true);
    let mut client = Client::with(json!({ "capabilities": capabilities }));
    assert_eq!(client.server["capabilities"]["codeActionProvider"]["resolveProvider"], true);
    client.open(URI, "plaintext", TEXT);
    let action = titled(&client.actions(URI, in_the_mark(), None), "Replace with “military aid”").clone();
    assert!(action.get("edit").is_none(), "the edit is made when it is asked for");
    let resolved = client.request("codeAction/resolve", action.clone()).expect("it is still right");
    assert_eq!(edited(TEXT, 1, &resolved["edit"]), "The military aid arrived on Monday.\n");
    assert_eq!(resolved["title"], action["title"]);

    client.change(URI, 2, json!([{ "range": range((0, 0), (0, 0)), "text": "Yes. " }]));
    let error = client.request("codeAction/resolve", action).expect_err("it is for another text");
    assert_eq!(error["code"], -32801, "{error}");
    // As a command, too.
    let finding = json!({ "uri": URI, "version": 1, "rule": "spun-phrase", "range": range((0, 4), (0, 13)) });
    let command = json!({ "command": "unspin.server.applyFix", "arguments": [finding] });
    let error = client.request("workspace/executeCommand", command).expect_err("it is for another text");
    assert_eq!(error["code"], -32801, "{error}");
    assert_eq!(client.all("workspace/applyEdit"), [] as [Value; 0]);
}

#[test]
fn every_fix_is_a_command_too() {
    let mut client = opened(TEXT);
    let finding = json!({ "uri": URI, "rule": "spun-phrase", "range": range((0, 4), (0, 13)) });
    for command in ["unspin.server.applyFix", "unspin.server.fixKind", "unspin.server.fixAll"] {
        let params = json!({ "command": command, "arguments": [finding] });
        assert_eq!(client.request("workspace/executeCommand", params), Ok(Value::Null), "{command}");
        let edit = client.next("workspace/applyEdit");
        assert_eq!(edited(TEXT, 1, &edit["edit"]), "The military aid arrived on Monday.\n", "{command}");
    }
    for (command, arguments) in [
        ("unspin.server.fixAll", json!([])),
        ("unspin.server.applyFix", json!([{ "uri": URI }])),
        ("unspin.nonsense", json!([])),
    ] {
        let params = json!({ "command": command, "arguments": arguments });
        assert_eq!(client.request("workspace/executeCommand", params).expect_err(command)["code"], -32602);
    }
}

#[test]
fn a_client_without_action_literals_gets_commands() {
    let mut client = Client::with(json!({ "capabilities": { "workspace": { "applyEdit": true } } }));
    client.open(URI, "plaintext", TEXT);
    let actions = client.actions(URI, in_the_mark(), None);
    let fix = titled(&actions, "Replace with “military aid”");
    let params = json!({ "command": fix["command"], "arguments": fix["arguments"] });
    client.request("workspace/executeCommand", params).expect("the fix is applied");
    // Nor does this one take versions.
    let edits = client.next("workspace/applyEdit")["edit"]["changes"][URI].take();
    assert_eq!(applied(TEXT, edits.as_array().expect("edits")), "The military aid arrived on Monday.\n");
}

#[test]
fn a_fix_that_is_to_be_read_is_annotated() {
    let mut capabilities = ordinary();
    capabilities["workspace"]["workspaceEdit"]["changeAnnotationSupport"] = json!({});
    let mut client = Client::with(json!({ "capabilities": capabilities }));
    let text = "“The army help is late,” he said.\n";
    client.open(URI, "plaintext", text);
    let actions = client.actions(URI, in_the_mark(), Some(&["quickfix"]));
    let fix = titled(&actions, "Replace with “military aid”");
    assert!(fix.get("isPreferred").is_none(), "these are somebody's words");
    let edit = &fix["edit"];
    let id = edit["documentChanges"][0]["edits"][0]["annotationId"].as_str().expect("an annotation");
    assert_eq!(edit["changeAnnotations"][id]["label"], "Replace with “military aid”");
}

#[test]
fn a_comment_asks_not_to_mark_it() {
    for (text, at, expected) in [
        (
            "# News\n\nThe army help arrived.\n",
            2,
            "# News\n\n<!-- unspin-ignore-next-line spun-phrase -->\nThe army help arrived.\n",
        ),
        (
            "> Quoted:\r\n>\r\n> The army help arrived.\r\n",
            2,
            "> Quoted:\r\n>\r\n> <!-- unspin-ignore-next-line spun-phrase -->\r\n> The army help arrived.\r\n",
        ),
        (
            "It rained there.\nThe army help arrived.\n",
            1,
            "<!-- unspin-ignore-next-block spun-phrase -->\nIt rained there.\nThe army help arrived.\n",
        ),
    ] {
        let mut client = Client::start();
        client.open(URI, "markdown", text);
        let actions = client.actions(URI, range((at, 8), (at, 8)), Some(&["quickfix"]));
        let ignored = edited(text, 1, &titled(&actions, "Ignore spun-phrase here")["edit"]);
        assert_eq!(ignored, expected);
        client.change(URI, 2, json!([{ "text": ignored }]));
        assert_eq!(client.diagnostics(URI, 2), [] as [Value; 0], "{ignored}");
    }
}

#[test]
fn where_a_comment_would_show_or_break_something_none_is_offered() {
    for (language, text) in [("plaintext", TEXT), ("markdown", "| a |\n|---|\n| The army help arrived. |\n")] {
        let mut client = Client::start();
        client.open(URI, language, text);
        let actions = client.actions(URI, range((0, 0), (9, 0)), Some(&["quickfix"]));
        assert!(actions.iter().all(|action| action["title"] != "Ignore spun-phrase here"), "{text}");
    }
}

#[test]
fn an_allowed_phrase_is_written_down_and_no_longer_marked() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = uri_of(&folder.path().join("news/a.txt"));
    let mut client = Client::with(
        json!({ "capabilities": ordinary(), "workspaceFolders": [{ "uri": uri_of(folder.path()), "name": "w" }] }),
    );
    client.open(&article, "plaintext", TEXT);
    assert_eq!(client.diagnostics(&article, 1).len(), 1);
    let actions = client.actions(&article, in_the_mark(), None);
    let command = titled(&actions, "Allow “army help” in the workspace")["command"].clone();
    let params = json!({ "command": command["command"], "arguments": command["arguments"] });
    client.request("workspace/executeCommand", params).expect("the phrase is allowed");
    assert_eq!(client.diagnostics(&article, 1), [] as [Value; 0]);
    let written = std::fs::read_to_string(folder.path().join("unspin.toml")).expect("it is written");
    assert_eq!(written, "[words]\nallow = [\"army help\"]\n");
}

#[test]
fn accepted_fixes_are_counted_however_they_come() {
    let text = "The army help arrived. It was army help. A nuclear take a look at followed.\n";
    let mut client = opened(text);
    let repairs = |client: &mut Client| {
        client.request("unspin/debug/text", json!({ "uri": URI })).expect("an answer")["repairs"].clone()
    };
    assert_eq!(repairs(&mut client), 0);
    // The edit of a fix, as it was given out.
    client.change(URI, 2, json!([{ "range": range((0, 4), (0, 13)), "text": "military aid" }]));
    client.diagnostics(URI, 2);
    assert_eq!(repairs(&mut client), 1);
    // Cut down to the letters that differ: "army help" to "military aid" keeps nothing before, nothing after but a letter or two.
    let second = text.replacen("army help", "military aid", 1).find("army help").expect("the second") as u32;
    client.change(
        URI,
        3,
        json!([
            { "range": range((0, second + 5), (0, second + 9)), "text": "aid" },
            { "range": range((0, second), (0, second + 3)), "text": "militar" },
        ]),
    );
    client.diagnostics(URI, 3);
    assert_eq!(repairs(&mut client), 2);
    // Another edit in the same place is none.
    let third = text.replace("army help", "military aid").find("nuclear").expect("the third") as u32;
    client.change(URI, 4, json!([{ "range": range((0, third), (0, third + 22)), "text": "nuclear holiday" }]));
    client.diagnostics(URI, 4);
    assert_eq!(repairs(&mut client), 2);
}

/// A claim whose first fix leaves the name of the source to be typed.
const CLAIM: &str = "Analysts suggest the plan will fail.\n";

#[test]
fn a_place_to_type_over_is_a_snippet_where_the_client_knows_them() {
    let mut capabilities = ordinary();
    capabilities["workspace"]["workspaceEdit"]["snippetEditSupport"] = json!(true);
    let mut client = Client::with(json!({ "capabilities": capabilities }));
    client.open(URI, "plaintext", CLAIM);
    let actions = client.actions(URI, range((0, 2), (0, 2)), Some(&["quickfix"]));
    let fix = titled(&actions, "Name the source");
    let edits = fix["edit"]["documentChanges"][0]["edits"].as_array().expect("edits");
    assert!(
        edits.iter().any(|edit| edit["snippet"] == json!({ "kind": "snippet", "value": "${1:[Name]}" })),
        "{edits:?}"
    );
    assert_eq!(fix.get("isPreferred"), None);
    // A claim is not mended by allowing its words.
    assert!(
        actions.iter().all(|action| !action["title"].as_str().unwrap_or_default().starts_with("Allow")),
        "{actions:?}"
    );
}

#[test]
fn a_place_to_type_over_is_selected_for_others() {
    let mut capabilities = ordinary();
    capabilities["window"] = json!({ "showDocument": { "support": true } });
    let mut client = Client::with(json!({ "capabilities": capabilities }));
    client.open(URI, "plaintext", CLAIM);
    let actions = client.actions(URI, range((0, 2), (0, 2)), Some(&["quickfix"]));
    let fix = titled(&actions, "Name the source");
    let fixed = edited(CLAIM, 1, &fix["edit"]);
    let placeholder = &fix["data"]["placeholder"];
    let at = |end: &str| Units::Utf16.offset(&fixed, &placeholder["range"][end]);
    assert_eq!(&fixed[at("start")..at("end")], "[Name]");

    client.change(URI, 2, json!([{ "text": fixed }]));
    let command = json!({ "command": fix["command"]["command"], "arguments": fix["command"]["arguments"] });
    client.request("workspace/executeCommand", command).expect("it is selected");
    let shown = client.next("window/showDocument");
    assert_eq!((&shown["uri"], &shown["selection"]), (&json!(URI), &placeholder["range"]));
}
