//! Abbreviations: which tokens keep their dot, and what that says about where a sentence ends.

use std::sync::LazyLock;

use crate::by_letter::ByLetter;

/// What an abbreviation stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// "Mr", "Dr", "Gen", "Sen", "Rev": a title before a name.
    Title,
    /// "Jr", "Sr", "Esq", "Ph.D": after a name.
    Suffix,
    /// "Jan", "Sept".
    Month,
    /// "Mon", "Tues".
    Weekday,
    /// "U.S", "U.N", "D.C", "J.R": letters with dots between them.
    Initials,
    /// "Inc", "Ltd", "Corp", "Co", "Bros".
    Company,
    /// "St", "Mt", "Ft", "Pt": before the name of a place or a saint.
    PlaceBefore,
    /// "Ave", "Blvd", "Rd": after a street's name.
    Street,
    /// "Calif", "Mass", "Ont": states and provinces in the style of agencies.
    State,
    /// "No", "Nos", "vol", "fig", "p", "pp", "art", "sec", "ch": before a number.
    Reference,
    /// "a.m", "p.m".
    TimeOfDay,
    /// "ft", "lb", "mph", "kg", "sq", "min": after a number.
    Unit,
    /// "e.g", "i.e", "vs", "cf", "viz", "ca", "incl", "approx": something always follows.
    Connective,
    /// "etc", "al", "ibid", "dept", "est", "govt": everything else.
    Other,
}

impl Kind {
    /// Whether the abbreviation's dot can be a sentence's last one ("at 5 p.m.", "in the U.S.", "Acme Inc.").
    pub const fn can_end_sentence(self) -> bool {
        !matches!(self, Kind::Title | Kind::PlaceBefore | Kind::Reference | Kind::Connective)
    }

    /// Whether a name normally follows, so that a capital after the dot says nothing.
    pub const fn before_name(self) -> bool {
        matches!(self, Kind::Title | Kind::PlaceBefore)
    }

    /// Whether a number normally follows.
    pub const fn before_number(self) -> bool {
        matches!(self, Kind::Reference | Kind::Month)
    }
}

/// What a token stands for if it is an abbreviation that keeps its dot. Given without the last dot ("Mr", "U.S", "e.g").
///
/// Capitals count where words would be mistaken for abbreviations: "No" and "Gen", but not "no" and "gen". Some are words
/// as well ("No", "Mass", "Art"); where the next token is no number or name, "No." may still be a sentence.
/// Single letters are initials, see [`is_initial`].
///
/// ```
/// use unspin_english::abbreviations::{Kind, is_abbreviation};
/// assert_eq!(is_abbreviation("Mr"), Some(Kind::Title));
/// assert_eq!(is_abbreviation("U.S"), Some(Kind::Initials));
/// assert!(is_abbreviation("p.m").is_some_and(Kind::can_end_sentence));
/// assert_eq!(is_abbreviation("report"), None);
/// ```
pub fn is_abbreviation(token: &str) -> Option<Kind> {
    if let Some((_, kind)) = TABLE.get(token).first() {
        return Some(*kind);
    }
    is_dotted_initials(token).then_some(Kind::Initials)
}

/// Whether a token (without its last dot) is a person's initial or several: "J", "J.R", "J.-P", "É".
pub fn is_initial(token: &str) -> bool {
    let mut parts = token.split(['.', '-']).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some()
        && parts.all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
        })
}

/// "U.S", "U.S.A", "N.Y", "u.s": single letters with dots between, at least two.
fn is_dotted_initials(token: &str) -> bool {
    let mut n_letters = 0;
    let all = token.split('.').all(|part| {
        n_letters += 1;
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    });
    all && n_letters >= 2
}

static TABLE: LazyLock<ByLetter<(&'static str, Kind)>> = LazyLock::new(|| {
    let mut rows: Vec<(&str, Kind)> =
        GROUPS.iter().flat_map(|(kind, words)| words.split_whitespace().map(|word| (word, *kind))).collect();
    rows.sort_by_key(|(word, _)| *word);
    rows.dedup_by_key(|(word, _)| *word);
    ByLetter::new(rows, |row| row.0)
});

const GROUPS: &[(Kind, &str)] = &[
    (
        Kind::Title,
        "Mr Mrs Ms Mx Messrs Mme Mmes Mlle Dr Drs Prof Profs Rev Revs Fr Msgr Hon Sen Sens Rep Reps Gov Govs Pres Gen Gens \
         Lt Col Cols Maj Capt Cmdr Cdr Comdr Adm Adml Sgt Cpl Pvt Pfc Brig Supt Insp Det Atty Amb Treas Supt Ald Asst \
         Assoc Bp Abp Archbp Sra Srta mr mrs ms dr prof Spc Ens Cllr Sgts Lts Gens Maj.-Gen Lt.-Gen \
         Lt.-Col Brig.-Gen Vice-Adm Rt",
    ),
    (
        Kind::Suffix,
        "Jr Sr Esq Ph.D PhD M.D D.D.S M.B.A B.Sc M.Sc B.A M.A LL.B LL.M LL.D D.Phil M.Phil Ed.D Psy.D jr sr esq Q.C K.C R.N",
    ),
    (Kind::Month, "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"),
    (Kind::Weekday, "Mon Tue Tues Thu Thur Thurs Fri"),
    (
        Kind::Company,
        "Inc Ltd Corp Co Cos Bros Pty Plc plc LLC Mfg Intl Assn Assoc S.A S.p.A N.V A.G GmbH Univ Dept Depts Natl",
    ),
    (Kind::PlaceBefore, "St Ste Mt Mts Ft Pt Sts"),
    (Kind::Street, "Ave Blvd Rd Hwy Rte Ln Sq Pkwy Expy Terr Bldg Apt"),
    (
        Kind::State,
        "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kans Ky Md Mass Mich Minn Miss Mo Mont Neb Nebr Nev Okla Ore \
         Pa Penn Tenn Tex Va Vt Wash Wis Wisc Wyo Ont Que Alta Sask N.Dak S.Dak N.H N.J N.M N.Y N.C N.D S.C S.D R.I W.Va",
    ),
    (
        Kind::Reference,
        "No Nos Vol Vols vol vols Fig Figs fig figs p pp Art Arts ch chap Chap Eq eq Eqs eqs eds Eds para Para sec \
         Sect ver ser nos cl Reg Op op Ver Bk bk ff",
    ),
    (Kind::TimeOfDay, "a.m p.m A.M P.M"),
    (
        Kind::Unit,
        "ft lb lbs oz mph kph rpm sq cu yd yds km kg mg cm mm ml hr hrs mins secs min gal qt bbl tbsp tsp deg dia wk wks \
         yr yrs bn ",
    ),
    (Kind::Connective, "v c e.g i.e vs cf viz ca approx esp incl excl eg ie E.g I.e Vs Cf resp"),
    (
        Kind::Other,
        "etc al ibid dept est govt gov univ cont ext fwd misc tel abbr adj adv anon appt assn assoc asst attn avg bldg \
          dist hist intl masc mfg mtg mgr natl nr obs orig pl pref prev prob pron publ \
         rel repr syn trans transl usu Etc Ibid Est P.S p.s R.I.P N.B n.b R.S.V.P jnr snr Jnr Snr ",
    ),
];
