//! The files that the binary carries: the default theme and the starter site.

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
