//! Blocks as Office Open XML (ISO/IEC 29500, transitional), the format of Word. Headings, quotes and tables
//! are styles, lists are numbered by the word processor, and footnotes are footnotes, so all of it can be
//! edited. What never changes stands in files beside this one.

use std::sync::LazyLock;

use crate::base::archive::Archive;
use crate::base::deflate::Deflated;

use super::blocks::{Alignment, Block, Cell, Inline, List, Look, Run, Table};
use super::xml::escaped;
use super::{Document, Parted, parted};

const TYPES: &str = include_str!("docx/types.xml");
const PACKAGE: &str = include_str!("docx/package.xml");
static STYLES: Parted = LazyLock::new(|| parted(include_str!("docx/styles.xml")));
const SETTINGS: &str = include_str!("docx/settings.xml");

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// A4 with margins of 2 cm, in twentieths of a point.
const PAGE: &str = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" \
     w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>";
/// Between these margins.
const WIDTH: usize = 9638;
/// How far each level of a list is moved in.
const INDENT: usize = 425;
/// Word knows nine levels of lists.
const N_LEVELS: usize = 9;

/// The bytes of `document`.
pub(super) fn file(document: &Document<'_>) -> Vec<u8> {
    let (language, country) = document.language;
    let tag =
        if country.is_empty() { language.to_owned() } else { format!("{language}-{country}") };
    let mut writer = Writer::default();
    let text = writer.document(document);
    let notes = writer.notes(&document.text.notes);
    let numbering = numbering(&writer.lists);
    let needed = text.relationships(&["styles", "numbering", "footnotes", "settings"]);
    let mut archive = Archive::new(document.updated);
    // Small parts are not worth their compression.
    archive.store("[Content_Types].xml", TYPES.as_bytes());
    archive.store("_rels/.rels", PACKAGE.as_bytes());
    archive.store("docProps/core.xml", properties(document, &tag).as_bytes());
    archive.add("word/document.xml", &[&Deflated::quickly(text.xml.as_bytes())]);
    archive.store("word/_rels/document.xml.rels", needed.as_bytes());
    archive.add("word/footnotes.xml", &[&Deflated::quickly(notes.xml.as_bytes())]);
    archive.store("word/_rels/footnotes.xml.rels", notes.relationships(&[]).as_bytes());
    archive.add("word/numbering.xml", &[&Deflated::quickly(numbering.as_bytes())]);
    let [before, after] = &*STYLES;
    archive.add("word/styles.xml", &[before, &Deflated::of(escaped(&tag).as_bytes()), after]);
    archive.store("word/settings.xml", SETTINGS.as_bytes());
    archive.finish()
}

fn properties(document: &Document<'_>, language: &str) -> String {
    let mut xml = format!(
        "{DECLARATION}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n"
    );
    let texts = [
        ("title", document.title),
        ("description", document.description),
        ("creator", document.author),
        ("language", language),
    ];
    for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        xml.push_str(&format!("<dc:{name}>{}</dc:{name}>\n", escaped(text)));
    }
    for name in ["created", "modified"] {
        let Some(day) = document.updated.map(|date| date.first_day()) else { continue };
        let day = format!("{day}T00:00:00Z");
        xml.push_str(&format!(
            "<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:{name}>\n"
        ));
    }
    xml + "</cp:coreProperties>\n"
}

