//! One integration binary, many modules.

mod lsp;
