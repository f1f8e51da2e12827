//! What an entry finds in a sentence, and what it leaves alone.

use unspin_lexicon::{Lexicon, SourceFile, key_tokens, replacement};

/// The sentence with every fix of the entries applied to it alone, one a match, in order.
#[track_caller]
fn fixes(entries: &str, sentence: &str) -> Vec<String> {
    fixes_of(&[("x.txt", entries)], &[], sentence)
}

#[track_caller]
fn fixes_of(files: &[(&str, &str)], left_out: &[&str], sentence: &str) -> Vec<String> {
    let texts: Vec<(&str, String)> = files
        .iter()
        .map(|(name, entries)| {
            // The sentence of an entry is another test's concern.
            let lines = entries.lines().map(|line| format!("{} :: {{{{a=>b}}}}\n", line.trim())).collect::<String>();
            (*name, lines)
        })
        .collect();
    let files: Vec<SourceFile<'_>> = texts.iter().map(|(name, text)| SourceFile { name, text }).collect();
    let lexicon = Lexicon::compile(&files)
        .unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
        .without(left_out)
        .without(&["patterns"]);
    let tokens = key_tokens(sentence);
    let mut found = Vec::new();
    lexicon.matches(&tokens, &mut found);
    found
        .iter()
        .map(|hit| {
            let fix = replacement(&tokens, hit, 0).unwrap();
            let (start, end) = (tokens[fix.tokens.start].range.start, tokens[fix.tokens.end - 1].range.end);
            [&sentence[..start], &fix.text, &sentence[end..]].concat()
        })
        .collect()
}

#[track_caller]
fn one(entry: &str, sentence: &str, fixed: &str) {
    assert_eq!(fixes(entry, sentence), [fixed]);
}

#[track_caller]
fn none(entry: &str, sentence: &str) {
    assert_eq!(fixes(entry, sentence), [""; 0]);
}

#[test]
fn one_entry_covers_all_forms() {
    let entry = "carry out => do :: verb, weak";
    for (sentence, fixed) in [
        ("They carry out tests.", "They do tests."),
        ("It carries out tests.", "It does tests."),
        ("She carried out tests.", "She did tests."),
        ("She has carried out tests.", "She has done tests."),
        ("Tests carried out by her.", "Tests done by her."),
        ("Tests were quickly carried out.", "Tests were quickly done."),
        ("Carrying out tests.", "Doing tests."),
    ] {
        one(entry, sentence, fixed);
    }
    one("army help => military aid :: noun, weak", "Army helps came.", "Military aids came.");
    one("large => big :: adj, weak", "It is larger.", "It is bigger.");
    one("minute => tiny :: adj, weak", "The most minute one.", "The tiniest one.");
}

#[test]
fn a_verb_that_looks_alike_in_several_forms_is_read_by_its_neighbours() {
    let entry = "set => give :: verb, weak";
    one(entry, "They will set it.", "They will give it.");
    one(entry, "They did not set it.", "They did not give it.");
    one(entry, "He set it.", "He gave it.");
    one(entry, "He had never set it.", "He had never given it.");
    one(entry, "Has he set it?", "Has he given it?");
    one(entry, "The time was set by law.", "The time was given by law.");
}

#[test]
fn forms_of_be_agree() {
    let entry = "be aware => know :: verb, weak";
    one(entry, "They are aware of it.", "They know of it.");
    one(entry, "They were aware of it.", "They knew of it.");
    let entry = "dwell => be :: verb, weak";
    one(entry, "They dwell here.", "They are here.");
    one(entry, "They will dwell here.", "They will be here.");
    one(entry, "The birds dwelled here.", "The birds were here.");
    one(entry, "It dwells here.", "It is here.");
}

#[test]
fn both_spellings_of_a_verb() {
    one("counsel => advise :: verb, weak", "They counselled peace.", "They advised peace.");
    one("counsel => advise :: verb, weak", "They counseled peace.", "They advised peace.");
}

#[test]
fn capitals_follow_the_surface() {
    let entry = "army help => military aid :: noun, weak";
    one(entry, "Army help came.", "Military aid came.");
    one(entry, "“Army help came.”", "“Military aid came.”");
    one(entry, "ARMY HELP CAME", "MILITARY AID CAME");
    one(entry, "More Army Help Comes", "More Military Aid Comes");
    one("english => British :: phrase, weak", "The english way.", "The British way.");
}

#[test]
fn capitals_of_an_entry_must_stand_there() {
    let entry = "White Home => White House :: noun, certain";
    one(entry, "The White Home said so.", "The White House said so.");
    one(entry, "WHITE HOME SAYS NO", "WHITE HOUSE SAYS NO");
    none(entry, "A white home stood there.");
    one(
        "supreme courtroom => supreme court :: noun, certain, title",
        "The Supreme Courtroom and he.",
        "The Supreme Court and he.",
    );
    one("Lead => lead :: phrase, weak, keep", "The Lead pipe.", "The lead pipe.");
    none("Lead => lead :: phrase, weak, keep", "The lead pipe.");
}

