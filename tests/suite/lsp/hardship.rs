//! Clients that die, do not listen, or send what no client should.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::{Client, ordinary, range, server_path, uri_of};
use super::edits::Random;

const URI: &str = "untitled:article";
const TEXT: &str = "The army help arrived on Monday.\n";

/// Still there, and still right.
#[track_caller]
fn works(client: &mut Client) {
    client.open("untitled:works", "plaintext", TEXT);
    assert_eq!(client.diagnostics("untitled:works", 1).len(), 1);
    client.close("untitled:works");
}

#[test]
fn four_hundred_requests_are_answered_to_a_client_that_answers_none() {
    let mut capabilities = ordinary();
    capabilities["workspace"]["configuration"] = json!(true);
    let mut client = Client::with(json!({ "capabilities": capabilities }));
    client.answer_nothing();
    client.open(URI, "plaintext", TEXT);
    let mut ids = Vec::new();
    for round in 0..100 {
        client.change(URI, round + 2, json!([{ "range": range((1, 0), (1, 0)), "text": "It rained. " }]));
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
        let document = json!({ "uri": URI });
        let position = json!({ "line": 0, "character": 6 });
        ids.push(client.ask("textDocument/hover", json!({ "textDocument": document, "position": position })));
        ids.push(client.ask("textDocument/codeLens", json!({ "textDocument": document })));
        let context = json!({ "diagnostics": [] });
        let actions = json!({ "textDocument": document, "range": range((0, 6), (0, 6)), "context": context });
        ids.push(client.ask("textDocument/codeAction", actions));
        let fix_all = json!({ "command": "unspin.server.fixAll", "arguments": [{ "uri": URI }] });
        ids.push(client.ask("workspace/executeCommand", fix_all));
    }
    assert_eq!(ids.len(), 400);
    for id in ids {
        client.answer_to(id).expect("an answer");
    }
    works(&mut client);
    assert!(client.shut_down().success());
}

#[test]
fn the_server_ends_with_its_client() {
    // With work in flight, and a client that left without a word.
    let mut client = Client::start();
    client.open(URI, "plaintext", &TEXT.repeat(2000));
    let begin = Instant::now();
    assert!(!client.hang_up().success(), "that was no orderly end");
    assert!(begin.elapsed() < Duration::from_secs(10));
    // In the ordinary way.
    assert!(Client::start().shut_down().success());
    // `exit` without `shutdown`.
    let mut client = Client::start();
    client.notify("exit", json!({}));
    assert!(!client.wait_for_exit().success());
}

#[test]
fn after_shutdown_nothing_is_done_any_more() {
    let mut client = Client::start();
    client.open(URI, "plaintext", TEXT);
    client.request("shutdown", Value::Null).expect("an answer");
    let error = client
        .request("textDocument/codeLens", json!({ "textDocument": { "uri": URI } }))
        .expect_err("it is shut down");
    assert_eq!(error["code"], -32600);
    client.notify("exit", json!({}));
    assert!(client.wait_for_exit().success());
}

#[test]
fn a_client_that_stops_reading_costs_one_slot_a_document() {
    let mut client = Client::start();
    let text = TEXT.repeat(300);
    client.open(URI, "plaintext", &text);
    client.diagnostics(URI, 1);
    client.stop_reading();
    let keys = 3000;
    for version in 2..=keys {
        client.change(URI, version, json!([{ "range": range((0, 0), (0, 0)), "text": "x" }]));
        // A request whose answer nobody reads, now and then.
        if version % 100 == 0 {
            client.ask("textDocument/codeLens", json!({ "textDocument": { "uri": URI } }));
        }
    }
    client.go_on_reading();
    // The newest comes, and most of those between were never sent.
    client.diagnostics(URI, keys);
    let between = client.all("textDocument/publishDiagnostics").len();
    assert!(between < 100, "{between} were queued");
    assert_eq!(client.text(URI).map(|text| text.len()), Some(text.len() + keys as usize - 1));
}

#[test]
fn what_no_client_should_do_is_borne() {
    let mut client = Client::start();
    let check = |client: &mut Client, expected: &str| assert_eq!(client.text(URI).as_deref(), Some(expected));
    // Changed, asked about and closed, but never opened.
    client.change("untitled:never", 5, json!([{ "range": range((3, 0), (4, 0)), "text": "x" }]));
    client.close("untitled:never");
    assert_eq!(client.actions("untitled:never", range((0, 0), (1, 0)), None), [] as [Value; 0]);
    // Opened twice.
    client.open(URI, "plaintext", "Old.");
    client.open(URI, "plaintext", TEXT);
    check(&mut client, TEXT);
    assert_eq!(client.diagnostics(URI, 1).last().map(|found| &found["range"]), Some(&range((0, 4), (0, 13))));
    // A version that stands still, and one that goes back.
    client.change(URI, 1, json!([{ "range": range((0, 0), (0, 0)), "text": "A " }]));
    client.change(URI, -7, json!([{ "range": range((0, 0), (0, 0)), "text": "B " }]));
    check(&mut client, &format!("B A {TEXT}"));
    assert_eq!(client.diagnostics(URI, -7)[0]["range"], range((0, 8), (0, 17)));
    // A change without changes.
    client.change(URI, 8, json!([]));
    client.diagnostics(URI, 8);
    // A file that is renamed while it is looked at: closed under the one name, opened under the other.
    client.close(URI);
    client.open("untitled:renamed", "plaintext", TEXT);
    assert_eq!(client.diagnostics("untitled:renamed", 1).len(), 1);
    assert_eq!(client.text(URI), None);
    works(&mut client);
}

