//! One integration binary, many modules.

mod claims;
mod lsp;
mod pages;