/// Two kinds of lists, and one list of such a kind for each of `lists`: the number of its first item, none
/// without numbers.
fn numbering(lists: &[Option<usize>]) -> String {
    let mut xml = format!("{DECLARATION}<w:numbering {NAMESPACES}>\n");
    for (kind, format) in ["bullet", "decimal"].into_iter().enumerate() {
        xml.push_str(&format!(
            "<w:abstractNum w:abstractNumId=\"{kind}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>\n"
        ));
        for level in 0..N_LEVELS {
            let label = match (format, level % 2) {
                ("decimal", _) => format!("%{}.", level + 1),
                (_, 0) => "•".to_owned(),
                _ => "–".to_owned(),
            };
            let left = INDENT * (level + 1);
            xml.push_str(&format!(
                "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>\
                 <w:lvlText w:val=\"{label}\"/><w:lvlJc w:val=\"left\"/>\
                 <w:pPr><w:ind w:left=\"{left}\" w:hanging=\"{INDENT}\"/></w:pPr></w:lvl>\n"
            ));
        }
        xml.push_str("</w:abstractNum>\n");
    }
    for (number, first) in lists.iter().enumerate() {
        let number = number + 1;
        let kind = usize::from(first.is_some());
        xml.push_str(&format!("<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{kind}\"/>"));
        for level in 0..first.map_or(0, |_| N_LEVELS) {
            let first = first.unwrap_or(1);
            xml.push_str(&format!(
                "<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{first}\"/></w:lvlOverride>"
            ));
        }
        xml.push_str("</w:num>\n");
    }
    xml + "</w:numbering>\n"
}

/// A part of the file, and the addresses to which its links lead.
#[derive(Debug, Default)]
struct Part {
    xml: String,
    links: Vec<String>,
}

impl Part {
    /// What the part needs of others: the `parts` called so, and the addresses of its links.
    fn relationships(&self, parts: &[&str]) -> String {
        let mut xml = format!(
            "{DECLARATION}<Relationships \
             xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\n"
        );
        for name in parts {
            xml.push_str(&format!(
                "<Relationship Id=\"{name}\" Type=\"{RELATIONSHIPS}/{name}\" Target=\"{name}.xml\"/>\n"
            ));
        }
        for (number, link) in self.links.iter().enumerate() {
            xml.push_str(&format!(
                "<Relationship Id=\"link{number}\" Type=\"{RELATIONSHIPS}/hyperlink\" Target=\"{}\" \
                 TargetMode=\"External\"/>\n",
                escaped(link)
            ));
        }
        xml + "</Relationships>\n"
    }
}

/// How the paragraphs of a place look.
#[derive(Clone, Copy)]
struct Place {
    style: &'static str,
    /// How many lists lie around it.
    depth: usize,
    alignment: Alignment,
}

impl Place {
    const TEXT: Self = Self::of("Normal");

    const fn of(style: &'static str) -> Self {
        Self { style, depth: 0, alignment: Alignment::Start }
    }
}

/// What stands before the words of the first paragraph of a place.
#[derive(Clone, Copy)]
enum Mark {
    Nothing,
    /// The sign of an item, by the number of its list.
    Item(usize),
    /// The number of the footnote.
    Note,
}

/// Writes one part after the other.
#[derive(Debug, Default)]
struct Writer {
    part: Part,
    /// The lists so far, by the number of their first item.
    lists: Vec<Option<usize>>,
    /// How many footnotes the text has referred to.
    n_notes: usize,
}

impl Writer {
    fn document(&mut self, document: &Document<'_>) -> Part {
        self.write(&format!("{DECLARATION}<w:document {NAMESPACES}><w:body>\n"));
        let run = Run { text: document.title.to_owned(), ..Run::default() };
        self.paragraph(&[Inline::Run(run)], Place::of("Title"), Mark::Nothing);
        self.blocks(&document.text.blocks, Place::TEXT, Mark::Nothing);
        self.paragraph(&document.origin, Place::of("Origin"), Mark::Nothing);
        self.write(PAGE);
        self.write("</w:body></w:document>\n");
        std::mem::take(&mut self.part)
    }

    /// The footnotes, after the two lines that stand above footnotes.
    fn notes(&mut self, notes: &[Vec<Block>]) -> Part {
        self.write(&format!("{DECLARATION}<w:footnotes {NAMESPACES}>\n"));
        for (number, kind) in [(-1, "separator"), (0, "continuationSeparator")] {
            self.write(&format!(
                "<w:footnote w:type=\"{kind}\" w:id=\"{number}\"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>\n"
            ));
        }
        for (place, note) in notes.iter().enumerate() {
            self.write(&format!("<w:footnote w:id=\"{}\">\n", place + 1));
            self.blocks(note, Place::of("FootnoteText"), Mark::Note);
            self.write("</w:footnote>\n");
        }
        self.write("</w:footnotes>\n");
        std::mem::take(&mut self.part)
    }

