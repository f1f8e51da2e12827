//! Entries as their writers see them: a line of the sources in, places and fixes or mistakes out.

mod broken;
mod composed;
mod entries;
mod matching;
mod mistakes;
mod shipped;
mod thesaurus;
