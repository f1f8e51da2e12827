//! Tests that cross crates; see `suite/`.
