//! What the best-known templates of Wikipedia mean for a reader of prose.

/// What becomes of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A reference: `{{sfn|…}}`.
    Citation,
    /// Somebody asks for a source: `{{citation needed}}`.
    Request,
    /// The same around words that are prose: `{{citation needed span|…}}`.
    RequestAround,
    /// Its first parameter is prose in the sentence: `{{nowrap|…}}`.
    Inline,
    /// Its second parameter is, in another language: `{{lang|fr|…}}`.
    Foreign,
    /// Its text is a paragraph of quotation: `{{quote|…}}`.
    Quotation,
    /// A character: `{{snd}}`.
    Character(&'static str),
    /// A remark for editors, not seen or not to be read.
    Nothing,
    /// Anything else: seen, but we do not know as what.
    Unknown,
}

/// What a template of this name means.
pub(crate) fn meaning(name: &str) -> Meaning {
    let name = name.trim().replace('_', " ").to_ascii_lowercase();
    let name = name.strip_prefix("template:").unwrap_or(&name);
    if let Some((_, character)) = CHARACTERS.iter().find(|(known, _)| *known == name) {
        return Meaning::Character(character);
    }
    let any = |list: &[&str]| list.contains(&name);
    let cites = name.starts_with("cite ")
        || name.starts_with("sfn")
        || name.starts_with("harv")
        || name.starts_with("citation/");
    match () {
        () if any(REQUESTS) => Meaning::Request,
        () if any(REQUESTS_AROUND) => Meaning::RequestAround,
        () if cites || any(CITATIONS) => Meaning::Citation,
        () if any(INLINE) => Meaning::Inline,
        () if name == "lang" || name == "transliteration" || name == "transl" => Meaning::Foreign,
        () if any(QUOTATIONS) => Meaning::Quotation,
        () if any(NOTHING) || name.starts_with('#') || name.starts_with("use ") || name.starts_with("defaultsort:") => {
            Meaning::Nothing
        }
        () => Meaning::Unknown,
    }
}

const REQUESTS: &[&str] = &[
    "citation needed",
    "cn",
    "fact",
    "citeneeded",
    "cite needed",
    "source needed",
    "sourceneeded",
    "needs source",
    "reference needed",
    "ref needed",
    "refneeded",
    "unsourced inline",
    "who",
    "who?",
    "whom",
    "whom?",
    "by whom",
    "by whom?",
    "bywhom",
    "which",
    "which?",
    "which person",
    "according to whom",
    "according to whom?",
    "says who",
    "says who?",
    "like whom?",
    "attribution needed",
    "weasel inline",
    "weasel-inline",
    "weasel word",
    "better source needed",
    "better source",
    "bsn",
    "unreliable source?",
    "unreliable source inline",
    "rs?",
    "failed verification",
    "fv",
    "verification needed",
    "verify source",
    "not in source",
    "page needed",
    "full citation needed",
    "primary source inline",
    "non-primary source needed",
    "third-party inline",
    "medical citation needed",
    "mcn",
    "additional citation needed",
    "quote needed",
];

const REQUESTS_AROUND: &[&str] =
    &["citation needed span", "cn span", "cnspan", "fact span", "citequote", "according to whom span"];

const CITATIONS: &[&str] = &[
    "citation",
    "efn",
    "refn",
    "r",
    "ref",
    "rp",
    "ran",
    "note",
    "notetag",
    "snf",
    "citeref",
    "cref",
    "cref2",
    "ref label",
    "vcite",
    "ill",
];

const INLINE: &[&str] = &[
    "nowrap",
    "nobr",
    "nowr",
    "small",
    "smaller",
    "big",
    "larger",
    "em",
    "strong",
    "b",
    "i",
    "u",
    "angbr",
    "abbr",
    "sic",
    "typo",
    "as written",
    "title case",
    "text",
    "highlight",
    "nobold",
    "noitalic",
    "nowiki",
    "bold",
    "italic",
    "not a typo",
    "proper name",
    "ship",
    "quote inline",
    "visible anchor",
    "vanchor",
];

const QUOTATIONS: &[&str] =
    &["quote", "blockquote", "quotation", "cquote", "quote box", "quotebox", "rquote", "centered pull quote"];

const NOTHING: &[&str] = &[
    "clarify",
    "clarification needed",
    "when",
    "when?",
    "where",
    "where?",
    "why",
    "why?",
    "how",
    "how?",
    "dubious",
    "dubious - discuss",
    "vague",
    "specify",
    "example needed",
    "update inline",
    "update after",
    "relevance inline",
    "pov statement",
    "pov-statement",
    "undue inline",
    "peacock inline",
    "tone inline",
    "copyedit inline",
    "jargon inline",
    "definition needed",
    "disambiguation needed",
    "dn",
    "dead link",
    "webarchive",
    "sic?",
    "anchor",
    "clear",
    "-",
    "reflist",
    "notelist",
    "refbegin",
    "refend",
    "toc limit",
    "main",
    "see also",
    "further",
    "short description",
    "good article",
    "featured article",
    "pp",
    "coord",
    "official website",
    "commons category",
    "portal",
    "authority control",
    "inflation/fn",
    "as of?",
    "by?",
];

const CHARACTERS: &[(&str, &str)] = &[
    ("'", "'"),
    ("\"", "\""),
    ("snd", " – "),
    ("spnd", " – "),
    ("spaced ndash", " – "),
    ("spaced en dash", " – "),
    ("ndash", "–"),
    ("endash", "–"),
    ("en dash", "–"),
    ("mdash", "—"),
    ("emdash", "—"),
    ("em dash", "—"),
    ("spaced mdash", " — "),
    ("nbsp", "\u{a0}"),
    ("!", "|"),
    ("'s", "'s"),
    ("'\"", "' \""),
    ("\"'", "\" '"),
    ("dot", " · "),
    ("·", " · "),
    ("•", " • "),
    ("=", "="),
    ("thinsp", "\u{2009}"),
    ("shy", ""),
    ("zwsp", ""),
    ("wbr", ""),
    ("x", "×"),
    ("times", "×"),
    ("minus", "−"),
    ("pound", "£"),
    ("euro", "€"),
];
