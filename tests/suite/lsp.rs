//! Sessions with the real server over its standard input and output.

mod client;
mod edits;
mod fixes;
mod fuzz;
mod hardship;
mod positions;
mod pull;
mod reading;
mod settings;
mod soak;
mod stages;