#[test]
fn messages_that_are_none_are_passed_over() {
    let mut client = Client::start();
    for body in [
        "{",
        "[]",
        "{}",
        "null",
        r#"{"jsonrpc":"2.0","id":1.5,"method":"shutdown"}"#,
        r#"{"jsonrpc":"2.0","id":"x","method":"textDocument/hover","params":{"nonsense":true}}"#,
        r#"{"jsonrpc":"2.0","method":"textDocument/didChange","params":[]}"#,
        r#"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"not an address"}}}"#,
        r#"{"jsonrpc":"2.0","method":"$/unheardOf","params":{}}"#,
        r#"{"jsonrpc":"2.0","id":12345,"result":{}}"#,
        r#"{"jsonrpc":"2.0","id":12346}"#,
        r#"{"jsonrpc":"2.0","id":"y","method":"unheard/of"}"#,
        &format!("{}{}", "[".repeat(5000), "]".repeat(5000)),
    ] {
        client.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }
    client.send_bytes(b"Content-Length: nonsense\r\n\r\nContent-Type: x\r\n\r\nnoise\r\n\r\n");
    client.send_bytes(b"Content-Length: 3\r\n\r\n\xff\xfe\xfd");
    works(&mut client);
    // A length that is a lie, and then the end.
    client.send_bytes(b"Content-Length: 4000000000\r\n\r\n{}");
    assert!(!client.hang_up().success());
}

/// What JSON is made of.
const NOISE: &[u8] = b"0-9e{}[]\",:\\u";

#[test]
fn garbled_messages_do_no_harm() {
    let position = json!({ "line": 0, "character": 6 });
    let script = [
        json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {
            "textDocument": { "uri": URI, "languageId": "markdown", "version": 1, "text": TEXT } } }),
        json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
            "textDocument": { "uri": URI, "version": 2 },
            "contentChanges": [{ "range": range((0, 4), (1, 0)), "text": "army help \u{1F600}\r" }] } }),
        json!({ "jsonrpc": "2.0", "id": "a", "method": "textDocument/hover", "params": {
            "textDocument": { "uri": URI }, "position": position } }),
        json!({ "jsonrpc": "2.0", "id": 777_777, "method": "textDocument/codeAction", "params": {
            "textDocument": { "uri": URI }, "range": range((0, 0), (9, 9)), "context": { "diagnostics": [] } } }),
        json!({ "jsonrpc": "2.0", "id": 777_778, "method": "workspace/executeCommand", "params": {
            "command": "unspin.server.ignore",
            "arguments": [{ "uri": URI, "rule": "spun-phrase", "range": range((0, 4), (0, 13)) }] } }),
        json!({ "jsonrpc": "2.0", "method": "workspace/didChangeConfiguration", "params": {
            "settings": { "unspin": { "rules": { "spun-phrase": "hint" }, "words": { "allow": ["x"] } } } } }),
        json!({ "jsonrpc": "2.0", "method": "textDocument/didClose", "params": { "textDocument": { "uri": URI } } }),
    ];
    let mut client = Client::start();
    let mut random = Random::new(7);
    for _ in 0..3000 {
        let mut body = script[random.below(script.len())].to_string().into_bytes();
        for _ in 0..random.below(4) {
            let at = random.below(body.len());
            match random.below(4) {
                0 => body[at] = random.below(256) as u8,
                1 => drop(body.remove(at)),
                2 => body.insert(at, NOISE[random.below(NOISE.len())]),
                _ => body.truncate(body.len() - random.below(3)),
            }
        }
        client.send_bytes(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
        client.send_bytes(&body);
    }
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "unspin": {} } }));
    works(&mut client);
    assert!(client.shut_down().success());
}

#[test]
fn any_text_in_any_language_is_looked_at() {
    let text = "It rained.\0\r\nThe army help arrived on Monday.\rThe army help came.\u{2028}The army help left.\n\0";
    let mut client = Client::start();
    for (idx, language) in ["plaintext", "markdown", "wikitext", "klingon", ""].into_iter().enumerate() {
        let uri = format!("untitled:{idx}");
        client.open(&uri, language, text);
        let lines: Vec<_> =
            client.diagnostics(&uri, 1).iter().map(|found| found["range"]["start"]["line"].clone()).collect();
        assert!(lines.contains(&json!(1)) && lines.contains(&json!(2)), "{language}: {lines:?}");
        assert_eq!(client.text(&uri).as_deref(), Some(text));
    }
}

