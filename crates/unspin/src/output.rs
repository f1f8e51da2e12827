//! The ways to print findings.

use std::io::{self, Write};

use crate::args::Format;
use crate::check::Report;

mod github;
mod human;
mod json;
mod lines;
mod sarif;
mod short;

pub(crate) fn write(out: &mut impl Write, format: Format, reports: &[Report]) -> io::Result<()> {
    match format {
        Format::Human => human::write(out, reports),
        Format::Short => short::write(out, reports),
        Format::Json => json::write(out, reports),
        Format::Github => github::write(out, reports),
        Format::Sarif => sarif::write(out, reports),
    }
}
