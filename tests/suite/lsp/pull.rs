//! Clients that ask for diagnostics instead of waiting for them.

use std::fs;

use serde_json::{Value, json};

use super::client::{Client, ordinary, uri_of};

const URI: &str = "untitled:article";
const TEXT: &str = "The army help arrived on Monday.\n";

fn pulling(more: Value) -> Client {
    let mut params = json!({ "capabilities": ordinary() });
    params["capabilities"]["textDocument"]["diagnostic"] = json!({ "dynamicRegistration": false });
    params["capabilities"]["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    for (key, value) in more.as_object().cloned().unwrap_or_default() {
        params[key] = value;
    }
    Client::with(params)
}

fn pull(client: &mut Client, previous: Option<&Value>) -> Value {
    let mut params = json!({ "textDocument": { "uri": URI } });
    if let Some(previous) = previous {
        params["previousResultId"] = previous.clone();
    }
    client.request("textDocument/diagnostic", params).expect("an answer")
}

#[test]
fn what_is_the_same_is_not_sent_twice() {
    let mut client = pulling(json!({}));
    assert_eq!(client.server["capabilities"]["diagnosticProvider"]["interFileDependencies"], false);
    client.open(URI, "plaintext", TEXT);
    let first = pull(&mut client, None);
    assert_eq!(first["kind"], "full");
    assert_eq!(first["items"].as_array().map(Vec::len), Some(1));
    let id = &first["resultId"];
    assert_eq!(pull(&mut client, Some(id)), json!({ "kind": "unchanged", "resultId": id }));
    // An edit behind the mark changes nothing that is shown; one in it does.
    client.change(URI, 2, json!([{ "text": format!("{TEXT}It rained.\n") }]));
    assert_eq!(pull(&mut client, Some(id))["kind"], "unchanged");
    client.change(URI, 3, json!([{ "text": "The military aid arrived.\n" }]));
    let last = pull(&mut client, Some(id));
    assert_eq!((&last["kind"], &last["items"]), (&json!("full"), &json!([])));
    assert_eq!(client.all("textDocument/publishDiagnostics"), [] as [Value; 0], "who pulls is not pushed to");
}

#[test]
fn a_change_of_settings_asks_the_client_to_pull_again() {
    let mut client = pulling(json!({}));
    client.open(URI, "plaintext", TEXT);
    assert_eq!(pull(&mut client, None)["items"][0]["severity"], 2);
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "unspin": { "rules": { "spun-phrase": "error" } } } }),
    );
    client.next("workspace/diagnostic/refresh");
    assert_eq!(pull(&mut client, None)["items"][0]["severity"], 1);
}

#[test]
fn the_whole_workspace_is_reported_file_by_file() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [("a.txt", TEXT), ("b.md", "It rained.\n"), ("c.rs", TEXT), ("sub/d.md", TEXT)] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    let mut client = pulling(json!({
        "workspaceFolders": [{ "uri": uri_of(folder.path()), "name": "w" }],
        "initializationOptions": { "workspaceDiagnostics": true },
    }));
    assert_eq!(client.server["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], true);
    let mut scan = |previous: Value| {
        let params = json!({ "previousResultIds": previous, "workDoneToken": "w", "partialResultToken": "p" });
        let id = client.ask("workspace/diagnostic", params);
        let report = client.answer_to(id).expect("an answer");
        let progress = client.all("$/progress");
        let steps: Vec<_> =
            progress.iter().filter(|step| step["token"] == "w").map(|step| step["value"]["kind"].clone()).collect();
        assert_eq!((steps.first(), steps.last()), (Some(&json!("begin")), Some(&json!("end"))));
        let partial = progress.iter().filter(|step| step["token"] == "p").map(|step| &step["value"]);
        partial
            .chain([&report])
            .flat_map(|value| value["items"].as_array().cloned().unwrap_or_default())
            .collect::<Vec<Value>>()
    };
    let name =
        |item: &Value| item["uri"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
    let mut items = scan(json!([]));
    items.sort_by_key(name);
    let found: Vec<_> = items.iter().map(|item| (name(item), item["items"].as_array().map_or(0, Vec::len))).collect();
    assert_eq!(found, [("a.txt".to_owned(), 1), ("b.md".to_owned(), 0), ("d.md".to_owned(), 1)]);

    // A second time nothing is new.
    let previous: Vec<_> = items.iter().map(|item| json!({ "uri": item["uri"], "value": item["resultId"] })).collect();
    let again = scan(json!(previous));
    assert_eq!(again.len(), 3);
    assert!(again.iter().all(|item| item["kind"] == "unchanged"), "{again:?}");
}

#[test]
fn a_command_checks_the_workspace_for_clients_that_do_not_pull() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.txt");
    fs::write(&path, TEXT).expect("written");
    let mut capabilities = ordinary();
    capabilities["window"] = json!({ "workDoneProgress": true });
    let folders = json!([{ "uri": uri_of(folder.path()), "name": "w" }]);
    let mut client = Client::with(json!({ "capabilities": capabilities, "workspaceFolders": folders }));
    let params = json!({ "command": "unspin.server.checkWorkspace", "arguments": [] });
    assert_eq!(client.request("workspace/executeCommand", params), Ok(Value::Null));
    let published = client.next("textDocument/publishDiagnostics");
    assert_eq!(published["uri"], json!(uri_of(&path)));
    assert_eq!(published["diagnostics"].as_array().map(Vec::len), Some(1));
    client.next("window/workDoneProgress/create");
}
