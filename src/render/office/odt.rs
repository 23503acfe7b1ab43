//! Blocks as OpenDocument 1.2 (ISO/IEC 26300), the format of LibreOffice. It says the same as `docx`, with
//! the styles that LibreOffice has under these names. What never changes stands in files beside this one.

use std::sync::LazyLock;

use crate::base::archive::Archive;
use crate::base::deflate::Deflated;

use super::blocks::{Alignment, Block, Cell, Inline, List, Run, Table};
use super::xml::escaped;
use super::{Document, Parted, parted};

/// What the file is. It comes first and as it is, so that programs know the format by these bytes.
const MEDIA_TYPE: &str = crate::document::OfficeFormat::Odt.media_type();
const MANIFEST: &str = include_str!("odt/manifest.xml");
static STYLES: Parted = LazyLock::new(|| parted(include_str!("odt/styles.xml")));

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
     xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
     xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
     xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
     xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" \
     xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" \
     xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
     xmlns:xlink=\"http://www.w3.org/1999/xlink\" office:version=\"1.2\"";
/// Between the margins of the page, in hundredths of a centimetre.
const WIDTH: usize = 1700;
/// The looks of all cells.
const CELLS: &str = "<style:style style:name=\"Cell\" style:family=\"table-cell\"><style:table-cell-properties \
     fo:padding-left=\"0.19cm\" fo:padding-right=\"0.19cm\" fo:padding-top=\"0cm\" fo:padding-bottom=\"0cm\" \
     fo:border=\"0.5pt solid #5c6f82\"/></style:style>\n\
     <style:style style:name=\"HeadCell\" style:family=\"table-cell\"><style:table-cell-properties \
     fo:background-color=\"#e8edf2\" fo:padding-left=\"0.19cm\" fo:padding-right=\"0.19cm\" \
     fo:padding-top=\"0cm\" fo:padding-bottom=\"0cm\" fo:border=\"0.5pt solid #5c6f82\"/></style:style>\n\
     <style:style style:name=\"Row\" style:family=\"table-row\"><style:table-row-properties \
     fo:keep-together=\"always\"/></style:style>\n\
     <style:style style:name=\"Table\" style:family=\"table\"><style:table-properties style:width=\"17cm\" \
     table:align=\"margins\" fo:margin-top=\"0.15cm\" fo:margin-bottom=\"0.25cm\" \
     table:border-model=\"collapsing\"/></style:style>\n";

/// The bytes of `document`.
pub(super) fn file(document: &Document<'_>) -> Vec<u8> {
    let (language, country) = document.language;
    let country = if country.is_empty() { "none" } else { country };
    let [language, country] = [language, country].map(escaped);
    let language = format!("fo:language=\"{language}\" fo:country=\"{country}\"");
    let mut archive = Archive::new(document.updated);
    archive.store("mimetype", MEDIA_TYPE.as_bytes());
    archive.store("META-INF/manifest.xml", MANIFEST.as_bytes());
    archive.store("meta.xml", properties(document).as_bytes());
    let [before, after] = &*STYLES;
    archive.add("styles.xml", &[before, &Deflated::of(language.as_bytes()), after]);
    archive.add("content.xml", &[&Deflated::quickly(content(document).as_bytes())]);
    archive.finish()
}

fn properties(document: &Document<'_>) -> String {
    let mut xml = format!("{DECLARATION}<office:document-meta {NAMESPACES}><office:meta>\n");
    let day = document.updated.map(|date| format!("{}T00:00:00", date.first_day()));
    let day = day.as_deref().unwrap_or_default();
    let (language, country) = document.language;
    let tag = [language, country].join("-");
    let texts = [
        ("meta:generator", concat!("vasta/", env!("CARGO_PKG_VERSION"))),
        ("dc:title", document.title),
        ("dc:description", document.description),
        ("meta:initial-creator", document.author),
        ("dc:creator", document.author),
        ("meta:creation-date", day),
        ("dc:date", day),
        ("dc:language", tag.trim_end_matches('-')),
    ];
    for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        xml.push_str(&format!("<{name}>{}</{name}>\n", escaped(text)));
    }
    xml + "</office:meta></office:document-meta>\n"
}