#[test]
fn an_owner_keeps_its_ending() {
    one("White Home => White House :: noun, certain", "The White Home’s men.", "The White House's men.");
    one(
        "prime clergyman => prime minister :: noun, certain",
        "Two prime clergymen's aides.",
        "Two prime ministers' aides.",
    );
}

#[test]
fn the_article_is_mended() {
    let entry = "equal => identical | same :: adj, weak";
    one(entry, "A equal share.", "An identical share.");
    one(entry, "It is an equal share.", "It is an identical share.");
    one("earlier => later :: adj, weak", "On an earlier day.", "On a later day.");
    one("earlier => later :: adj, weak", "AN EARLIER DAY", "A LATER DAY");
}

#[test]
fn hyphens_apostrophes_and_initials_are_spelt_in_many_ways() {
    let entry = "self declared => self-styled :: phrase, weak";
    one(entry, "The self-declared king.", "The self-styled king.");
    one(entry, "The self declared king.", "The self-styled king.");
    none(entry, "The self-declared-only king.");
    one("1000's => thousands :: phrase, weak", "There were 1000’s of them.", "There were thousands of them.");
    one("p.c => percent :: phrase, certain", "It fell 5 p.c in May.", "It fell 5 percent in May.");
    one("p.c => percent :: phrase, certain", "It fell 5 p.c. in May.", "It fell 5 percent in May.");
    one("p.c => percent :: phrase, certain", "It fell 5 p.c.", "It fell 5 percent.");
}

#[test]
fn guards_look_at_words_forms_and_classes() {
    let guarded = |guard: &str| format!("power => electricity :: noun, weak, {guard}");
    for (guard, yes, no) in [
        ("before=the/a", "The power failed.", "Some power failed."),
        ("after=to the people", "Give power to the people.", "Give power to the rich."),
        ("before=in order of", "In order of power.", "In the order of power."),
        ("before=~say", "He said power failed.", "He denied power failed."),
        ("not-before=~lose", "He gained power.", "He has lost power."),
        ("not-after=<end>", "The power failed.", "They had power."),
        ("before=<proper>", "A Moscow power failed.", "The power failed."),
        ("after=<proper>", "The power Moscow had.", "The power cities had."),
        ("before=<person>", "Did they power it?", "The house power failed."),
        ("before=<number>", "Two power plants.", "Few power plants."),
        ("after=<number>", "Have power 5 times.", "Have power few times."),
        ("after=<noun>", "A power plant.", "A power of old."),
        ("before=<adj>", "A strong power.", "They played power."),
        ("before=<adv>", "Really power it.", "Red power it."),
        ("after=<verb>", "The power grew.", "The power of it."),
        ("before=<ing>", "Losing power.", "A spring power."),
        ("before=<ed>", "They lost power.", "They lose power."),
        ("after=<base>", "Let power go.", "Power went."),
        ("before=<det>", "Their power failed.", "New power failed."),
        ("after=<prep>", "The power of love.", "The power loves it."),
        ("after=<be>", "The power wasn't there.", "The power got there."),
        ("after=<have>", "The power has gone.", "The power is gone."),
        ("after=<modal>", "Power would go.", "Power did go."),
        ("after=<conj>", "Power and love.", "Power of love."),
        ("before=<start>", "Power is all.", "Our power is all."),
        ("before=<start>", "He said: “Power is all.”", "He said power is all."),
        ("after=<end>", "It has power, too.", "It has power too."),
        ("after=<quote>", "The “power” of it.", "The power of it."),
    ] {
        assert_eq!(fixes(&guarded(guard), yes).len(), 1, "{guard} should allow: {yes}");
        none(&guarded(guard), no);
    }
}

#[test]
fn the_longest_and_the_guarded_come_first() {
    let entries = "power => electricity :: noun, certain\n\
                   power => strength :: noun, weak, after=plant\n\
                   power plant => factory :: noun, weak\n\
                   plant => works :: noun, weak";
    assert_eq!(
        fixes(entries, "A power plant."),
        ["A factory.", "A strength plant.", "An electricity plant.", "A power works."]
    );
}

#[test]
fn a_file_can_be_left_out() {
    let files = [("wild.txt", "power => strength :: noun, weak"), ("tame.txt", "plant => works :: noun, weak")];
    assert_eq!(fixes_of(&files, &[], "A power plant."), ["A strength plant.", "A power works."]);
    assert_eq!(fixes_of(&files, &["wild"], "A power plant."), ["A power works."]);
}
