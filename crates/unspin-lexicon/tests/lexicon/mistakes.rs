//! What the parser says to somebody who wrote a line wrong.

use unspin_lexicon::{SourceFile, check};

/// Each line's mistakes, one a line, without the file.
#[track_caller]
fn says(text: &str, expected: &[&str]) {
    let (_, mistakes) = check(&[SourceFile { name: "x.txt", text }]);
    let said: Vec<String> = mistakes.iter().map(|mistake| format!("{}: {}", mistake.line, mistake.message)).collect();
    assert_eq!(said, expected);
}

#[test]
fn a_right_line_and_a_comment_say_nothing() {
    says("# politics\n\narmy help => military aid :: noun, certain :: The {{army help=>military aid}} arrived.", &[]);
}

#[test]
fn all_mistakes_of_all_lines_at_once() {
    says(
        "foo bar => foo bar :: nown, medum, befor=x/<nam> :: He said so.\nFoo => baz :: noun, weak",
        &[
            "1: `foo bar` stands on both sides; write what an editor would put instead",
            "1: the sentence has no mark; write {{spun=>natural}} around the words that change",
            "1: unknown attribute `medum`; did you mean `medium`?",
            "1: unknown attribute `nown`; did you mean `noun`?",
            "1: unknown guard `befor=`; did you mean `before`?",
            "2: capitals in `Foo` without need: write `foo` (capitals are matched anyway), or add `keep` where the capital is what is wrong",
            "2: no sentence; add ` :: A sentence with the {{Foo=>baz}} in it.`",
        ],
    );
}

#[test]
fn attributes_come_in_order_and_once() {
    says(
        "far off => distant :: weak, phrase, strong, verb, after=a, after=b :: A {{far off=>distant}} b.",
        &[
            "1: a second `after=`; write all alternatives in one, with `/` between them",
            "1: a second surety `strong`; keep the one that is honest",
            "1: a second word class `verb`; keep one, a phrase of two classes is two entries",
            "1: the word class comes first; move `phrase` to the front",
        ],
    );
}

#[test]
fn guards_name_their_mistakes() {
    says(
        "far off => distant :: phrase, weak, before=<nuon>/a/ :: A {{far off=>distant}} hill.\n\
         far off => distant :: phrase, weak, before=<noun :: A {{far off=>distant}} hill.",
        &[
            "1: an empty alternative; write a word or a class on each side of `/` in `before=<nuon>/a/`",
            "1: unknown class `<nuon>`; did you mean `noun`? in `before=<nuon>/a/`",
            "2: `<noun` is not closed; write `<noun>` in `before=<noun`",
        ],
    );
}

#[test]
fn two_entries_that_clash_name_each_other() {
    says(
        "far off => distant :: phrase, weak :: A {{far off=>distant}} hill.\n\
         far off => distant :: phrase, weak :: One {{far off=>distant}} hill.\n\
         hard by => near :: phrase, weak :: It is {{hard by=>near}} us.\n\
         hard by => close to :: phrase, weak :: It was {{hard by=>close to}} us.\n\
         so far => yet :: phrase, medium :: Not {{so far=>yet}}.\n\
         so far => yet :: phrase, weak, after=<end> :: Never {{so far=>yet}}.",
        &[
            "2: `far off` stands at x.txt:1 already; drop one of the two",
            "4: `hard by` has other naturals at x.txt:3; merge the two into one line: `hard by => near | close to`",
            "6: never reached: x.txt:5 has `so far` with the same naturals, as sure and without guards; drop this line, or make it surer",
        ],
    );
}

#[test]
fn different_guards_may_have_different_naturals() {
    says(
        "power => electricity :: noun, medium, after=cut :: The {{power=>electricity}} cut.\n\
         power => strength :: noun, medium, before=nuclear :: Their nuclear {{power=>strength}} grew.\n\
         power => force :: noun, weak :: By {{power=>force}} alone.",
        &[],
    );
    says(
        "power => strength :: noun, weak, before=great/full :: A great {{power=>strength}}.\n\
         power => force :: noun, weak, before=full/naval :: A naval {{power=>force}}.",
        &["2: `power` with `before=full` has other naturals at x.txt:1; leave that alternative to one of the two"],
    );
}

#[test]
fn a_fix_may_not_be_marked_again() {
    says(
        "big apple => large city :: noun, weak :: A {{big apple=>large city}}.\n\
         large city => big apple :: noun, certain :: One {{large city=>big apple}}.",
        &[
            "1: the natural `large city` is itself spun for certain at x.txt:2 (`large city => big apple`): a fix would be marked again; \
             drop it here, or give that one a guard or a lower surety",
        ],
    );
}

#[test]
fn a_verb_stands_in_its_dictionary_form() {
    says(
        "mentioned that => said that :: verb, weak :: He {{mentioned that=>said that}} it rained.",
        &[
            "1: `mentioned that` is not the dictionary form of a verb; write `mention that`, and the naturals in theirs (or `phrase`, if only this form is spun)",
        ],
    );
}

#[test]
fn a_sentence_shows_what_its_entry_does() {
    says(
        "assist => help :: noun, weak :: They ask for an {{assist=>help}}.\n\
         counsel => advise :: verb, weak, after=<proper> :: They {{counselled=>advised}} him.\n\
         tally => count :: noun, weak :: The tally and the {{tally=>count}}.",
        &[
            "1: its fix gives “They ask for a help.”, its mark asks for “They ask for an help.”",
            "2: it does not find `counselled` in its sentence; do its guards allow `They` before it and `him` after it?",
            "3: it also finds `tally` elsewhere in its sentence; shorten the sentence, or add a guard",
        ],
    );
}
