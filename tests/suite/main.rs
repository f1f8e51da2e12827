//! One integration binary, many modules.
