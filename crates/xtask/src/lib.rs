//! What the tests share with the developer commands.

pub mod codegen;
