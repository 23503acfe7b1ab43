//! The typeface of Italian public sites, Titillium Web: fetches it from npm, at the version that the lock
//! file names, and puts two faces, their licence and the part of the style sheet that declares them into
//! the default theme. Nothing of it is committed; the site is whole without it.

use crate::install;
use crate::program::root;
use std::fs;
use std::path::{Path, PathBuf};

/// What all faces may weigh together, in bytes.
const MOST: u64 = 50 * 1024;

/// A face, and how Arial is stretched until it is there.
struct Face {
    /// The weight of the file.
    weight: u16,
    /// The weights of text that it is for.
    weights: &'static str,
    /// The names under which systems have Arial, or a typeface as wide, in this weight.
    local: &'static [&'static str],
    /// The mean width of Italian text in this face by that in Arial.
    width: f64,
}

/// Two faces: a first view is eight requests at most, six of which a page with tables needs itself. So one
/// face is semi-bold and bold, and browsers slant the regular one for the few words in italics. The
/// widths are those of the texts in `content/`, kerning included, as Chromium sets them.
const FACES: [Face; 2] = [
    Face {
        weight: 400,
        weights: "400",
        local: &["Arial", "Liberation Sans", "Arimo Regular", "Roboto"],
        width: 0.938,
    },
    Face {
        weight: 600,
        weights: "600 700",
        local: &["Arial Bold", "Liberation Sans Bold", "Arimo Bold"],
        width: 0.885,
    },
];

/// How far all faces reach above and below the line, in parts of the size of the text.
const ASCENT: f64 = 1.133;
const DESCENT: f64 = 0.388;

/// Fetches the faces and writes them, the licence and the style sheet.
pub(crate) fn run() -> Result<(), String> {
    let pinned = root().join("xtask/fonts");
    install::npm_packages(&pinned)?;
    let package = pinned.join("node_modules/@fontsource/titillium-web");
    let manifest = package.join("package.json");
    let version = version(&read(&manifest)?).ok_or("the package does not say its version")?;
    let theme = root().join("themes/casa");
    let folder = theme.join("static/caratteri");
    fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
    let mut sum = 0;
    for face in &FACES {
        let bytes = copy(&package.join("files").join(face.source()), &folder.join(face.file()))?;
        println!("{:>6} bytes  {}", bytes, face.file());
        sum += bytes;
    }
    copy(&package.join("LICENSE"), &folder.join("OFL.txt"))?;
    let sheet = theme.join("styles/15-fonts.css");
    fs::write(&sheet, style_sheet(&version)).map_err(|error| failed(&sheet, &error))?;
    println!("{sum:>6} bytes  in {}, declared in {}", folder.display(), sheet.display());
    if sum > MOST {
        return Err(format!("the faces weigh more than {MOST} bytes"));
    }
    Ok(())
}

/// The part of the style sheet that declares the faces of this version of the package.
fn style_sheet(version: &str) -> String {
    let mut css = "\
/* Titillium Web, the typeface of Italian public sites, under the SIL Open Font License: see
   static/caratteri/OFL.txt. Written by `cargo xtask fonts`. A page on which a face comes late keeps Arial, made as
   wide and as high; the next page has the face. So nothing ever moves. */
"
    .to_owned();
    for face in &FACES {
        css.push_str(&face.declaration(version));
    }
    for face in &FACES {
        css.push_str(&face.stand_in());
    }
    css
}

impl Face {
    fn declaration(&self, version: &str) -> String {
        format!(
            "
@font-face {{
  font-family: \"Titillium Web\";
  font-style: normal;
  font-weight: {};
  font-display: optional;
  src: url(\"caratteri/{}?v={version}\") format(\"woff2\");
}}
",
            self.weights,
            self.file()
        )
    }

    fn stand_in(&self) -> String {
        let local: Vec<String> =
            self.local.iter().map(|name| format!("local(\"{name}\")")).collect();
        let percent = |part: f64| format!("{:.1}%", part * 100.0);
        format!(
            "
@font-face {{
  font-family: \"Titillium Web Fallback\";
  font-style: normal;
  font-weight: {};
  src: {};
  size-adjust: {};
  ascent-override: {};
  descent-override: {};
  line-gap-override: 0%;
}}
",
            self.weights,
            local.join(", "),
            percent(self.width),
            percent(ASCENT / self.width),
            percent(DESCENT / self.width)
        )
    }

    /// The file in the theme.
    fn file(&self) -> String {
        format!("titillium-web-{}.woff2", self.weight)
    }

    /// The file in the package: the letters of Western Europe, À to ÿ and the usual signs.
    fn source(&self) -> String {
        format!("titillium-web-latin-{}-normal.woff2", self.weight)
    }
}

/// The version that a `package.json` tells.
fn version(manifest: &str) -> Option<String> {
    let line = manifest.lines().find(|line| line.trim_start().starts_with("\"version\""))?;
    Some(line.split('"').nth(3)?.to_owned())
}

fn copy(from: &Path, to: &PathBuf) -> Result<u64, String> {
    fs::copy(from, to).map_err(|error| failed(from, &error))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_face_is_declared_with_one_that_stands_in_for_it() {
        let css = style_sheet("5.3.0");
        assert_eq!(css.matches("@font-face").count(), 4);
        assert_eq!(css.matches("font-display: optional;").count(), 2);
        let regular = "
@font-face {
  font-family: \"Titillium Web\";
  font-style: normal;
  font-weight: 400;
  font-display: optional;
  src: url(\"caratteri/titillium-web-400.woff2?v=5.3.0\") format(\"woff2\");
}
";
        assert!(css.contains(regular), "{css}");
        let bold = "
@font-face {
  font-family: \"Titillium Web Fallback\";
  font-style: normal;
  font-weight: 600 700;
  src: local(\"Arial Bold\"), local(\"Liberation Sans Bold\"), local(\"Arimo Bold\");
  size-adjust: 88.5%;
  ascent-override: 128.0%;
  descent-override: 43.8%;
  line-gap-override: 0%;
}
";
        assert!(css.contains(bold), "{css}");
    }

    #[test]
    fn addresses_start_at_the_style_sheet() {
        let css = style_sheet("1.0.0");
        for address in css.split("url(\"").skip(1) {
            assert!(address.starts_with("caratteri/"), "{address}");
        }
    }

    #[test]
    fn the_tokens_name_both_families() {
        let tokens = fs::read_to_string(root().join("themes/casa/styles/10-tokens.css"));
        let tokens = tokens.expect("the tokens of the theme");
        assert!(tokens.contains("--font: \"Titillium Web\", \"Titillium Web Fallback\","));
    }

    #[test]
    fn the_version_is_that_of_the_package() {
        let manifest =
            "{\n  \"name\": \"@fontsource/titillium-web\",\n  \"version\": \"5.3.0\",\n}";
        assert_eq!(version(manifest).as_deref(), Some("5.3.0"));
        assert_eq!(version("{}"), None);
    }
}