#[test]
fn a_text_of_20_mb_is_looked_at_where_somebody_works() {
    // A claim: how likely it is that a text was spun depends on how much of it is looked at, but this does not.
    let marked = "Analysts suggest the plan will fail.\n";
    let mut client = Client::start();
    let line = "It rained in the north on Monday.\n";
    let mut text = line.repeat(20_000_000 / line.len());
    let last_line = text.lines().count() as u32;
    text.push_str(marked);
    client.open(URI, "plaintext", &text);
    assert_eq!(client.diagnostics(URI, 1).len(), 0);
    let told = client.next("window/showMessage")["message"].take();
    assert!(told.as_str().is_some_and(|told| told.contains("20 MB")), "{told}");
    // Asked about the end, it looks there.
    let actions = client.actions(URI, range((last_line, 6), (last_line, 6)), Some(&["quickfix"]));
    assert_eq!(actions[0]["title"], "Name the source");
    // Typed at the end, it looks there, too; and at the beginning.
    client.change(URI, 2, json!([{ "range": range((last_line, 0), (last_line, 0)), "text": "Yes. " }]));
    assert_eq!(client.diagnostics(URI, 2)[0]["range"], range((last_line, 5), (last_line, 21)));
    client.change(URI, 3, json!([{ "range": range((0, 0), (0, 0)), "text": marked }]));
    let marks: Vec<_> = client.diagnostics(URI, 3).iter().map(|found| found["range"].clone()).collect();
    assert_eq!(marks, [range((0, 0), (0, 16))]);
    // Cut down, it is an ordinary text again.
    client.change(URI, 4, json!([{ "range": range((2, 0), (last_line + 1, 0)), "text": "" }]));
    assert_eq!(client.diagnostics(URI, 4).len(), 2);
}

#[test]
fn a_thousand_documents_are_open() {
    let mut client = Client::start();
    let uri = |idx: usize| format!("untitled:{idx}");
    for idx in 0..1000 {
        client.open(&uri(idx), "plaintext", &format!("Article {idx}.\n\n{TEXT}"));
    }
    // Typing in one does not wait for the others.
    client.change(&uri(500), 2, json!([{ "range": range((0, 0), (0, 0)), "text": "An " }]));
    assert_eq!(client.diagnostics(&uri(500), 2).len(), 1);
    for idx in (0..1000).filter(|&idx| idx != 500) {
        assert_eq!(client.diagnostics(&uri(idx), 1).len(), 1, "{idx}");
    }
    for idx in 0..1000 {
        client.close(&uri(idx));
    }
    works(&mut client);
}

#[test]
fn memory_follows_what_is_open() {
    let mut client = Client::start();
    let text = format!("{TEXT}\n").repeat(200);
    let round = |client: &mut Client| {
        for idx in 0..30 {
            let uri = format!("untitled:{idx}");
            client.open(&uri, "plaintext", &text);
            for version in 2..20 {
                client.change(&uri, version, json!([{ "range": range((3, 0), (3, 0)), "text": "Words. " }]));
            }
            client.diagnostics(&uri, 19);
            client.close(&uri);
        }
        client.all("textDocument/publishDiagnostics");
    };
    round(&mut client);
    #[cfg(target_os = "linux")]
    {
        let before = client.resident_bytes();
        round(&mut client);
        round(&mut client);
        let grown = client.resident_bytes().saturating_sub(before);
        assert!(grown < 20 << 20, "{grown} bytes more for the same work");
    }
}

#[test]
fn no_socket_is_opened() {
    if Command::new("strace").arg("-V").output().is_err() {
        eprintln!("skipped: `strace` is not installed");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("trace");
    let mut command = Command::new("strace");
    command.args(["-f", "-e", "trace=network", "-o"]).arg(&log).arg(server_path()).arg("lsp");
    let mut client = Client::spawn(command, json!({ "capabilities": ordinary() }));
    let article = uri_of(&folder.path().join("a.txt"));
    client.open(&article, "plaintext", TEXT);
    assert_eq!(client.diagnostics(&article, 1).len(), 1);
    let command = client.actions(&article, range((0, 6), (0, 6)), Some(&["quickfix"]));
    assert!(!command.is_empty());
    let allow = json!({ "command": "unspin.server.allow", "arguments": [{ "uri": article, "phrase": "army help" }] });
    client.request("workspace/executeCommand", allow).expect("it is allowed");
    let check = json!({ "command": "unspin.server.checkWorkspace", "arguments": [] });
    client.request("workspace/executeCommand", check).expect("it is checked");
    assert!(client.shut_down().success());
    assert_eq!(network_calls(&log), [] as [String; 0]);
}

fn network_calls(log: &Path) -> Vec<String> {
    let log = std::fs::read_to_string(log).expect("strace wrote it");
    assert!(log.contains("exited with 0"), "the trace holds the whole session: {log}");
    // A pair for the program's own signals names no address and reaches nobody.
    let calls =
        log.lines().filter(|line| line.contains("socket(") || line.contains("connect(") || line.contains("bind("));
    calls.map(str::to_owned).collect()
}
