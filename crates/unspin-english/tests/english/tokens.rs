use unspin_english::abbreviations::{Kind, is_abbreviation, is_initial};
use unspin_english::numbers::{is_number_word, is_ordinal_word, parse, spell};
use unspin_english::{WordClasses, class_of};

#[test]
fn abbreviations_by_kind() {
    for (kind, tokens) in [
        (Kind::Title, "Mr Mrs Ms Dr Gen Sen Rep Gov Prof Rev Lt Col Sgt"),
        (Kind::Suffix, "Jr Sr Ph.D M.D"),
        (Kind::Month, "Jan Feb Aug Sept Dec"),
        (Kind::Initials, "U.S U.N U.K D.C U.S.A"),
        (Kind::Company, "Inc Ltd Corp Co"),
        (Kind::PlaceBefore, "St Mt Ft"),
        (Kind::State, "Calif Mass N.J"),
        (Kind::Reference, "No Nos Vol p pp Fig"),
        (Kind::TimeOfDay, "a.m p.m"),
        (Kind::Connective, "e.g i.e vs v cf"),
        (Kind::Other, "etc al"),
    ] {
        for token in tokens.split_whitespace() {
            assert_eq!(is_abbreviation(token), Some(kind), "{token}");
        }
    }
    for token in "no gen sun report may mass art in a I us am sat wed 3 pm . the said data fig1 max".split_whitespace()
    {
        assert_eq!(is_abbreviation(token), None, "{token}");
    }
}

#[test]
fn what_follows_an_abbreviation() {
    assert!(Kind::Title.before_name() && !Kind::Title.can_end_sentence());
    assert!(Kind::Reference.before_number() && !Kind::Reference.can_end_sentence());
    assert!(Kind::TimeOfDay.can_end_sentence() && Kind::Initials.can_end_sentence());
    assert!(Kind::Month.before_number());
}

#[test]
fn initials() {
    for (token, expected) in [
        ("J", true),
        ("J.R", true),
        ("J.-P", true),
        ("É", true),
        ("j", false),
        ("Jo", false),
        ("", false),
        ("3", false),
    ] {
        assert_eq!(is_initial(token), expected, "{token}");
    }
}

#[test]
fn numerals() {
    for (text, value) in [
        ("two", 2.0),
        ("Twenty-one", 21.0),
        ("two hundred and five", 205.0),
        ("a hundred", 100.0),
        ("one million two hundred thousand", 1_200_000.0),
        ("a dozen", 12.0),
        ("half a million", 500_000.0),
        ("1,200", 1200.0),
        ("10,000", 10_000.0),
        ("10\u{202f}000", 10_000.0),
        ("3.4 billion", 3.4e9),
        ("3.4bn", 3.4e9),
        ("five million", 5e6),
        ("-3", -3.0),
        ("0.5", 0.5),
        ("zero", 0.0),
        ("2024", 2024.0),
        ("third", 3.0),
        ("twenty-first", 21.0),
        ("21st", 21.0),
        ("112th", 112.0),
        ("hundredth", 100.0),
    ] {
        assert_eq!(parse(text).map(|number| number.value), Some(value), "{text}");
    }
    for text in [
        "",
        "eight.6",
        "1,20",
        "1,2000",
        "1.2.3",
        "million",
        "and",
        "two three",
        "twenty thirty",
        "21th",
        "the",
        "3 cats",
        "-",
        "p.c",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
}

#[test]
fn number_words() {
    for word in ["two", "Twenty", "twenty-one", "hundred", "millions", "dozen", "zero"] {
        assert!(is_number_word(word), "{word}");
    }
    for word in ["a", "third", "tens", "twenty-one-off", "many", "3", ""] {
        assert!(!is_number_word(word), "{word}");
    }
    for word in ["third", "twenty-first", "21st", "millionth"] {
        assert!(is_ordinal_word(word), "{word}");
    }
    assert!(!is_ordinal_word("three") && !is_ordinal_word("twenty first"));
}

#[test]
fn what_is_spelled_is_read_back() {
    for number in 0..=100 {
        let words = spell(number).expect("up to a hundred");
        assert_eq!(parse(&words).map(|read| read.value), Some(number as f64), "{words}");
    }
    assert_eq!(spell(101), None);
}

#[test]
fn word_classes() {
    use WordClasses as W;
    for (classes, words) in [
        (W::DETERMINER, "the a An this every some no my his"),
        (W::PREPOSITION, "of in despite amid between according"),
        (W::SUBJECT_PRONOUN, "I he they who it everyone you"),
        (W::OBJECT_PRONOUN, "me him them whom it everyone you himself"),
        (W::CONJUNCTION, "and but or nor"),
        (W::SUBORDINATOR, "because although that while whether"),
        (W::WH_WORD, "who which what When how whether"),
        (W::MODAL, "can could will must may might wouldn't can't won't 'll"),
        (W::BE, "is are was being isn't they're 'm"),
        (W::HAVE, "has had having haven't they've"),
        (W::DO, "do does did don't doesn’t"),
        (W::NUMBER, "two hundred third"),
        (W::NEGATION, "not never don't cannot n't"),
        (W::ADVERB, "again also very soon here"),
        (W::PARTICLE, "up out off"),
    ] {
        for word in words.split_whitespace() {
            assert!(class_of(word).has(classes), "{word}");
        }
    }
    for word in ["ministry", "said", "Russia's", "", "quickly", "n'", "'", "rock'n'roll"] {
        assert!(class_of(word).is_empty(), "{word}");
    }
    assert!(!class_of("me").has(W::SUBJECT_PRONOUN) && !class_of("they").has(W::OBJECT_PRONOUN));
    assert!(class_of("the").is_closed() && !class_of("like").is_closed() && !class_of("soon").is_closed());
}