fn content(document: &Document<'_>) -> String {
    let mut writer = Writer { notes: &document.text.notes, ..Writer::default() };
    let title = Run { text: document.title.to_owned(), ..Run::default() };
    writer.paragraph(&[Inline::Run(title)], "Title");
    writer.blocks(&document.text.blocks, TEXT);
    writer.paragraph(&document.origin, "Origin");
    let Writer { xml, columns, .. } = writer;
    format!(
        "{DECLARATION}<office:document-content {NAMESPACES}>\n<office:automatic-styles>\n{CELLS}{columns}\
         </office:automatic-styles>\n<office:body><office:text>\n{xml}</office:text></office:body>\n\
         </office:document-content>\n"
    )
}

/// How paragraphs look that are in no list, table or quote.
const TEXT: &str = "Text_20_body";

/// Writes the text, with each footnote where the text first refers to it.
#[derive(Default)]
struct Writer<'a> {
    xml: String,
    /// The widths of the columns of all tables, as styles.
    columns: String,
    n_tables: usize,
    notes: &'a [Vec<Block>],
    /// How many footnotes the text has referred to.
    n_notes: usize,
}

impl Writer<'_> {
    fn write(&mut self, xml: &str) {
        self.xml.push_str(xml);
    }

    fn blocks(&mut self, blocks: &[Block], style: &'static str) {
        for block in blocks {
            match block {
                Block::Heading(level, line) => self.heading(*level, line),
                Block::Paragraph(line) => self.paragraph(line, style),
                Block::List(list) => self.list(list, style),
                Block::Table(table) => self.table(table),
                Block::Quote(inner) => self.blocks(inner, "Quotations"),
                Block::Code(code) => self.code(code),
                Block::Rule => self.paragraph(&[], "Horizontal_20_Line"),
            }
        }
    }

    fn heading(&mut self, level: usize, line: &[Inline]) {
        let level = level.clamp(1, 6);
        self.write(&format!(
            "<text:h text:style-name=\"Heading_20_{level}\" text:outline-level=\"{level}\">"
        ));
        self.line(line);
        self.write("</text:h>\n");
    }

    fn paragraph(&mut self, line: &[Inline], style: &str) {
        self.write(&format!("<text:p text:style-name=\"{style}\">"));
        self.line(line);
        self.write("</text:p>\n");
    }

    fn list(&mut self, list: &List, style: &'static str) {
        let signs = if list.first.is_some() { "Numbers" } else { "Bullets" };
        let inside = if style == TEXT { "List_20_Paragraph" } else { style };
        self.write(&format!("<text:list text:style-name=\"{signs}\">\n"));
        for (number, item) in list.items.iter().enumerate() {
            match list.first.filter(|first| number == 0 && *first != 1) {
                Some(first) => {
                    self.write(&format!("<text:list-item text:start-value=\"{first}\">\n"));
                }
                None => self.write("<text:list-item>\n"),
            }
            self.blocks(item, inside);
            self.write("</text:list-item>\n");
        }
        self.write("</text:list>\n");
    }

    fn table(&mut self, table: &Table) {
        self.n_tables += 1;
        let name = format!("Table{}", self.n_tables);
        self.write(&format!("<table:table table:name=\"{name}\" table:style-name=\"Table\">\n"));
        for (number, width) in table.widths().iter().enumerate() {
            let (style, width) = (format!("{name}.{}", number + 1), width * WIDTH / 1000);
            self.columns.push_str(&format!(
                "<style:style style:name=\"{style}\" style:family=\"table-column\"><style:table-column-properties \
                 style:column-width=\"{}.{:02}cm\" style:rel-column-width=\"{width}*\"/></style:style>\n",
                width / 100,
                width % 100
            ));
            self.write(&format!("<table:table-column table:style-name=\"{style}\"/>\n"));
        }
        if !table.head.is_empty() {
            self.write("<table:table-header-rows>\n");
            table.head.iter().for_each(|row| self.row(row, "HeadCell"));
            self.write("</table:table-header-rows>\n");
        }
        table.rows.iter().for_each(|row| self.row(row, "Cell"));
        self.write("</table:table>\n");
    }

    fn row(&mut self, row: &[Cell], look: &str) {
        self.write("<table:table-row table:style-name=\"Row\">\n");
        for cell in row {
            self.write(&format!(
                "<table:table-cell table:style-name=\"{look}\" office:value-type=\"string\">\n"
            ));
            let style = paragraphs_of(cell);
            self.blocks(&cell.blocks, style);
            if cell.blocks.is_empty() {
                self.paragraph(&[], style);
            }
            self.write("</table:table-cell>\n");
        }
        self.write("</table:table-row>\n");
    }

    fn code(&mut self, code: &str) {
        let mut line = Vec::new();
        for (number, text) in code.lines().enumerate() {
            line.extend((number > 0).then_some(Inline::Break));
            line.push(Inline::Run(Run { text: text.to_owned(), ..Run::default() }));
        }
        self.paragraph(&line, "Preformatted_20_Text");
    }

    fn line(&mut self, line: &[Inline]) {
        let mut is_start = true;
        for inline in line {
            match inline {
                Inline::Run(run) => self.run(run, is_start),
                Inline::Break => self.write("<text:line-break/>"),
                Inline::Note(number) => self.note(*number),
            }
            is_start = matches!(inline, Inline::Break);
        }
    }

    fn run(&mut self, run: &Run, is_start: bool) {
        let looks = [
            (run.look.is_bold, "Strong_20_Emphasis"),
            (run.look.is_italic, "Emphasis"),
            (run.look.is_code, "Source_20_Text"),
            (run.look.is_struck, "Struck"),
            (run.look.is_raised, "Raised"),
            (run.look.is_lowered, "Lowered"),
        ];
        let mut words = spaced(&run.text, is_start);
        for (_, style) in looks.into_iter().filter(|(is_so, _)| *is_so) {
            words = format!("<text:span text:style-name=\"{style}\">{words}</text:span>");
        }
        if let Some(address) = &run.address {
            words = format!(
                "<text:a xlink:type=\"simple\" xlink:href=\"{}\" text:style-name=\"Internet_20_link\">{words}</text:a>",
                escaped(address)
            );
        }
        self.write(&words);
    }

    /// A footnote where the text first refers to it, later a reference that shows its number.
    fn note(&mut self, number: usize) {
        if number <= self.n_notes {
            return self.write(&format!(
                "<text:span text:style-name=\"Raised\"><text:note-ref text:note-class=\"footnote\" \
                 text:reference-format=\"text\" text:ref-name=\"nota_{number}\">{number}</text:note-ref></text:span>"
            ));
        }
        self.n_notes = number;
        self.write(&format!(
            "<text:note text:id=\"nota_{number}\" text:note-class=\"footnote\">\
             <text:note-citation>{number}</text:note-citation><text:note-body>\n"
        ));
        let notes = self.notes;
        self.blocks(&notes[number - 1], "Footnote");
        self.write("</text:note-body></text:note>");
    }
}

