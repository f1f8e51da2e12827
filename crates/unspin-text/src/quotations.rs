//! Direct quotations, and the part that each mark plays: a mark of quotation, an apostrophe, inches.
//!
//! Mixed marks ("…”) come from copying out of word processors, so any closing double mark may close any opening one.

use std::ops::Range;

use crate::tokens::{Class, char_at, class, floor_char_boundary};
use crate::{Block, BlockKind, Quotation};

/// Quotations inside quotations deeper than this are passed over: nobody writes them, soup does.
pub const QUOTATION_DEPTH_MAX: usize = 8;

/// How long a quotation in single marks may be before its end, when that end could as well be a plural's apostrophe,
/// is doubted: ‘victims’ is short, ‘the workers’ rights are…’ goes on.
const SCARE_WORDS_MAX: usize = 3;

/// What a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MarkRole {
    /// Opens a quotation.
    Open,
    /// Closes one.
    Close,
    /// Part of a word or a year.
    Apostrophe,
    /// Feet or inches.
    Prime,
    /// A mark of quotation without its partner, or no mark at all.
    Stray,
}

/// The roles of all marks, by place.
#[derive(Debug, Default)]
pub(crate) struct Roles(Vec<(usize, MarkRole)>);

impl Roles {
    pub(crate) fn get(&self, at: usize) -> MarkRole {
        match self.0.binary_search_by_key(&at, |&(place, _)| place) {
            Ok(idx) => self.0[idx].1,
            Err(_) => MarkRole::Stray,
        }
    }
}

/// What [`find`] finds.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    pub(crate) quotations: Vec<Quotation>,
    pub(crate) roles: Roles,
}

/// Finds the quotations of a block.
pub(crate) fn find(prose: &str, opaque: &[Range<usize>]) -> Marks {
    let mut reader = Reader { prose, opened: Vec::new(), found: Vec::new(), roles: Vec::new() };
    let mut opaque = opaque.iter().peekable();
    let bytes = prose.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // All marks are ASCII or begin with one of two bytes.
        if !matches!(bytes[at], b'"' | b'\'' | 0xc2 | 0xe2) {
            at += 1;
            continue;
        }
        while opaque.next_if(|range| range.end <= at).is_some() {}
        if let Some(range) = opaque.next_if(|range| range.start <= at) {
            at = range.end;
            continue;
        }
        let mark = char_at(prose, at).expect("marks begin on a character");
        reader.mark(at, mark);
        at += mark.len_utf8();
    }
    reader.finish()
}

/// Says of each block's first quotation whether it goes on from the paragraph before (“…¶ “…”).
///
/// Looks at nothing but neighbouring blocks, and may be called again after some of them have been read anew; gives the blocks in which
/// it now says something else.
pub fn join_quotations(blocks: &mut [Block]) -> Vec<usize> {
    let mut changed = Vec::new();
    // A subheading in the middle of a long quotation does not end it.
    let mut runs_on = false;
    let quoting = |block: &Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Quotation);
    for (idx, block) in blocks.iter_mut().enumerate().filter(|(_, block)| quoting(block)) {
        if block.quotations.is_empty() {
            runs_on = false;
            continue;
        }
        let start = block.prose.len() - block.prose.trim_start().len();
        for quotation in &mut block.quotations {
            let continued = runs_on && quotation.range.start == start && quotation.depth == 0;
            if quotation.continued != continued {
                quotation.continued = continued;
                if changed.last() != Some(&idx) {
                    changed.push(idx);
                }
            }
        }
        let end = block.prose.trim_end().len();
        runs_on = block
            .quotations
            .iter()
            .any(|quotation| quotation.depth == 0 && !quotation.closed && quotation.range.end == end);
    }
    changed
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Straight,
    Curly,
    /// „…“ and ‚…‘, whose closing marks open elsewhere.
    Low,
    Guillemet,
    /// »…«
    Inverted,
}

#[derive(Debug, Clone)]
struct Opened {
    at: usize,
    mark: char,
    style: Style,
    single: bool,
    /// Index into the roles.
    role: usize,
    /// A place that may have been the end, and its role's index.
    doubtful_end: Option<(usize, usize)>,
}

struct Reader<'a> {
    prose: &'a str,
    opened: Vec<Opened>,
    found: Vec<Quotation>,
    roles: Vec<(usize, MarkRole)>,
}

