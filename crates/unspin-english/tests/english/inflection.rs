use unspin_english::{Form, Pos, all_forms, inflect, inflect_phrase, lemma_as, lemmas};

#[track_caller]
fn check_verb(forms: &str) {
    let forms: Vec<&str> = forms.split_whitespace().collect();
    let [lemma, third, past, participle, gerund] = forms[..] else { panic!("five forms a verb: {forms:?}") };
    for (form, surface) in
        [(Form::ThirdPerson, third), (Form::Past, past), (Form::PastParticiple, participle), (Form::Gerund, gerund)]
    {
        assert_eq!(inflect(lemma, Pos::Verb, form), surface, "{lemma} {form:?}");
    }
}

#[test]
fn verbs() {
    for forms in [
        "supply supplies supplied supplied supplying",
        "play plays played played playing",
        "say says said said saying",
        "stop stops stopped stopped stopping",
        "plan plans planned planned planning",
        "visit visits visited visited visiting",
        "open opens opened opened opening",
        "develop develops developed developed developing",
        "offer offers offered offered offering",
        "refer refers referred referred referring",
        "admit admits admitted admitted admitting",
        "occur occurs occurred occurred occurring",
        "control controls controlled controlled controlling",
        "travel travels traveled traveled traveling",
        "focus focuses focused focused focusing",
        "kidnap kidnaps kidnapped kidnapped kidnapping",
        "equip equips equipped equipped equipping",
        "quiz quizzes quizzed quizzed quizzing",
        "explain explains explained explained explaining",
        "look looks looked looked looking",
        "fix fixes fixed fixed fixing",
        "show shows showed shown showing",
        "pass passes passed passed passing",
        "watch watches watched watched watching",
        "push pushes pushed pushed pushing",
        "make makes made made making",
        "agree agrees agreed agreed agreeing",
        "free frees freed freed freeing",
        "dye dyes dyed dyed dyeing",
        "singe singes singed singed singeing",
        "sing sings sang sung singing",
        "die dies died died dying",
        "lie lies lay lain lying",
        "tie ties tied tied tying",
        "panic panics panicked panicked panicking",
        "go goes went gone going",
        "undergo undergoes underwent undergone undergoing",
        "veto vetoes vetoed vetoed vetoing",
        "do does did done doing",
        "have has had had having",
        "be is was been being",
        "write writes wrote written writing",
        "begin begins began begun beginning",
        "overtake overtakes overtook overtaken overtaking",
        "cut cuts cut cut cutting",
        "argue argues argued argued arguing",
        "continue continues continued continued continuing",
        "acquit acquits acquitted acquitted acquitting",
        "re-elect re-elects re-elected re-elected re-electing",
        "co-write co-writes co-wrote co-written co-writing",
        "broadcast broadcasts broadcast broadcast broadcasting",
        "defund defunds defunded defunded defunding",
    ] {
        check_verb(forms);
    }
}

#[test]
fn plurals() {
    for (singular, plural) in [
        ("supply", "supplies"),
        ("day", "days"),
        ("colloquy", "colloquies"),
        ("church", "churches"),
        ("monarch", "monarchs"),
        ("bus", "buses"),
        ("box", "boxes"),
        ("quiz", "quizzes"),
        ("potato", "potatoes"),
        ("photo", "photos"),
        ("studio", "studios"),
        ("crisis", "crises"),
        ("analysis", "analyses"),
        ("tennis", "tennis"),
        ("child", "children"),
        ("stepchild", "stepchildren"),
        ("person", "people"),
        ("spokesperson", "spokespeople"),
        ("woman", "women"),
        ("policeman", "policemen"),
        ("human", "humans"),
        ("wife", "wives"),
        ("midwife", "midwives"),
        ("chief", "chiefs"),
        ("belief", "beliefs"),
        ("proof", "proofs"),
        ("roof", "roofs"),
        ("wolf", "wolves"),
        ("series", "series"),
        ("aircraft", "aircraft"),
        ("jellyfish", "jellyfish"),
        ("criterion", "criteria"),
        ("MP", "MPs"),
        ("Kennedy", "Kennedys"),
        ("decision-maker", "decision-makers"),
        ("superhero", "superheroes"),
        ("news", "news"),
    ] {
        assert_eq!(inflect(singular, Pos::Noun, Form::Plural), plural, "{singular}");
    }
}

#[test]
fn comparison() {
    for (positive, comparative, superlative) in [
        ("big", "bigger", "biggest"),
        ("large", "larger", "largest"),
        ("deep", "deeper", "deepest"),
        ("happy", "happier", "happiest"),
        ("unhappy", "unhappier", "unhappiest"),
        ("dry", "drier", "driest"),
        ("gray", "grayer", "grayest"),
        ("simple", "simpler", "simplest"),
        ("narrow", "narrower", "narrowest"),
        ("quiet", "quieter", "quietest"),
        ("new", "newer", "newest"),
        ("free", "freer", "freest"),
        ("good", "better", "best"),
        ("bad", "worse", "worst"),
        ("far", "farther", "farthest"),
        ("careful", "more careful", "most careful"),
        ("likely", "more likely", "most likely"),
        ("famous", "more famous", "most famous"),
        ("real", "more real", "most real"),
        ("bored", "more bored", "most bored"),
        ("complete", "more complete", "most complete"),
        ("well-known", "more well-known", "most well-known"),
    ] {
        assert_eq!(inflect(positive, Pos::Adjective, Form::Comparative), comparative);
        assert_eq!(inflect(positive, Pos::Adjective, Form::Superlative), superlative);
    }
    assert_eq!(inflect("quickly", Pos::Adverb, Form::Comparative), "more quickly");
    assert_eq!(inflect("soon", Pos::Adverb, Form::Superlative), "soonest");
}