    fn write(&mut self, xml: &str) {
        self.part.xml.push_str(xml);
    }

    /// The blocks of one place, with `mark` before the first, whatever that is.
    fn blocks(&mut self, blocks: &[Block], place: Place, mut mark: Mark) {
        if !matches!(mark, Mark::Nothing) && !matches!(blocks.first(), Some(Block::Paragraph(_))) {
            self.paragraph(&[], place, std::mem::replace(&mut mark, Mark::Nothing));
        }
        for (number, block) in blocks.iter().enumerate() {
            match block {
                Block::Heading(level, line) => {
                    let style = HEADINGS[level.clamp(&1, &HEADINGS.len()) - 1];
                    self.paragraph(line, Place { style, ..place }, Mark::Nothing);
                }
                Block::Paragraph(line) => {
                    self.paragraph(line, place, std::mem::replace(&mut mark, Mark::Nothing));
                }
                Block::List(list) => self.list(list, place),
                Block::Table(table) => {
                    self.table(table);
                    // Two tables would be one, and no cell may end with one.
                    if matches!(blocks.get(number + 1), None | Some(Block::Table(_))) {
                        self.paragraph(&[], place, Mark::Nothing);
                    }
                }
                Block::Quote(inner) => {
                    self.blocks(inner, Place { style: "Quote", ..place }, Mark::Nothing);
                }
                Block::Code(code) => self.code(code, place),
                Block::Rule => {
                    self.paragraph(&[], Place { style: "HorizontalLine", ..place }, Mark::Nothing);
                }
            }
        }
    }

    fn list(&mut self, list: &List, place: Place) {
        self.lists.push(list.first);
        let number = self.lists.len();
        let style = if place.style == "Normal" { "ListParagraph" } else { place.style };
        let inside = Place { style, depth: place.depth + 1, ..place };
        for item in &list.items {
            self.blocks(item, inside, Mark::Item(number));
        }
    }

