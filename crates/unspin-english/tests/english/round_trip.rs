use unspin_english::{Form, Pos, inflect, lemmas};

const WORDS: &str = include_str!("../../data/words.txt");

/// Every word of the dictionary, in every class it has, is found again from every form that is one word.
#[test]
fn lemmas_undo_inflect() {
    let mut n_forms = 0;
    let mut lost = Vec::new();
    for line in WORDS.lines() {
        let (lemma, codes) = line.split_once('\t').expect("a line is word, tab, codes");
        for (letter, pos) in [('v', Pos::Verb), ('n', Pos::Noun), ('a', Pos::Adjective), ('r', Pos::Adverb)] {
            let listed = codes.to_ascii_lowercase().contains(letter);
            if !listed || unspin_english::class_of(lemma).is_closed() {
                continue;
            }
            for &form in Form::of(pos) {
                let surface = inflect(lemma, pos, form);
                if surface.contains(' ') || unspin_english::class_of(&surface).is_closed() {
                    continue;
                }
                n_forms += 1;
                let is_found =
                    lemmas(&surface).iter().any(|found| found.lemma == lemma && found.pos == pos && found.form == form);
                if !is_found {
                    lost.push(format!("{lemma} {pos:?} {form:?} {surface}"));
                }
            }
        }
    }
    assert!(n_forms > 100_000, "{n_forms} forms");
    assert!(lost.is_empty(), "{} of {n_forms} lost: {:#?}", lost.len(), &lost[..lost.len().min(40)]);
}
