//! What is said of a text beside its marks: hover, code lens, status.

use serde_json::{Value, json};

use super::client::{Client, ordinary, range};

const URI: &str = "untitled:article";
const TEXT: &str = "It rained.\nThe army help arrived on Monday.\n";

fn hover(client: &mut Client, line: u32, character: u32) -> Value {
    let params = json!({ "textDocument": { "uri": URI }, "position": { "line": line, "character": character } });
    client.request("textDocument/hover", params).expect("an answer")
}

#[test]
fn the_hover_says_why_and_where_to_read_on() {
    let mut client = Client::start();
    client.open(URI, "plaintext", TEXT);
    let said = hover(&mut client, 1, 5);
    assert_eq!(said["range"], range((1, 4), (1, 13)));
    assert_eq!(said["contents"]["kind"], "markdown");
    let text = said["contents"]["value"].as_str().expect("a text");
    for part in [
        "“military aid”",
        "spinners are known to write this for",
        "A word or phrase that an article spinner put in the place of the natural one.",
        "[spun-phrase](https://github.com/unspin/unspin/blob/main/docs/rules/spun-phrase.md)",
    ] {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
    // The client shows the message with the mark.
    assert!(!text.contains("reads like a spun"), "{text}");
    assert_eq!(hover(&mut client, 0, 3), Value::Null);
}

#[test]
fn a_client_without_markdown_gets_none() {
    let mut client = Client::with(json!({ "capabilities": {} }));
    client.open(URI, "plaintext", TEXT);
    let said = hover(&mut client, 1, 5);
    assert_eq!(said["contents"]["kind"], "plaintext");
    let text = said["contents"]["value"].as_str().expect("a text");
    assert!(!text.contains("**") && !text.contains("]("), "{text}");
    assert!(text.contains("https://github.com/unspin/unspin/blob/main/docs/rules/spun-phrase.md"), "{text}");
}

#[test]
fn the_verdict_stands_above_the_first_line() {
    let mut client = Client::start();
    client.open(URI, "plaintext", TEXT);
    let lenses = client.request("textDocument/codeLens", json!({ "textDocument": { "uri": URI } })).expect("an answer");
    assert_eq!(lenses[0]["range"], range((0, 0), (0, 0)));
    assert_eq!(lenses[0]["command"]["title"], "Unspin: 1 mark");
}

#[test]
fn the_status_is_sent_to_who_wants_it() {
    let mut capabilities = ordinary();
    capabilities["experimental"] = json!({ "unspinStatus": true });
    for (params, wanted) in [
        (json!({ "capabilities": capabilities }), true),
        (json!({ "capabilities": ordinary(), "initializationOptions": { "status": true } }), true),
        (json!({ "capabilities": ordinary() }), false),
    ] {
        let mut client = Client::with(params);
        client.open(URI, "plaintext", TEXT);
        client.diagnostics(URI, 1);
        if wanted {
            let status = client.next("unspin/status");
            let marks = json!({ "spun-phrase": 1 });
            let expected = json!({ "uri": URI, "version": 1, "verdict": "1 mark", "marks": marks, "complete": true });
            assert_eq!(status, expected);
        } else {
            assert_eq!(client.all("unspin/status"), [] as [Value; 0]);
        }
    }
}

#[test]
fn diagnostics_are_lean_and_complete() {
    let mut capabilities = ordinary();
    capabilities["textDocument"]["publishDiagnostics"] = json!({ "codeDescriptionSupport": true });
    let mut client = Client::with(json!({ "capabilities": capabilities }));
    client.open(URI, "plaintext", TEXT);
    assert_eq!(
        client.diagnostics(URI, 1),
        [json!({
            "range": range((1, 4), (1, 13)),
            "severity": 2,
            "code": "spun-phrase",
            "codeDescription": { "href": "https://github.com/unspin/unspin/blob/main/docs/rules/spun-phrase.md" },
            "source": "unspin",
            "message": "“army help” reads like a spun “military aid”",
        })]
    );
}

#[test]
fn closing_takes_the_marks_away() {
    let mut client = Client::start();
    client.open(URI, "plaintext", TEXT);
    assert_eq!(client.diagnostics(URI, 1).len(), 1);
    client.close(URI);
    let published = client.next("textDocument/publishDiagnostics");
    assert_eq!(published, json!({ "uri": URI, "diagnostics": [] }));
    assert_eq!(hover(&mut client, 1, 5), Value::Null);
}

#[test]
fn the_trace_is_what_the_client_asks_for() {
    let mut client = Client::start();
    client.open(URI, "plaintext", TEXT);
    assert_eq!(client.all("$/logTrace"), [] as [Value; 0]);
    client.notify("$/setTrace", json!({ "value": "messages" }));
    hover(&mut client, 1, 5);
    let traced = client.all("$/logTrace");
    assert!(traced.contains(&json!({ "message": "textDocument/hover" })), "{traced:?}");
    client.notify("$/setTrace", json!({ "value": "off" }));
    client.all("$/logTrace");
    hover(&mut client, 1, 5);
    assert_eq!(client.all("$/logTrace"), [] as [Value; 0]);
}

#[test]
fn the_log_keeps_to_the_level_that_is_set() {
    for (level, logged) in [("info", true), ("error", false)] {
        let mut client = Client::with(json!({ "capabilities": ordinary(), "initializationOptions": { "log": level } }));
        client.change("untitled:never-opened", 2, json!([{ "text": "x" }]));
        let lines = client.all("window/logMessage");
        let told = lines.iter().any(|line| line["message"].as_str().is_some_and(|line| line.contains("never opened")));
        assert_eq!(told, logged, "{level}: {lines:?}");
    }
}

/// Two statements with their sources, and a claim without one.
const SOURCED: &str = "Taxes rose in May, Jane Smith said on Monday.\n\nAnalysts suggest the plan will fail.\n";

#[test]
fn the_hover_says_who_says_it() {
    let mut client = Client::start();
    client.open(URI, "plaintext", SOURCED);
    let said = hover(&mut client, 0, 4);
    let text = said["contents"]["value"].as_str().expect("a text");
    assert!(text.contains("“Jane Smith” (person)") && text.contains("“said”") && text.contains("line 1"), "{text}");
    assert_eq!(said["range"]["start"], json!({ "line": 0, "character": 0 }));
}

#[test]
fn hints_beside_statements_are_for_those_who_ask() {
    let capabilities = |hints: bool| {
        let mut capabilities = ordinary();
        capabilities["textDocument"]["inlayHint"] = json!({});
        json!({ "capabilities": capabilities, "initializationOptions": { "inlayHints": hints } })
    };
    let ask = |client: &mut Client, from: u32| {
        let params = json!({ "textDocument": { "uri": URI }, "range": range((from, 0), (9, 0)) });
        client.request("textDocument/inlayHint", params).expect("an answer")
    };
    let mut client = Client::with(capabilities(true));
    client.open(URI, "plaintext", SOURCED);
    let hints = ask(&mut client, 0);
    assert_eq!(hints[0]["label"], "Jane Smith:");
    assert_eq!(hints[0]["position"], json!({ "line": 0, "character": 0 }));
    let below = ask(&mut client, 1);
    assert!(below.as_array().is_some_and(|hints| hints.iter().all(|hint| hint["label"] != "Jane Smith:")), "{below}");
    let mut client = Client::with(capabilities(false));
    client.open(URI, "plaintext", SOURCED);
    assert_eq!(ask(&mut client, 0), Value::Null);
}

#[test]
fn the_outline_lists_the_sources() {
    let mut capabilities = ordinary();
    capabilities["textDocument"]["documentSymbol"] = json!({ "hierarchicalDocumentSymbolSupport": true });
    for (capabilities, detail, place) in
        [(capabilities, "detail", "/selectionRange"), (ordinary(), "containerName", "/location/range")]
    {
        let mut client = Client::with(json!({ "capabilities": capabilities }));
        client.open(URI, "plaintext", SOURCED);
        let params = json!({ "textDocument": { "uri": URI } });
        let symbols = client.request("textDocument/documentSymbol", params).expect("an answer");
        let symbols = symbols.as_array().expect("a list");
        let smith = symbols.iter().find(|symbol| symbol["name"] == "Jane Smith").expect("she speaks");
        assert_eq!(smith[detail], "person, speaks once, 4 words");
        assert_eq!(smith.pointer(place), Some(&range((0, 19), (0, 29))));
    }
}
