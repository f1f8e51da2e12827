//! Answers in two steps: at once without the encoder, then with it.

use serde_json::{Value, json};

use super::client::{Client, ordinary, range};

const URI: &str = "untitled:article";

/// Every sentence is another one, so that each is read.
fn long_text(paragraphs: usize) -> String {
    (0..paragraphs)
        .map(|idx| format!("The army help of day {idx} arrived, and {idx} people saw it come.\n\n"))
        .collect()
}

fn with_status() -> Client {
    let mut capabilities = ordinary();
    capabilities["experimental"] = json!({ "unspinStatus": true });
    Client::with(json!({ "capabilities": capabilities }))
}

#[test]
fn a_long_text_is_marked_before_the_encoder_has_read_it() {
    let mut client = with_status();
    client.open(URI, "plaintext", &long_text(40));
    let status = client.next("unspin/status");
    assert_eq!(status["complete"], false, "{status}");
    assert!(!client.next_publication(URI, 1)["diagnostics"].as_array().expect("a list").is_empty());
    // What a person does meanwhile is answered meanwhile.
    let actions = client.actions(URI, range((0, 4), (0, 5)), None);
    assert_eq!(actions[0]["title"], "Replace with “military aid”");
    let status = client.wait_for(|message| message["params"]["complete"] == json!(true));
    assert_eq!(status["params"]["version"], 1);
}

#[test]
fn a_sentence_that_is_typed_takes_no_mark_from_another() {
    let before = "The army help arrived on Monday. ";
    let typed = "Nobody in the north had minded the rain, and the army help arrived without a word of it. ";
    let keys: Vec<char> = typed.repeat(6).chars().take(500).collect();
    let mut client = Client::start();
    let text = format!("Analysts suggest the plan will fail.\n\n{before}\n\nThe army help arrived on Monday.\n");
    client.open(URI, "plaintext", &text);
    client.diagnostics(URI, 1);
    let start = before.chars().count() as u64;
    for (idx, key) in keys.iter().enumerate() {
        let at = json!({ "line": 2, "character": start + idx as u64 });
        client.change(URI, idx as i32 + 2, json!([{ "range": { "start": at, "end": at }, "text": key }]));
        // Now and then the encoder has time to say its part.
        if idx % 25 == 0 {
            client.request("unspin/debug/settled", json!({ "uri": URI })).expect("an answer");
        }
    }
    client.request("unspin/debug/settled", json!({ "uri": URI })).expect("an answer");
    let of_others = |publication: &Value| -> Vec<(Value, Value)> {
        let marks = publication["diagnostics"].as_array().expect("a list").iter();
        let is_typed = |mark: &Value| {
            mark["range"]["start"]["line"] == 2 && mark["range"]["end"]["character"].as_u64() > Some(start)
        };
        marks.filter(|mark| !is_typed(mark)).map(|mark| (mark["range"].clone(), mark["code"].clone())).collect()
    };
    let published = client.all("textDocument/publishDiagnostics");
    assert!(20 < published.len(), "{} publications", published.len());
    let first = of_others(&published[0]);
    assert!(first.len() >= 3, "{first:?}");
    for publication in &published {
        assert_eq!(of_others(publication), first, "version {}", publication["version"]);
    }
}

#[test]
fn a_mark_stays_while_its_sentence_is_read_again() {
    let mut client = Client::start();
    client.open(URI, "plaintext", "The army help arrived on Monday");
    let first = client.diagnostics(URI, 1);
    assert_eq!(first[0]["range"], range((0, 4), (0, 13)));
    for (idx, key) in " and nobody minded it at all.".chars().enumerate() {
        let at = json!({ "line": 0, "character": 31 + idx });
        let version = idx as i32 + 2;
        client.change(URI, version, json!([{ "range": { "start": at, "end": at }, "text": key }]));
        let published = client.next_publication(URI, version);
        assert_eq!(published["diagnostics"][0]["range"], range((0, 4), (0, 13)), "at once, version {version}");
        client.request("unspin/debug/settled", json!({ "uri": URI })).expect("an answer");
    }
}

#[test]
fn a_request_that_is_cancelled_is_answered_so() {
    let mut client = Client::start();
    client.open(URI, "plaintext", &long_text(40));
    // Mending everything waits until all is read.
    let command = json!({ "command": "unspin.server.fixAll", "arguments": [{ "uri": URI }] });
    let id = client.ask("workspace/executeCommand", command);
    client.notify("$/cancelRequest", json!({ "id": id }));
    let error = client.answer_to(id).expect_err("it is cancelled");
    assert_eq!(error["code"], -32800);
    client.request("unspin/debug/settled", json!({ "uri": URI })).expect("an answer");
    assert_eq!(
        client.all("workspace/applyEdit"),
        [] as [Value; 0],
        "nothing is done for a request that was taken back"
    );
    assert!(client.shut_down().success());
}

#[test]
fn a_fix_that_is_undone_is_no_longer_counted() {
    let repairs = |client: &mut Client| {
        let document = client.request("unspin/debug/text", json!({ "uri": URI })).expect("an answer");
        document["repairs"].clone()
    };
    let mut client = Client::start();
    client.open(URI, "plaintext", "The army help arrived. It rained.\n");
    client.diagnostics(URI, 1);
    client.change(URI, 2, json!([{ "range": range((0, 4), (0, 13)), "text": "military aid" }]));
    client.diagnostics(URI, 2);
    assert_eq!(repairs(&mut client), 1);
    client.change(URI, 3, json!([{ "range": range((0, 0), (0, 0)), "text": "x" }]));
    client.change(URI, 4, json!([{ "range": range((0, 0), (0, 1)), "text": "" }]));
    assert_eq!(repairs(&mut client), 1, "other edits do not matter");
    client.change(URI, 5, json!([{ "range": range((0, 4), (0, 16)), "text": "army help" }]));
    assert_eq!(repairs(&mut client), 0);
    // Done again, it counts again.
    client.diagnostics(URI, 5);
    client.change(URI, 6, json!([{ "range": range((0, 4), (0, 13)), "text": "military aid" }]));
    assert_eq!(repairs(&mut client), 1);
}

#[test]
fn a_client_that_shows_the_verdict_elsewhere_is_offered_no_lens() {
    let mut capabilities = ordinary();
    capabilities["textDocument"]["codeLens"] = json!({});
    for (options, offered) in [(json!({}), true), (json!({ "codeLens": false }), false)] {
        let client = Client::with(json!({ "capabilities": capabilities, "initializationOptions": options }));
        assert_eq!(client.server["capabilities"].get("codeLensProvider").is_some(), offered, "{options}");
    }
}
