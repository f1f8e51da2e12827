//! Settings: the editor's, those of `unspin.toml`, and what happens when they change.

use std::fs;

use serde_json::{Value, json};

use super::client::{Client, ordinary, uri_of};

const TEXT: &str = "The army help arrived on Monday.\n";

/// The severities of the marks of a document that is published next.
#[track_caller]
fn severities(client: &mut Client, uri: &str) -> Vec<i64> {
    let found = client.diagnostics(uri, 1);
    found.iter().map(|found| found["severity"].as_i64().expect("a severity")).collect()
}

#[test]
fn settings_come_with_initialize_and_change_later() {
    let options = json!({ "rules": { "spun-phrase": "hint" } });
    let mut client = Client::with(json!({ "capabilities": ordinary(), "initializationOptions": options }));
    client.open("untitled:a", "plaintext", TEXT);
    assert_eq!(severities(&mut client, "untitled:a"), [4]);
    let change = |settings: Value| json!({ "settings": settings });
    client.notify(
        "workspace/didChangeConfiguration",
        change(json!({ "unspin": { "rules": { "spun-phrase": "error" } } })),
    );
    assert_eq!(severities(&mut client, "untitled:a"), [1]);
    client.notify(
        "workspace/didChangeConfiguration",
        change(json!({ "unspin": { "words": { "allow": ["Army Help"] } } })),
    );
    assert_eq!(severities(&mut client, "untitled:a"), [] as [i64; 0]);
}

#[test]
fn each_folder_is_asked_for_its_own() {
    let mut capabilities = ordinary();
    capabilities["workspace"]["configuration"] = json!(true);
    let folder = |name: &str| json!({ "uri": format!("file:///site/{name}"), "name": name });
    let mut client =
        Client::with(json!({ "capabilities": capabilities, "workspaceFolders": [folder("news"), folder("opinion")] }));
    let level = std::rc::Rc::new(std::cell::Cell::new("hint"));
    let level_of_opinion = std::rc::Rc::clone(&level);
    client.answer_with(move |_, params| {
        let items = params["items"].as_array().cloned().unwrap_or_default();
        let value = |item: &Value| match item["scopeUri"].as_str() {
            Some("file:///site/opinion") => json!({ "rules": { "spun-phrase": level_of_opinion.get() } }),
            _ => json!({}),
        };
        items.iter().map(value).collect()
    });
    let asked = client.next("workspace/configuration");
    assert_eq!(asked["items"].as_array().map(Vec::len), Some(3));
    client.open("file:///site/opinion/a.txt", "plaintext", TEXT);
    client.open("file:///site/news/a.txt", "plaintext", TEXT);
    assert_eq!(severities(&mut client, "file:///site/news/a.txt"), [2]);
    // Perhaps first as if there were no settings: nothing waits for the client's answer.
    while severities(&mut client, "file:///site/opinion/a.txt") != [4] {}
    level.set("error");
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    assert_eq!(severities(&mut client, "file:///site/opinion/a.txt"), [1]);
}

#[test]
fn the_nearest_file_holds_and_is_read_again_when_it_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (toml, inner) = (folder.path().join("unspin.toml"), folder.path().join("opinion"));
    fs::create_dir(&inner).expect("a folder");
    fs::write(&toml, "[rules]\nspun-phrase = \"hint\"\n").expect("written");
    fs::write(inner.join("unspin.toml"), "[rules]\nspun-phrase = \"off\"\n").expect("written");
    let mut capabilities = ordinary();
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let mut client = Client::with(json!({ "capabilities": capabilities }));
    let registered = client.next("client/registerCapability");
    assert_eq!(registered["registrations"][0]["registerOptions"]["watchers"][0]["globPattern"], "**/unspin.toml");

    let (article, opinion) = (uri_of(&folder.path().join("a.txt")), uri_of(&inner.join("a.txt")));
    client.open(&article, "plaintext", TEXT);
    client.open(&opinion, "plaintext", TEXT);
    assert_eq!(severities(&mut client, &article), [4]);
    assert_eq!(severities(&mut client, &opinion), [] as [i64; 0]);

    fs::write(&toml, "[rules]\nspun-phrase = \"error\"\n").expect("written");
    let changed = |path| json!({ "changes": [{ "uri": uri_of(path), "type": 2 }] });
    client.notify("workspace/didChangeWatchedFiles", changed(&toml));
    assert_eq!(severities(&mut client, &article), [1]);

    // A client that does not watch says at least when it saves.
    fs::remove_file(&toml).expect("removed");
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri_of(&toml) } }));
    assert_eq!(severities(&mut client, &article), [2]);
}

#[test]
fn a_broken_file_is_reported_in_its_place_and_the_last_good_settings_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let toml = folder.path().join("unspin.toml");
    let (config, article) = (uri_of(&toml), uri_of(&folder.path().join("a.txt")));
    fs::write(&toml, "[rules]\nspun-phrase = \"hint\"\n").expect("written");
    let mut client = Client::start();
    client.open(&article, "plaintext", TEXT);
    assert_eq!(severities(&mut client, &article), [4]);

    fs::write(&toml, "[rules]\nspun-phrase = \"hint\"\n\n[wrods]\n").expect("written");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": config, "type": 2 }] }));
    let published = client.next("textDocument/publishDiagnostics");
    assert_eq!(published["uri"], json!(config));
    assert_eq!(published["diagnostics"][0]["range"]["start"]["line"], 3, "{published}");
    let message = client.next("window/showMessage")["message"].take();
    assert!(message.as_str().is_some_and(|message| message.contains("did you mean `words`?")), "{message}");
    client.change(&article, 1, json!([{ "text": format!("{TEXT}\n") }]));
    assert_eq!(severities(&mut client, &article), [4]);

    fs::write(&toml, "[rules]\nspun-phrase = \"error\"\n").expect("written");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": config, "type": 2 }] }));
    assert_eq!(severities(&mut client, &article), [1]);
    let cleared = client.wait_for(|message| message["params"]["uri"] == json!(config));
    assert_eq!(cleared["params"]["diagnostics"], json!([]));
}

#[test]
fn an_excluded_file_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("unspin.toml"), "[files]\nexclude = [\"archive/**\"]\n").expect("written");
    let mut client = Client::start();
    let article = uri_of(&folder.path().join("archive/a.txt"));
    client.open(&article, "plaintext", TEXT);
    assert_eq!(severities(&mut client, &article), [] as [i64; 0]);
}
