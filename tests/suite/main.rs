//! One integration binary, many modules.

mod articles;
mod claims;
mod generated;
mod incremental;
mod lsp;
mod pages;
