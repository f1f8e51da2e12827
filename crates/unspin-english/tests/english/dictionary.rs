use unspin_english::{
    Pos, PosSet, common_pos, is_body_noun, is_document_noun, is_known, is_person_noun, is_place_noun, possible_pos,
};

const WORDS: &str = include_str!("../../data/words.txt");
const CORRECTIONS: &str = include_str!("../../data/corrections.txt");

/// Parts of speech as letters: v n a r.
fn letters(set: PosSet) -> String {
    set.iter()
        .map(|pos| match pos {
            Pos::Verb => 'v',
            Pos::Noun => 'n',
            Pos::Adjective => 'a',
            Pos::Adverb => 'r',
        })
        .collect()
}

#[test]
fn parts_of_speech() {
    for (word, expected) in [
        ("supplies", "vn"),
        ("Supply", "vn"),
        ("nice", "a"),
        ("ministry", "n"),
        ("wrote", "v"),
        ("official", "na"),
        ("officials", "n"),
        ("quickly", "r"),
        ("the", ""),
        ("in", ""),
        ("as", ""),
        ("is", "v"),
        ("has", "v"),
        ("zzyzx", ""),
        ("", ""),
        ("podcast", "vn"),
        ("happier", "a"),
    ] {
        assert_eq!(letters(possible_pos(word)), expected, "{word}");
    }
    assert!(possible_pos("people").contains(Pos::Verb));
    assert_eq!(letters(common_pos("people")), "n");
    assert!(is_known("hadn't") && is_known("the") && is_known("reports") && !is_known("qwrtz"));
}

#[test]
fn kinds_of_noun() {
    type Question = fn(&str) -> bool;
    let kinds: [(&str, Question, &str, &str); 4] = [
        (
            "person",
            is_person_noun,
            "analyst Analysts expert official officials critic farmers scholar researcher economist minister people women \
             person spokesperson eyewitness insider aide lawmaker resident policemen doctor senator passers-by",
            "report head star source study ministry market house city window idea say the figure maker",
        ),
        (
            "body",
            is_body_noun,
            "ministry agency bank university court company committee police union party council government authorities \
             parliament army department firm newspaper hospital forces commission team administration watchdog media",
            "analyst report table city idea weather minors the",
        ),
        (
            "document",
            is_document_noun,
            "report study survey research poll filing indictment memo figures data paper article letter statement findings \
             statistics review document documents census",
            "figure law ticket analyst bank house rumor the",
        ),
        (
            "place",
            is_place_noun,
            "city town country region airport building border street hotel",
            "analyst report the idea",
        ),
    ];
    for (kind, is_kind, members, others) in kinds {
        for word in members.split_whitespace() {
            assert!(is_kind(word), "{word} is a {kind}");
        }
        for word in others.split_whitespace() {
            assert!(!is_kind(word), "{word} is no {kind}");
        }
    }
}

#[test]
fn the_head_of_a_phrase_decides() {
    assert!(is_person_noun("police officer") && is_person_noun("heads of government") == is_person_noun("heads"));
    assert!(is_person_noun("chief of staff") && is_person_noun("attorneys general") && is_person_noun("mother-in-law"));
    assert!(is_body_noun("defence ministry") && is_body_noun("think tanks") && is_body_noun("task force"));
    assert!(is_document_noun("court filings") && is_document_noun("white paper"));
    assert!(!is_body_noun("bank employee"));
}

/// `words.txt` is generated, with `corrections.txt` as the last word; see `data/README.md` for the command.
#[test]
fn words_txt_is_sorted_and_has_the_corrections() {
    let words: Vec<(&str, &str)> = WORDS.lines().map(|line| line.split_once('\t').expect("word, tab, codes")).collect();
    assert!(words.is_sorted_by(|a, b| a.0 < b.0));
    let codes_of = |word: &str| words.binary_search_by(|row| row.0.cmp(word)).map_or("", |idx| words[idx].1);
    for line in CORRECTIONS.lines().map(|line| line.split('#').next().unwrap_or_default().trim()) {
        let mut fields = line.split_whitespace();
        let Some(word) = fields.next() else { continue };
        for change in fields {
            let (sign, letters) = change.split_at(1);
            let codes = codes_of(word);
            let is_applied = match sign {
                "+" => letters.chars().all(|letter| codes.contains(letter)),
                "-" => !letters.chars().any(|letter| codes.contains(letter)),
                _ => codes.len() == letters.len() && letters.chars().all(|letter| codes.contains(letter)),
            };
            assert!(is_applied, "words.txt is stale: {line:?} against {codes:?}; run the command of data/README.md");
        }
    }
}
