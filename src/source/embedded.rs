//! The files that the binary carries: the default theme, the starter site, and the explanations of the
//! codes of diagnostics.

/// The name of the default theme, under which its files appear in the tree.
pub const DEFAULT_THEME: &str = "casa";

mod generated {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

/// The default theme: paths below `themes/casa/` and contents.
pub fn theme() -> &'static [(&'static str, &'static [u8])] {
    generated::THEME
}

/// The site that `vasta init` writes: paths below its folder and contents.
pub fn starter() -> &'static [(&'static str, &'static [u8])] {
    generated::STARTER
}

/// The explanations of the codes: names such as `V009.txt`, in order, and contents.
pub(super) fn explanations() -> &'static [(&'static str, &'static [u8])] {
    generated::EXPLANATIONS
}
