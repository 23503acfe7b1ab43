//! The office files in which the pages of a type offer their text, as its schema declares them. What is
//! in such a file, and how it is written, is for `render/office`.

use crate::source::MapReader;

/// The files that the pages of a type offer; none without formats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Downloads {
    /// Their formats.
    pub formats: Vec<OfficeFormat>,
    /// The heading of the part of the text that they hold, where a page has such a heading.
    pub section: Option<String>,
}

/// A format that word processors open and save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfficeFormat {
    /// That of Word: Office Open XML, ISO/IEC 29500.
    Docx,
    /// That of LibreOffice: OpenDocument, ISO/IEC 26300.
    Odt,
}

impl OfficeFormat {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Docx, Self::Odt];

    /// What schemas call it, and the ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Odt => "odt",
        }
    }

    /// What readers call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Docx => "Word (.docx)",
            Self::Odt => "OpenDocument (.odt)",
        }
    }

    /// What programs call it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
        }
    }
}

/// Reads the key `downloads` of a schema: formats alone, or formats and a section.
pub(super) fn downloads(reader: &mut MapReader<'_>) -> Downloads {
    let Some(node) = reader.node("downloads") else { return Downloads::default() };
    if node.entries().is_none() {
        return Downloads { formats: formats(reader, "downloads"), section: None };
    }
    let read = |reader: &mut MapReader<'_>| {
        let given = reader.node("formats").map(|_| ());
        reader.required("formats", given);
        Downloads { formats: formats(reader, "formats"), section: reader.text("section") }
    };
    reader.inside("downloads", read).unwrap_or_default()
}

/// Each format once, however often it is written.
fn formats(reader: &mut MapReader<'_>, key: &'static str) -> Vec<OfficeFormat> {
    let names = OfficeFormat::ALL.map(|format| (format.ending(), format));
    let written = reader.choices(key, &names);
    OfficeFormat::ALL.into_iter().filter(|format| written.contains(format)).collect()
}