#[test]
fn phrases() {
    use Form::{Comparative, Gerund, Past, Plural, ThirdPerson};
    for (phrase, pos, form, inflected) in [
        ("carry out", Pos::Verb, Past, "carried out"),
        ("take a look at", Pos::Verb, Gerund, "taking a look at"),
        ("be able to", Pos::Verb, ThirdPerson, "is able to"),
        ("re-elect", Pos::Verb, Past, "re-elected"),
        ("head of state", Pos::Noun, Plural, "heads of state"),
        ("prime minister", Pos::Noun, Plural, "prime ministers"),
        ("attorney general", Pos::Noun, Plural, "attorneys general"),
        ("major general", Pos::Noun, Plural, "major generals"),
        ("mother-in-law", Pos::Noun, Plural, "mothers-in-law"),
        ("runner-up", Pos::Noun, Plural, "runners-up"),
        ("passer-by", Pos::Noun, Plural, "passers-by"),
        ("follow-up", Pos::Noun, Plural, "follow-ups"),
        ("by-election", Pos::Noun, Plural, "by-elections"),
        ("profit and loss", Pos::Noun, Plural, "profit and losses"),
        ("sign of the times", Pos::Noun, Plural, "signs of the times"),
        ("hard to find", Pos::Adjective, Comparative, "more hard to find"),
        ("", Pos::Noun, Plural, ""),
        ("supply", Pos::Verb, Plural, "supply"),
    ] {
        assert_eq!(inflect_phrase(phrase, pos, form), inflected, "{phrase}");
    }
}

#[test]
fn all_forms_of_a_lexicon_entry() {
    let surfaces =
        |phrase, pos| -> Vec<String> { all_forms(phrase, pos).into_iter().map(|(_, surface)| surface).collect() };
    assert_eq!(surfaces("break up", Pos::Verb), ["break up", "breaks up", "broke up", "broken up", "breaking up"]);
    assert_eq!(surfaces("chief of staff", Pos::Noun), ["chief of staff", "chiefs of staff"]);
}

/// Readings as `lemma/Pos/Form`, in order.
#[track_caller]
fn check_lemmas(word: &str, expected: &str) {
    let found: Vec<String> =
        lemmas(word).iter().map(|found| format!("{}/{:?}/{:?}", found.lemma, found.pos, found.form)).collect();
    assert_eq!(found.join(" "), expected, "{word}");
}

#[test]
fn readings_of_a_surface() {
    check_lemmas("supplies", "supply/Verb/ThirdPerson supply/Noun/Plural");
    check_lemmas("nice", "nice/Adjective/Base");
    check_lemmas("wrote", "write/Verb/Past");
    check_lemmas("saw", "see/Verb/Past saw/Verb/Base saw/Noun/Base");
    check_lemmas("was", "be/Verb/Past");
    check_lemmas("are", "be/Verb/Base");
    check_lemmas("does", "do/Verb/ThirdPerson");
    check_lemmas("Officials", "official/Noun/Plural");
    check_lemmas("analyses", "analyse/Verb/ThirdPerson analysis/Noun/Plural");
    check_lemmas("leaders", "leader/Noun/Plural");
    check_lemmas("happier", "happy/Adjective/Comparative");
    check_lemmas("the", "");
    check_lemmas("his", "");
    check_lemmas("42", "");
    check_lemmas("", "");
}

#[test]
fn british_and_other_variants_are_understood() {
    for (surface, form, lemma) in [
        ("travelled", Form::Past, "travel"),
        ("cancelling", Form::Gerund, "cancel"),
        ("focussed", Form::Past, "focus"),
        ("benefitted", Form::PastParticiple, "benefit"),
        ("ageing", Form::Gerund, "age"),
        ("learnt", Form::Past, "learn"),
        ("got", Form::PastParticiple, "get"),
        ("organised", Form::Past, "organise"),
        ("were", Form::Past, "be"),
        ("fitted", Form::Past, "fit"),
    ] {
        let is_found =
            lemmas(surface).iter().any(|found| found.pos == Pos::Verb && found.form == form && found.lemma == lemma);
        assert!(is_found, "{surface}: {:?}", lemmas(surface));
    }
    assert_eq!(lemma_as("persons", Pos::Noun, Form::Plural).as_deref(), Some("person"));
    assert_eq!(lemma_as("likelier", Pos::Adjective, Form::Comparative).as_deref(), Some("likely"));
}

#[test]
fn unknown_words_are_read_by_their_ending() {
    for (surface, pos, form, lemma) in [
        ("frobnicated", Pos::Verb, Form::Past, "frobnicate"),
        ("zappified", Pos::Verb, Form::Past, "zappify"),
        ("blorbing", Pos::Verb, Form::Gerund, "blorb"),
        ("vibecoded", Pos::Verb, Form::Past, "vibecod"),
        ("snorkeblers", Pos::Noun, Form::Plural, "snorkebler"),
        ("glimches", Pos::Noun, Form::Plural, "glimch"),
        ("de-Baathified", Pos::Verb, Form::Past, "de-baathify"),
        ("Zelenskyy", Pos::Noun, Form::Base, "zelenskyy"),
    ] {
        assert_eq!(lemma_as(surface, pos, form).as_deref(), Some(lemma), "{surface}");
    }
}

#[test]
fn regular_forms_of_irregular_verbs_are_no_words() {
    for wrong in ["goed", "writed", "taked", "childs", "gooder"] {
        assert!(!unspin_english::is_known(wrong), "{wrong}");
    }
}