fn paragraphs_of(cell: &Cell) -> &'static str {
    match (cell.is_heading, cell.alignment) {
        (false, Alignment::Start) => "Table_20_Contents",
        (false, Alignment::Center) => "Table_20_Contents_20_center",
        (false, Alignment::End) => "Table_20_Contents_20_end",
        (true, Alignment::Start) => "Table_20_Heading",
        (true, Alignment::Center) => "Table_20_Heading_20_center",
        (true, Alignment::End) => "Table_20_Heading_20_end",
    }
}

/// `text`, in which the blanks that readers of XML would join, or lose at the start of a line, are
/// elements.
fn spaced(text: &str, is_start: bool) -> String {
    let mut xml = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(length) = rest.find([' ', '\t']) {
        xml.push_str(&escaped(&rest[..length]));
        rest = &rest[length..];
        let n_blanks = rest.len() - rest.trim_start_matches(' ').len();
        match n_blanks {
            0 => xml.push_str("<text:tab/>"),
            1 if !(is_start && xml.is_empty()) => xml.push(' '),
            _ => xml.push_str(&format!("<text:s text:c=\"{n_blanks}\"/>")),
        }
        rest = &rest[n_blanks.max(1)..];
    }
    xml + &escaped(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_kept() {
        assert_eq!(spaced("a b  c", true), "a b<text:s text:c=\"2\"/>c");
        assert_eq!(spaced("  a\tb ", true), "<text:s text:c=\"2\"/>a<text:tab/>b ");
        assert_eq!(spaced(" a", true), "<text:s text:c=\"1\"/>a");
        assert_eq!(spaced(" a", false), " a");
    }
}