    fn table(&mut self, table: &Table) {
        let widths: Vec<usize> = table.widths().iter().map(|width| width * WIDTH / 1000).collect();
        self.write(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/>\
             <w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" \
             w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr>\n<w:tblGrid>",
        );
        for width in &widths {
            self.write(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.write("</w:tblGrid>\n");
        for row in &table.head {
            self.row(row, &widths, true);
        }
        for row in &table.rows {
            self.row(row, &widths, false);
        }
        self.write("</w:tbl>\n");
    }

    fn row(&mut self, row: &[Cell], widths: &[usize], is_head: bool) {
        let repeated = if is_head { "<w:tblHeader/>" } else { "" };
        let shade = if is_head {
            "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E8EDF2\"/>"
        } else {
            ""
        };
        self.write(&format!("<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>\n"));
        for (cell, width) in row.iter().zip(widths) {
            self.write(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{shade}</w:tcPr>\n"
            ));
            let style = if cell.is_heading { "TableHeading" } else { "TableContents" };
            let place = Place { style, depth: 0, alignment: cell.alignment };
            self.blocks(&cell.blocks, place, Mark::Nothing);
            if cell.blocks.is_empty() {
                self.paragraph(&[], place, Mark::Nothing);
            }
            self.write("</w:tc>\n");
        }
        self.write("</w:tr>\n");
    }

    fn code(&mut self, code: &str, place: Place) {
        let mut line = Vec::new();
        for (number, text) in code.lines().enumerate() {
            line.extend((number > 0).then_some(Inline::Break));
            line.push(Inline::Run(Run { text: text.to_owned(), ..Run::default() }));
        }
        self.paragraph(&line, Place { style: "HTMLPreformatted", ..place }, Mark::Nothing);
    }

    fn paragraph(&mut self, line: &[Inline], place: Place, mark: Mark) {
        self.write(&format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/>", place.style));
        if let Some(level) = place.depth.checked_sub(1).map(|level| level.min(N_LEVELS - 1)) {
            let indent = INDENT * (level + 1);
            match mark {
                Mark::Item(number) => self.write(&format!(
                    "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>"
                )),
                _ => self.write(&format!("<w:ind w:left=\"{indent}\"/>")),
            }
        }
        match place.alignment {
            Alignment::Start => {}
            Alignment::Center => self.write("<w:jc w:val=\"center\"/>"),
            Alignment::End => self.write("<w:jc w:val=\"right\"/>"),
        }
        self.write("</w:pPr>");
        if let Mark::Note = mark {
            self.write(&format!("<w:r>{NOTE_LOOK}<w:footnoteRef/></w:r><w:r>{}</w:r>", text(" ")));
        }
        for inline in line {
            match inline {
                Inline::Run(run) => self.run(run),
                Inline::Break => self.write("<w:r><w:br/></w:r>"),
                Inline::Note(number) => self.note(*number),
            }
        }
        self.write("</w:p>\n");
    }

    fn run(&mut self, run: &Run) {
        let words = text(&run.text);
        let Some(address) = &run.address else {
            return self.write(&format!("<w:r>{}{words}</w:r>", look(run.look, "")));
        };
        let number = self.part.links.len();
        self.part.links.push(address.clone());
        let look = look(run.look, "<w:rStyle w:val=\"Hyperlink\"/>");
        self.write(&format!(
            "<w:hyperlink r:id=\"link{number}\"><w:r>{look}{words}</w:r></w:hyperlink>"
        ));
    }

    /// A footnote where the text first refers to it, later a field that shows its number.
    fn note(&mut self, number: usize) {
        if number > self.n_notes {
            self.n_notes = number;
            return self.write(&format!(
                "<w:bookmarkStart w:id=\"{number}\" w:name=\"nota_{number}\"/>\
                 <w:r>{NOTE_LOOK}<w:footnoteReference w:id=\"{number}\"/></w:r>\
                 <w:bookmarkEnd w:id=\"{number}\"/>"
            ));
        }
        let step =
            |step: &str| format!("<w:r>{NOTE_LOOK}<w:fldChar w:fldCharType=\"{step}\"/></w:r>");
        self.write(&step("begin"));
        self.write(&format!(
            "<w:r>{NOTE_LOOK}<w:instrText xml:space=\"preserve\"> NOTEREF nota_{number} \\f \\h </w:instrText></w:r>"
        ));
        self.write(&step("separate"));
        self.write(&format!("<w:r>{NOTE_LOOK}<w:t>{number}</w:t></w:r>"));
        self.write(&step("end"));
    }
}

const HEADINGS: [&str; 6] =
    ["Heading1", "Heading2", "Heading3", "Heading4", "Heading5", "Heading6"];
const NOTE_LOOK: &str = "<w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>";

fn text(words: &str) -> String {
    format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(words))
}

/// The properties of a run, in the order that the format asks for, after those of its `style`.
fn look(look: Look, style: &str) -> String {
    const CODE: &str =
        "<w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" w:cs=\"Courier New\"/>";
    let parts = [
        (look.is_code, CODE),
        (look.is_bold, "<w:b/><w:bCs/>"),
        (look.is_italic, "<w:i/><w:iCs/>"),
        (look.is_struck, "<w:strike/>"),
        (look.is_raised, "<w:vertAlign w:val=\"superscript\"/>"),
        (look.is_lowered && !look.is_raised, "<w:vertAlign w:val=\"subscript\"/>"),
    ];
    let parts: String =
        parts.into_iter().filter(|(is_so, _)| *is_so).map(|(_, part)| part).collect();
    match (style, parts.as_str()) {
        ("", "") => String::new(),
        _ => format!("<w:rPr>{style}{parts}</w:rPr>"),
    }
}
