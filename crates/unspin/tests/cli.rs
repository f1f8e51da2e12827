//! The command line as a person or a program meets it.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use snapbox::cmd::{Command, OutputAssert};
use snapbox::str;
use tempfile::TempDir;

const SPUN: &str = "The army help arrived on Monday.\n";
const MENDED: &str = "The military aid arrived on Monday.\n";

/// A folder with these files in it.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn spun() -> TempDir {
    folder(&[("a.txt", SPUN.as_bytes())])
}

/// Generous: other tests have the processor, too. What is not linear takes hours here.
const SECONDS_MAX: u64 = 240;

fn unspin(folder: &Path, args: &[&str]) -> Command {
    Command::new(snapbox::cmd::cargo_bin!("unspin"))
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR")
        .env_remove("CLICOLOR_FORCE")
        .timeout(Duration::from_secs(SECONDS_MAX))
}

#[track_caller]
fn run(folder: &Path, args: &[&str]) -> OutputAssert {
    unspin(folder, args).assert()
}

#[track_caller]
fn stdout(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

#[track_caller]
fn json(assert: &OutputAssert) -> Value {
    serde_json::from_str(&stdout(assert)).unwrap()
}

#[test]
fn a_person_sees_the_line_the_reason_and_the_fix() {
    run(spun().path(), &["check", "a.txt"]).code(1).stderr_eq("").stdout_eq(str![[r#"
warning[spun-phrase]: “army help” reads like a spun “military aid”
 --> a.txt:1:5
  |
1 | The army help arrived on Monday.
  |     ^^^^^^^^^ Replace with “military aid”

[..]1 mark

"#]]);
}

/// A paragraph is one line: what is shown of it is cut between words, and the place is still that in the file.
#[test]
fn a_long_line_is_cut_and_the_place_is_that_in_the_file() {
    let rain = "It rained all day long in the north. ".repeat(4);
    let folder = folder(&[("a.txt", format!("{rain}The army help arrived on Monday. {rain}\n").as_bytes())]);
    run(folder.path(), &["check", "a.txt"]).code(1).stdout_eq(str![[r#"
warning[spun-phrase]: “army help” reads like a spun “military aid”
 --> a.txt:1:153
  |
1 | … It rained all day long in the north. The army help arrived on Monday. It rained all day …
  |                                            ^^^^^^^^^ Replace with “military aid”

[..]1 mark

"#]]);
}

#[test]
fn short_is_one_line_a_finding() {
    run(spun().path(), &["check", "a.txt", "--format", "short"])
        .code(1)
        .stdout_eq("a.txt:1:5: warning spun-phrase: “army help” reads like a spun “military aid”\n");
}

#[test]
fn github_is_an_annotation_of_a_workflow_run() {
    run(spun().path(), &["check", "a.txt", "--format", "github"]).code(1).stdout_eq(
        "::warning file=a.txt,line=1,col=5,endLine=1,endColumn=14,title=spun-phrase::“army help” reads like a spun “military aid”\n",
    );
}

#[test]
fn sarif_names_the_rule_the_region_and_the_replacement() {
    let log = json(&run(spun().path(), &["check", "a.txt", "--format", "sarif"]).code(1));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "unspin");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "spun-phrase");
    assert_eq!(result["level"], "warning");
    let known = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(known.iter().any(|rule| rule["id"] == result["ruleId"]));
    assert!(known.iter().all(|rule| rule["helpUri"].as_str().is_some_and(|uri| uri.starts_with("https://"))));
    let place = &result["locations"][0]["physicalLocation"];
    let region = serde_json::json!({ "startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 14 });
    assert_eq!(place["artifactLocation"]["uri"], "a.txt");
    assert_eq!(place["region"], region);
    let change = &result["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "a.txt");
    assert_eq!(change["replacements"][0]["deletedRegion"], region);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "military aid");
}

#[test]
fn sarif_writes_paths_as_addresses() {
    let folder = folder(&[("Über uns/a b.txt", SPUN.as_bytes())]);
    let log = json(&run(folder.path(), &["check", ".", "--format", "sarif"]).code(1));
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "./%C3%9Cber%20uns/a%20b.txt");
}

/// The names of an object's members, sorted.
#[track_caller]
fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// The shape that programs rely on, member by member. Offsets are bytes; columns are characters.
#[test]
fn json_has_the_shape_that_is_promised() {
    let folder = folder(&[("a.md", "Né *met* him. The *army help* arrived on Monday.\n".as_bytes())]);
    let report = json(&run(folder.path(), &["check", "a.md", "--format", "json"]).code(1));
    assert_eq!(keys(&report), ["files", "version"]);
    assert_eq!(report["version"], 1);
    let file = &report["files"][0];
    assert_eq!(keys(file), ["diagnostics", "path", "verdict"]);
    assert_eq!(file["path"], "a.md");
    assert_eq!(keys(&file["verdict"]), ["marks", "spun", "words"]);
    assert_eq!(file["verdict"]["words"], 9);
    let is_probability = |value: &Value| value.as_f64().is_some_and(|number| (0.0..=1.0).contains(&number));
    assert!(is_probability(&file["verdict"]["spun"]));
    assert_eq!(file["verdict"]["marks"], serde_json::json!({ "spun-phrase": 1 }));

    assert_eq!(file["diagnostics"].as_array().unwrap().len(), 1);
    let diagnostic = &file["diagnostics"][0];
    let promised = [
        "column",
        "confidence",
        "end",
        "end_column",
        "end_line",
        "evidence",
        "fixes",
        "line",
        "message",
        "rule",
        "severity",
        "start",
    ];
    assert_eq!(keys(diagnostic), promised);
    assert_eq!(diagnostic["rule"], "spun-phrase");
    assert_eq!(diagnostic["severity"], "warning");
    assert_eq!(diagnostic["message"], "“army help” reads like a spun “military aid”");
    assert!(is_probability(&diagnostic["confidence"]));
    for (member, value) in
        [("start", 20), ("end", 29), ("line", 1), ("end_line", 1), ("column", 20), ("end_column", 29)]
    {
        assert_eq!(diagnostic[member], value, "{member}");
    }
    let evidence = &diagnostic["evidence"][0];
    assert_eq!(evidence["kind"], "channel");
    assert_eq!(evidence["source"], "curated");
    assert_eq!(evidence["natural"], "military aid");
    let fix = &diagnostic["fixes"][0];
    assert_eq!(keys(fix), ["applicability", "edits", "title"]);
    assert_eq!(fix["title"], "Replace with “military aid”");
    assert_eq!(fix["applicability"], "safe");
    assert_eq!(fix["edits"], serde_json::json!([{ "start": 20, "end": 29, "text": "military aid" }]));
}

#[test]
fn an_article_without_marks_is_clean() {
    let folder = folder(&[("a.txt", MENDED.as_bytes()), ("empty.txt", b"")]);
    run(folder.path(), &["check", "a.txt"]).code(0).stdout_eq("nothing to mark\n").stderr_eq("");
    run(folder.path(), &["check", "empty.txt"]).code(0).stdout_eq("nothing to mark\n").stderr_eq("");
    run(folder.path(), &["fix", "empty.txt"]).code(0);
    assert_eq!(fs::read(folder.path().join("empty.txt")).unwrap(), b"");
}

#[test]
fn standard_input_goes_by_the_name_it_is_given() {
    let folder = folder(&[]);
    let check = |args: &[&str], text: &str| unspin(folder.path(), args).stdin(text).assert();
    check(&["check", "-", "--format", "short"], SPUN)
        .code(1)
        .stdout_eq("stdin.txt:1:5: warning spun-phrase: “army help” reads like a spun “military aid”\n");
    let code = "The `army help` arrived on Monday.\n";
    check(&["check", "-", "--stdin-filename", "a.md"], code).code(0);
    check(&["fix", "-"], SPUN).code(0).stdout_eq(MENDED);
}

#[test]
fn fix_mends_in_place_and_once_is_enough() {
    let folder = spun();
    let text = || fs::read_to_string(folder.path().join("a.txt")).unwrap();
    run(folder.path(), &["fix", "a.txt"]).code(0).stderr_eq("mended 1 place in 1 file\n");
    assert_eq!(text(), MENDED);
    run(folder.path(), &["fix", "a.txt"]).code(0).stderr_eq("mended 0 places in 0 files\n");
    assert_eq!(text(), MENDED);
}

#[test]
fn a_diff_shows_and_changes_nothing() {
    let folder = spun();
    run(folder.path(), &["fix", "--diff", "a.txt"]).code(1).stderr_eq("would mend 1 place in 1 file\n").stdout_eq(
        str![[r#"
--- a.txt
+++ a.txt
@@ -1 +1 @@
-The army help arrived on Monday.
+The military aid arrived on Monday.

"#]],
    );
    assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), SPUN);
    run(folder.path(), &["fix", "a.txt"]).code(0);
    run(folder.path(), &["fix", "--diff", "a.txt"]).code(0).stdout_eq("");
}

#[test]
fn words_in_a_quotation_are_mended_only_when_asked_for() {
    let quoted = "“The army help arrived on Monday and everybody was glad,” said Maria Keller, the mayor.\n";
    let folder = folder(&[("a.txt", quoted.as_bytes())]);
    let text = || fs::read_to_string(folder.path().join("a.txt")).unwrap();
    run(folder.path(), &["fix", "a.txt"]).code(0);
    assert_eq!(text(), quoted);
    run(folder.path(), &["fix", "--diff", "a.txt"])
        .code(0)
        .stdout_eq("")
        .stderr_eq("would mend 0 places in 0 files; 1 mark is left to look at\n");
    run(folder.path(), &["fix", "--unsafe", "a.txt"]).code(0);
    assert_eq!(text(), quoted.replace("army help", "military aid"));
}

const VOICES: &str = "\
The bridge over the Lenne closes in May. “We have waited too long,” said Maria Keller, the mayor of Altena.

According to the city council, the repair costs four million euros. Keller said the work will take a year.
Reportedly, a second bridge is planned.
";

#[test]
fn sources_are_a_table_that_ends_with_what_nobody_carries() {
    let folder = folder(&[("a.txt", VOICES.as_bytes()), ("empty.txt", b"")]);
    run(folder.path(), &["sources", "a.txt"]).code(0).stderr_eq("").stdout_eq(str![[r#"
Name              Kind         Introduced as                      Times  Words  Share
Maria Keller      person       Maria Keller, the mayor of Altena      2     11   24 %
the city council  institution  the city council                       1      6   13 %
(nobody)                                                                    28   62 %

"#]]);
    run(folder.path(), &["sources", "empty.txt", "missing.txt"]).code(2).stdout_eq(str![[r#"
Name      Kind  Introduced as  Times  Words  Share
(nobody)                                  0    0 %

"#]]);
}

#[test]
fn sources_for_a_program_add_up_to_the_article() {
    let folder = folder(&[("a.txt", VOICES.as_bytes()), ("b.txt", MENDED.as_bytes())]);
    let report = json(&run(folder.path(), &["sources", "a.txt", "b.txt", "--format", "json"]).code(0));
    assert_eq!(keys(&report), ["files", "version"]);
    let [spoken, silent] = report["files"].as_array().unwrap().as_slice() else { panic!("{report}") };
    assert_eq!(keys(spoken), ["path", "sources", "unattributed", "words"]);
    assert_eq!(spoken["path"], "a.txt");
    let sources = spoken["sources"].as_array().unwrap();
    assert_eq!(keys(&sources[0]), ["introduced", "kind", "name", "share", "times", "words"]);
    let names: Vec<&Value> = sources.iter().map(|source| &source["name"]).collect();
    assert_eq!(names, ["Maria Keller", "the city council"]);
    assert_eq!(sources[0]["kind"], "person");
    assert_eq!(sources[0]["times"], 2);
    let parts = || sources.iter().chain([&spoken["unattributed"]]);
    assert_eq!(parts().map(|part| part["words"].as_u64().unwrap()).sum::<u64>(), spoken["words"].as_u64().unwrap());
    let shares: f64 = parts().map(|part| part["share"].as_f64().unwrap()).sum();
    assert!((shares - 1.0).abs() < 1e-9, "{shares}");

    assert_eq!(silent["sources"], serde_json::json!([]));
    assert_eq!(silent["unattributed"], serde_json::json!({ "words": 6, "share": 1.0 }));
}

#[test]
fn explain_prints_the_page() {
    let page = stdout(&run(spun().path(), &["explain", "spun-phrase"]).code(0));
    assert!(page.starts_with("spun-phrase\n\nA word or phrase"), "{page}");
    for shown in ["\nMarked\n  • ", "‹army help → military aid›", "\nLeft alone\n  • ", "spun-phrase = \"off\""]
    {
        assert!(page.contains(shown), "no {shown:?} in {page}");
    }
    assert!(page.lines().all(|line| line.chars().count() <= 96), "{page}");
}

#[test]
fn a_misspelt_rule_gets_a_suggestion() {
    run(spun().path(), &["explain", "spun-phrse"])
        .code(2)
        .stderr_eq("unspin: there is no rule `spun-phrse`; did you mean `spun-phrase`?\n");
    run(spun().path(), &["explain", "weasel"])
        .code(2)
        .stderr_eq("unspin: there is no rule `weasel`; did you mean `weasel-source`?\n");
    run(spun().path(), &["explain", "hat"])
        .code(2)
        .stderr_eq("unspin: there is no rule `hat`; `unspin rules` lists them\n");
}

#[test]
fn rules_are_listed_for_people_and_programs() {
    let list = stdout(&run(spun().path(), &["rules"]).code(0));
    let rules = json(&run(spun().path(), &["rules", "--format", "json"]).code(0));
    let rules = rules.as_array().unwrap();
    assert_eq!(list.lines().count(), rules.len());
    for (line, rule) in list.lines().zip(rules) {
        assert_eq!(keys(rule), ["family", "level", "name", "summary", "url"]);
        let name = rule["name"].as_str().unwrap();
        assert!(line.starts_with(name), "{line}");
        assert!(line.ends_with(rule["summary"].as_str().unwrap()), "{line}");
        assert_ne!(rule["summary"], "", "{name} says nothing of itself");
    }
}

#[test]
fn the_nearest_configuration_holds() {
    let folder = folder(&[
        ("unspin.toml", b"[rules]\nspun-phrase = \"error\"\n"),
        ("a.txt", SPUN.as_bytes()),
        ("quiet/unspin.toml", b"[rules]\nspun-phrase = \"off\"\n"),
        ("quiet/b.txt", SPUN.as_bytes()),
        ("ours/unspin.toml", b"[words]\nallow = [\"Army Help\"]\n"),
        ("ours/c.txt", SPUN.as_bytes()),
    ]);
    run(folder.path(), &["check", ".", "--format", "short"])
        .code(1)
        .stdout_eq("./a.txt:1:5: error spun-phrase: “army help” reads like a spun “military aid”\n");
}

#[test]
fn a_broken_configuration_is_an_error_with_its_line() {
    let files: [(&str, &[u8]); 2] =
        [("a.txt", SPUN.as_bytes()), ("unspin.toml", b"[rules]\nspun-phrase = \"hint\"\n\n[wrods]\nallow = []\n")];
    let folder = folder(&files);
    run(folder.path(), &["check", "a.txt"])
        .code(2)
        .stderr_eq("unspin: [..]unspin.toml:4: unknown key `wrods`, expected one of [..]; did you mean `words`?\n");
    fs::write(folder.path().join("unspin.toml"), "[rules]\nspun-phrases = \"off\"\n").unwrap();
    run(folder.path(), &["check", "a.txt"])
        .code(2)
        .stderr_eq("unspin: [..]unspin.toml:2: there is no rule `spun-phrases`; did you mean `spun-phrase`?\n");
    fs::write(folder.path().join("unspin.toml"), "[rules]\nspun-phrase = \"warn\"\n").unwrap();
    run(folder.path(), &["check", "a.txt"])
        .code(2)
        .stderr_eq("unspin: [..]unspin.toml:2: `warn` is no level; write [..]; did you mean `warning`?\n");
}

#[test]
fn a_folder_without_articles_is_said_so() {
    let folder = folder(&[("empty/a.rs", b"")]);
    run(folder.path(), &["check", "empty"])
        .code(0)
        .stdout_eq("")
        .stderr_eq("unspin: there is no article in `empty` (.txt, .md, .wiki and the like)\n");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_checked() {
    let unreadable: [(&str, &[u8]); 2] = [("latin.txt", b"caf\xe9 au lait\n"), ("picture.txt", b"\x89PNG\0\0\xff")];
    let folder = folder(&unreadable);
    fs::write(folder.path().join("a.txt"), SPUN).unwrap();
    run(folder.path(), &["check", "missing.txt", "latin.txt", "picture.txt", "a.txt", "--format", "short"])
        .code(2)
        .stdout_eq("a.txt:1:5: [..]\n")
        .stderr_eq(str![[r#"
unspin: cannot read `missing.txt`: there is no such file or folder
unspin: cannot read `latin.txt`: not UTF-8 at byte 3 (looks like Windows-1252 or Latin-1); save it as UTF-8
unspin: cannot read `picture.txt`: not a text file

"#]]);
    run(folder.path(), &["fix", "latin.txt", "picture.txt"]).code(2);
    for (name, bytes) in unreadable {
        assert_eq!(fs::read(folder.path().join(name)).unwrap(), bytes);
    }
}

/// Permissions do not stop root, which tests may run as; the first byte of this file can be read by nobody.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_fails_while_it_is_read_is_said_so() {
    run(spun().path(), &["check", "/proc/self/mem", "--format", "short"])
        .code(2)
        .stdout_eq("")
        .stderr_eq("unspin: cannot read `/proc/self/mem`: Input/output error (os error 5)\n");
}

#[cfg(unix)]
#[test]
fn a_folder_that_holds_itself_is_no_loop() {
    let folder = folder(&[("news/a.txt", SPUN.as_bytes())]);
    std::os::unix::fs::symlink("..", folder.path().join("news/up")).unwrap();
    std::os::unix::fs::symlink(".", folder.path().join("news/self")).unwrap();
    run(folder.path(), &["check", "news", "--format", "short"]).code(1).stdout_eq("news/a.txt:1:5: [..]\n");
}

#[test]
fn findings_come_in_the_order_of_the_files() {
    let names: Vec<String> = (0..30).map(|idx| format!("{idx:02}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), SPUN.as_bytes())).collect();
    let folder = folder(&files);
    let lines = stdout(&run(folder.path(), &["check", ".", "--format", "short"]).code(1));
    let found: Vec<&str> = lines.lines().map(|line| &line[2..8]).collect();
    assert_eq!(found, names);
}

const LINE_BYTES: usize = 50_000_000;

#[test]
fn a_line_of_fifty_megabytes_without_a_space_is_no_trouble() {
    let folder = folder(&[("a.txt", "0123456789abcdef".repeat(LINE_BYTES / 16).as_bytes())]);
    // What was left out is said, never passed over in silence.
    run(folder.path(), &["check", "a.txt"])
        .code(0)
        .stdout_eq("nothing to mark\n")
        .stderr_eq("unspin: `a.txt` is longer than a megabyte; [..]\n");
}

#[test]
fn a_line_of_fifty_megabytes_of_words_is_read_to_its_end() {
    let filler = "The council met. ";
    let mut text = filler.repeat(LINE_BYTES / filler.len());
    let column = text.len() + 1;
    // Not a spun phrase: one in so many words of good English is no longer believed.
    text.push_str("Analysts suggest the plan will fail.\n");
    let folder = folder(&[("a.txt", text.as_bytes())]);
    run(folder.path(), &["check", "a.txt", "--format", "short"])
        .code(1)
        .stdout_eq(format!("a.txt:1:{column}: warning weasel-source: [..]\n"));
}

#[test]
fn colour_is_for_terminals_and_no_color_is_heard() {
    let folder = spun();
    let is_coloured = |variables: &[(&str, &str)]| {
        let command = unspin(folder.path(), &["check", "a.txt"]).envs(variables.iter().copied());
        stdout(&command.assert().code(1)).contains('\x1b')
    };
    assert!(!is_coloured(&[]));
    assert!(is_coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    let diff = unspin(folder.path(), &["fix", "--diff", "a.txt"]).env("CLICOLOR_FORCE", "1").assert().code(1);
    assert!(stdout(&diff).contains("\x1b"));
}

#[test]
fn completions_manual_and_schema_are_printed() {
    let folder = folder(&[]);
    assert!(stdout(&run(folder.path(), &["completions", "bash"]).code(0)).contains("_unspin()"));
    assert!(stdout(&run(folder.path(), &["man"]).code(0)).contains(".TH unspin"));
    assert!(stdout(&run(folder.path(), &["man", "check"]).code(0)).contains(".TH unspin-check"));
    run(folder.path(), &["man", "chekc"]).code(2).stderr_eq("unspin: there is no command `chekc`\n");
    assert_eq!(json(&run(folder.path(), &["schema"]).code(0))["type"], "object");
}
