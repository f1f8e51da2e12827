//! One integration binary, many modules.

mod articles;
mod claims;
mod generated;
mod incremental;
mod instructions;
mod lsp;
mod pages;
