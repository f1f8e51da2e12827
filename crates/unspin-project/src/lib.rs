//! The only reader of files: finds `unspin.toml`, walks folders, decodes articles.
//!
//! - [`Config`] is one `unspin.toml`, read and checked; [`Config::settings_for`] resolves it for a file.
//! - [`Configs`] finds the nearest one for any path and keeps it.
//! - [`walk`] lists the articles under a path; [`read_article`] reads one.

mod article;
mod config_file;
mod configs;
mod walk;

pub use article::{ReadError, decode, markup_of, markup_of_language, read_article};
pub use config_file::{CONFIG_NAME, Config, ConfigError, Problem, schema};
pub use configs::{Configs, allow_phrase};
pub use walk::{WalkError, walk};
