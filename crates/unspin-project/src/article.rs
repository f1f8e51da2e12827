//! Reading one article.

use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use unspin_text::Markup;

/// Why an article could not be read. [`fmt::Display`] gives a sentence for a person, with what to do.
#[derive(Debug)]
pub struct ReadError {
    path: PathBuf,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Io(io::Error),
    Binary,
    Utf16,
    NotUtf8 { at_byte: usize },
    TooLarge { bytes: u64 },
}

impl ReadError {
    /// The file holds bytes that are no text at all.
    #[must_use]
    pub fn is_binary(&self) -> bool {
        matches!(self.kind, Kind::Binary)
    }

    /// The file is not there, or may not be read.
    #[must_use]
    pub fn is_io(&self) -> bool {
        matches!(self.kind, Kind::Io(_))
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.kind {
            Kind::Io(error) => write!(f, "cannot read `{path}`: {}", said(error)),
            Kind::Binary => write!(f, "cannot read `{path}`: not a text file"),
            Kind::Utf16 => write!(f, "cannot read `{path}`: it is UTF-16; save it as UTF-8"),
            Kind::NotUtf8 { at_byte } => {
                write!(
                    f,
                    "cannot read `{path}`: not UTF-8 at byte {at_byte} (looks like Windows-1252 or Latin-1); save it as UTF-8"
                )
            }
            Kind::TooLarge { bytes } => write!(
                f,
                "cannot read `{path}`: {} MB is more than the {} MB that are read; split it",
                bytes / 1_000_000,
                ARTICLE_BYTES_MAX / 1_000_000
            ),
        }
    }
}

impl std::error::Error for ReadError {}

/// What the system says, in plain words where a person meets it often.
pub(crate) fn said(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read (permission denied)".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::InvalidData => "it is not UTF-8".to_owned(),
        _ => error.to_string(),
    }
}

/// The longest file that is read.
pub(crate) const ARTICLE_BYTES_MAX: u64 = 200_000_000;

/// How many bytes are looked at to tell a text from something else.
const SNIFF_BYTES: usize = 8192;

/// Reads an article as UTF-8. A byte order mark stays where it is, so that positions are those of the file.
///
/// # Errors
/// The file cannot be read, is no text, is not UTF-8, or is larger than any article.
pub fn read_article(path: &Path) -> Result<String, ReadError> {
    let fail = |kind| ReadError { path: path.to_owned(), kind };
    let metadata = fs::metadata(path).map_err(|error| fail(Kind::Io(error)))?;
    if metadata.len() > ARTICLE_BYTES_MAX {
        return Err(fail(Kind::TooLarge { bytes: metadata.len() }));
    }
    let bytes = fs::read(path).map_err(|error| fail(Kind::Io(error)))?;
    decode(bytes, path)
}

/// Bytes to text, as [`read_article`] does; `path` is only named in errors.
///
/// # Errors
/// The bytes are no text or not UTF-8.
pub fn decode(bytes: Vec<u8>, path: &Path) -> Result<String, ReadError> {
    String::from_utf8(bytes).map_err(|error| {
        let at_byte = error.utf8_error().valid_up_to();
        let head = &error.as_bytes()[..error.as_bytes().len().min(SNIFF_BYTES)];
        let kind = if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
            Kind::Utf16
        } else if head.contains(&0) {
            Kind::Binary
        } else {
            Kind::NotUtf8 { at_byte }
        };
        ReadError { path: path.to_owned(), kind }
    })
}

/// The markup that a file's name stands for; `None` for names that no article has.
#[must_use]
pub fn markup_of(path: &Path) -> Option<Markup> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "md" | "markdown" | "mdown" | "mkd" | "mdx" | "qmd" | "rmd" => Some(Markup::Markdown),
        "txt" | "text" => Some(Markup::Plain),
        "wiki" | "wikitext" | "mediawiki" | "mw" => Some(Markup::Wikitext),
        _ => None,
    }
}

/// The markup that an editor's language id stands for; plain text for one never heard of.
#[must_use]
pub fn markup_of_language(language_id: &str) -> Markup {
    match language_id.to_ascii_lowercase().as_str() {
        "markdown" | "mdx" | "quarto" | "rmd" | "vimwiki" | "markdown.mdx" => Markup::Markdown,
        "wikitext" | "mediawiki" => Markup::Wikitext,
        _ => Markup::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_said_so() {
        let path = Path::new("a.md");
        let latin = decode(b"caf\xe9 au lait".to_vec(), path).unwrap_err();
        assert_eq!(
            latin.to_string(),
            "cannot read `a.md`: not UTF-8 at byte 3 (looks like Windows-1252 or Latin-1); save it as UTF-8"
        );
        assert!(decode(b"\x89PNG\0\0\xff".to_vec(), path).unwrap_err().is_binary());
        let utf16 = decode(b"\xff\xfea\0".to_vec(), path).unwrap_err();
        assert_eq!(utf16.to_string(), "cannot read `a.md`: it is UTF-16; save it as UTF-8");
        assert_eq!(decode("café".into(), path).unwrap(), "café");
    }
}
