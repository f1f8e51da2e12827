//! One integration binary, many modules.

mod articles;
mod claims;
mod generated;
mod lsp;
mod pages;
