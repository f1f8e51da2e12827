//! The commands, so that every editor can do what a quick fix does. Their names begin with `unspin.server.` to leave `unspin.` to the
//! extensions, whose commands have to have other names.

/// Applies one fix of a finding: `[{uri, version?, rule, range, fix}]`, `fix` counting from 0.
pub(crate) const APPLY_FIX: &str = "unspin.server.applyFix";
/// Applies the safe fix of a finding wherever the same words are marked by the same rule: `[{uri, version?, rule, range}]`.
pub(crate) const FIX_KIND: &str = "unspin.server.fixKind";
/// Applies everything that is safe: `[{uri, version?}]`.
pub(crate) const FIX_ALL: &str = "unspin.server.fixAll";
/// Puts a comment above a finding that asks not to mark it: `[{uri, version?, rule, range}]`.
pub(crate) const IGNORE: &str = "unspin.server.ignore";
/// Adds a phrase to `unspin.toml`: `[{uri, phrase}]`.
pub(crate) const ALLOW: &str = "unspin.server.allow";
/// Selects what is to be typed over after a fix: `[{uri, range}]`, the range being that after the edit.
pub(crate) const SELECT_PLACEHOLDER: &str = "unspin.server.selectPlaceholder";
/// Shows the page of a rule: `[{rule}]`.
pub(crate) const SHOW_RULE: &str = "unspin.server.showRule";
/// Looks at every article of the workspace and publishes what it finds: `[]`.
pub(crate) const CHECK_WORKSPACE: &str = "unspin.server.checkWorkspace";

/// All of them, as they are announced.
pub(crate) const ALL: [&str; 8] =
    [APPLY_FIX, FIX_KIND, FIX_ALL, IGNORE, ALLOW, SELECT_PLACEHOLDER, SHOW_RULE, CHECK_WORKSPACE];