impl Reader<'_> {
    fn mark(&mut self, at: usize, mark: char) {
        match mark {
            '"' | '“' | '”' | '„' | '‟' | '«' | '»' => self.double(at, mark),
            '\'' | '‘' | '’' | '‛' | '‚' | '‹' | '›' => self.single(at, mark),
            _ => {}
        }
    }

    fn double(&mut self, at: usize, mark: char) {
        let around = self.around(at, mark);
        if mark == '"' && self.inches(at, &around) {
            return self.role(at, MarkRole::Prime);
        }
        let open = self.opened.iter().rposition(|opened| !opened.single);
        let open_style = open.map(|idx| self.opened[idx].style);
        let opens = match mark {
            '„' | '‟' => true,
            '«' => open_style != Some(Style::Inverted),
            '»' => open.is_none() && around.can_open && !around.can_close,
            '“' => open_style != Some(Style::Low) && !(open.is_some() && around.can_close && !around.can_open),
            '”' => open.is_none() && around.can_open && !around.can_close,
            // A straight mark: by its neighbours, and where they do not tell, by turns.
            _ if around.can_open == around.can_close => open.is_none(),
            _ => around.can_open,
        };
        match (opens, open) {
            (true, _) => {
                let style = match mark {
                    '"' => Style::Straight,
                    '„' => Style::Low,
                    '«' => Style::Guillemet,
                    '»' => Style::Inverted,
                    _ => Style::Curly,
                };
                self.open(at, mark, style, false);
            }
            (false, Some(idx)) => self.close(idx, at, mark),
            (false, None) => self.role(at, MarkRole::Stray),
        }
    }

    fn single(&mut self, at: usize, mark: char) {
        let around = self.around(at, mark);
        if matches!(mark, '‚' | '‹') {
            return if around.can_open {
                self.open(at, mark, Style::Low, true)
            } else {
                self.role(at, MarkRole::Stray)
            };
        }
        let letters =
            around.before.is_some_and(char::is_alphanumeric) && around.after.is_some_and(char::is_alphanumeric);
        if letters && mark != '›' {
            let feet = around.before.is_some_and(|before| before.is_ascii_digit())
                && around.after.is_some_and(|after| after.is_ascii_digit());
            return self.role(at, if feet { MarkRole::Prime } else { MarkRole::Apostrophe });
        }
        // Only the innermost quotation can end here.
        let open = self.opened.last().filter(|opened| opened.single).map(|_| self.opened.len() - 1);
        if around.can_close && !(around.can_open && open.is_none()) {
            return match open {
                Some(idx)
                    if self.doubtful(at, mark, &around)
                        && (self.words_since(idx, at) > SCARE_WORDS_MAX
                            || self.surer_end_follows(at + mark.len_utf8())) =>
                {
                    self.role(at, MarkRole::Apostrophe);
                    self.opened[idx].doubtful_end = Some((at, self.roles.len() - 1));
                }
                Some(idx) => self.close(idx, at, mark),
                None if around.before.is_some_and(|before| before.is_ascii_digit()) => self.role(at, MarkRole::Prime),
                None if around.before.is_some_and(char::is_alphabetic) => self.role(at, MarkRole::Apostrophe),
                None => self.role(at, MarkRole::Stray),
            };
        }
        if !around.can_open || mark == '›' {
            return self.role(at, MarkRole::Stray);
        }
        if self.clipped(at + mark.len_utf8()) || mark == '’' {
            let word = around.after.is_some_and(char::is_alphanumeric);
            return self.role(at, if word { MarkRole::Apostrophe } else { MarkRole::Stray });
        }
        self.open(at, mark, if mark == '\'' { Style::Straight } else { Style::Curly }, true);
    }

    fn role(&mut self, at: usize, role: MarkRole) {
        self.roles.push((at, role));
    }

    fn open(&mut self, at: usize, mark: char, style: Style, single: bool) {
        // Nobody quotes in the same marks inside a quotation: the one before was never closed.
        if let Some(last) = self.opened.last()
            && last.single == single
        {
            let idx = self.opened.len() - 1;
            self.abandon(idx, at);
        }
        if self.opened.len() >= QUOTATION_DEPTH_MAX {
            return self.role(at, MarkRole::Stray);
        }
        self.role(at, MarkRole::Open);
        self.opened.push(Opened { at, mark, style, single, role: self.roles.len() - 1, doubtful_end: None });
    }

    fn close(&mut self, idx: usize, at: usize, mark: char) {
        // What was opened inside and has no end.
        while self.opened.len() > idx + 1 {
            self.abandon(self.opened.len() - 1, at);
        }
        let opened = self.opened.pop().expect("the index is one of an open quotation");
        self.role(at, MarkRole::Close);
        self.found.push(quotation(&opened, at..at + mark.len_utf8(), true));
    }

    /// Ends the innermost quotation although its closing mark never came.
    fn abandon(&mut self, idx: usize, limit: usize) {
        let opened = self.opened.remove(idx);
        if let Some((end, role)) = opened.doubtful_end {
            let mark = char_at(self.prose, end).expect("a mark was seen there");
            self.roles[role].1 = MarkRole::Close;
            self.found.push(quotation(&opened, end..end + mark.len_utf8(), true));
        } else if opened.single && (opened.mark == '\'' || limit < self.prose.len()) {
            let word = char_at(self.prose, opened.at + opened.mark.len_utf8()).is_some_and(char::is_alphanumeric);
            self.roles[opened.role].1 = if word { MarkRole::Apostrophe } else { MarkRole::Stray };
        } else {
            let end = self.prose[..limit].trim_end().len().max(opened.at + opened.mark.len_utf8());
            self.found.push(quotation(&opened, end..end, false));
        }
    }

    fn finish(mut self) -> Marks {
        while let Some(last) = self.opened.len().checked_sub(1) {
            self.abandon(last, self.prose.len());
        }
        let mut quotations = self.found;
        quotations.sort_by_key(|quotation| (quotation.range.start, std::cmp::Reverse(quotation.range.end)));
        let mut ends: Vec<usize> = Vec::new();
        for quotation in &mut quotations {
            while ends.pop_if(|end| *end <= quotation.range.start).is_some() {}
            quotation.depth = u8::try_from(ends.len()).unwrap_or(u8::MAX);
            ends.push(quotation.range.end);
        }
        Marks { quotations, roles: Roles(self.roles) }
    }

    fn around(&self, at: usize, mark: char) -> Around {
        let before = self.prose[..at].chars().next_back();
        let after = char_at(self.prose, at + mark.len_utf8());
        let opening = |this: char| matches!(this, '(' | '[' | '{' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '/');
        let dash = |this: char| class(this) == Class::Dash && !crate::tokens::is_hyphen(this);
        let blank = |this: char| class(this) == Class::Blank;
        let mut can_open = before.is_none_or(|before| {
            blank(before) || opening(before) || dash(before) || matches!(before, '"' | '\'' | ':' | '=' | '>' | '-')
        }) && after
            .is_some_and(|after| !blank(after) && !matches!(after, ',' | ';' | ')' | ']' | '}' | '!' | '?'));
        let can_close = before.is_some_and(|before| !blank(before) && !matches!(before, '(' | '[' | '{'))
            && after.is_none_or(|after| class(after) != Class::Letter && class(after) != Class::Digit && after != '$');
        // `he said," and`: before a blank nothing opens; after one nothing closes.
        can_open &= after.is_none_or(|after| !blank(after));
        Around { before, after, can_open, can_close }
    }

    /// `12" pizza`, `6'2"`.
    fn inches(&self, at: usize, around: &Around) -> bool {
        if !around.before.is_some_and(|before| before.is_ascii_digit() || matches!(before, '½' | '¼' | '¾')) {
            return false;
        }
        let before = self.prose[..at].trim_end_matches(|digit: char| digit.is_ascii_digit() || digit == ' ');
        let feet = before.ends_with(['\'', '’', '′'])
            && before.trim_end_matches(['\'', '’', '′']).ends_with(|digit: char| digit.is_ascii_digit());
        feet || !self.opened.iter().any(|opened| !opened.single)
            && around.after.is_none_or(|after| !after.is_alphanumeric())
    }

    /// Whether a closing single mark could as well be the apostrophe of a plural (“workers’ rights”, “lovin’ it”).
    fn doubtful(&self, at: usize, mark: char, around: &Around) -> bool {
        let clipped = self.prose[..at].ends_with(['s', 'S']) || self.prose[..at].ends_with("in");
        let mut rest = self.prose[at + mark.len_utf8()..].chars();
        clipped && around.after == Some(' ') && rest.nth(1).is_some_and(char::is_alphabetic)
    }

    /// Whether a single mark follows that can only be an end (“stop,’ she said”), before any other quotation.
    fn surer_end_follows(&self, from: usize) -> bool {
        const LOOK_AHEAD_BYTES_MAX: usize = 300;
        let end = floor_char_boundary(self.prose, self.prose.len().min(from + LOOK_AHEAD_BYTES_MAX));
        let mut before = ' ';
        for this in self.prose[from..end].chars() {
            match this {
                '"' | '“' | '”' | '‘' => return false,
                '\'' | '’' if matches!(before, ',' | '.' | '!' | '?' | '…') => return true,
                '\'' | '’' if before == ' ' => return false,
                _ => before = this,
            }
        }
        false
    }

    fn words_since(&self, idx: usize, at: usize) -> usize {
        // Far away is many words; counting all of them each time would be quadratic.
        const SCARE_BYTES_MAX: usize = 100;
        let start = self.opened[idx].at;
        if at - start > SCARE_BYTES_MAX {
            return SCARE_WORDS_MAX + 1;
        }
        self.prose[start..at].split_whitespace().count()
    }

    /// A word or year that begins with an apostrophe: ’tis, ’em, ’90s.
    fn clipped(&self, at: usize) -> bool {
        const CLIPPED: [&str; 14] = [
            "tis", "twas", "twere", "twill", "em", "til", "till", "cause", "n", "bout", "round", "neath", "ere", "cos",
        ];
        let rest = &self.prose[at..];
        let end = rest.find(|other: char| !other.is_alphanumeric()).unwrap_or(rest.len());
        let word = &rest[..end];
        let digits = word.trim_end_matches('s');
        let year = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
        year || CLIPPED.iter().any(|clipped| clipped.eq_ignore_ascii_case(word))
    }
}

struct Around {
    before: Option<char>,
    after: Option<char>,
    can_open: bool,
    can_close: bool,
}

fn quotation(opened: &Opened, close: Range<usize>, closed: bool) -> Quotation {
    let inner = opened.at + opened.mark.len_utf8()..close.start;
    Quotation { range: opened.at..close.end, inner, closed, continued: false, depth: 0 }
}
