//! The finished HTML of a page as blocks that a word processor knows: headings, paragraphs, lists, tables,
//! quotes, code, and footnotes where the text refers to them. Of the HTML it knows what our Markdown
//! makes; what else an editor wrote gives its words. Drawings and buttons are left out.

use crate::base::html::{self, Tag, unescape};
use crate::base::text::slug;

/// A text with its footnotes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// What it says.
    pub blocks: Vec<Block>,
    /// The footnotes in the order in which the text first refers to them; no note refers to another.
    pub notes: Vec<Vec<Block>>,
}

/// One block of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of a level from 1.
    Heading(usize, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List(List),
    /// A table.
    Table(Table),
    /// A quote, or a box that stands out of the text.
    Quote(Vec<Self>),
    /// Text that keeps its blanks and lines.
    Code(String),
    /// A line between two parts of the text.
    Rule,
}

/// A list. No item holds a table, at whatever depth: OpenDocument has no place for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The number of the first item; none when items have no numbers.
    pub first: Option<usize>,
    /// What each item holds.
    pub items: Vec<Vec<Block>>,
}

/// A table whose rows all have the same number of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The rows that are repeated on every page.
    pub head: Vec<Vec<Cell>>,
    /// The other rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Whether it says what a row or column is about.
    pub is_heading: bool,
    /// Where its text stands.
    pub alignment: Alignment,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// Where the text of a cell stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// At the side where lines begin.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// At the side where lines end.
    End,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words that look alike.
    Run(Run),
    /// The end of a line inside a paragraph.
    Break,
    /// A reference to a footnote, by its number from 1.
    Note(usize),
}

/// Words that look alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// How they look.
    pub look: Look,
    /// The full address to which they lead.
    pub address: Option<String>,
}

/// How words look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Heavier than others.
    pub is_bold: bool,
    /// Slanted.
    pub is_italic: bool,
    /// Of a typeface whose letters are all as wide.
    pub is_code: bool,
    /// With a line through them.
    pub is_struck: bool,
    /// Small and above the line.
    pub is_raised: bool,
    /// Small and below the line.
    pub is_lowered: bool,
}

/// Reads the text `html` with its footnotes, `notes`. Of each link `address` says where it leads outside
/// the site, if anywhere.
pub fn read(html: &str, notes: &str, address: &dyn Fn(&str) -> Option<String>) -> Text {
    let blocks = Reader::new(html, address).blocks("");
    let mut text = Text { blocks, notes: Reader::new(notes, address).notes() };
    text.number_notes();
    text
}

impl Text {
    /// The part below the heading `title`, up to the next that is not below it; all of it when there is
    /// no such heading. The largest headings are then of first level.
    #[must_use]
    pub fn section(mut self, title: Option<&str>) -> Self {
        if let Some(title) = title.map(slug) {
            let found = self.blocks.iter().enumerate().find_map(|(place, block)| match block {
                Block::Heading(level, line) if slug(&plain(line)) == title => Some((place, *level)),
                _ => None,
            });
            if let Some((place, level)) = found {
                let mut below = self.blocks.split_off(place + 1);
                let ends =
                    |block: &Block| matches!(block, Block::Heading(next, _) if *next <= level);
                below.truncate(below.iter().position(ends).unwrap_or(below.len()));
                self.blocks = below;
            }
        }
        self.raise_headings();
        self.number_notes();
        self
    }

    fn raise_headings(&mut self) {
        let level = |block: &Block| match block {
            Block::Heading(level, _) => Some(*level),
            _ => None,
        };
        let Some(largest) = self.blocks.iter().filter_map(level).min() else { return };
        for block in &mut self.blocks {
            if let Block::Heading(level, _) = block {
                *level = *level + 1 - largest;
            }
        }
    }

    /// Numbers the footnotes in the order of the text, and forgets those to which nothing refers.
    fn number_notes(&mut self) {
        let mut order: Vec<usize> = Vec::new();
        let n_notes = self.notes.len();
        each_line(&mut self.blocks, &mut |line| {
            line.retain(|inline| !matches!(inline, Inline::Note(number) if *number > n_notes));
            for inline in line {
                let Inline::Note(number) = inline else { continue };
                let place = order.iter().position(|known| known == number);
                *number = 1 + place.unwrap_or_else(|| {
                    order.push(*number);
                    order.len() - 1
                });
            }
        });
        let mut notes = std::mem::take(&mut self.notes);
        self.notes = order.iter().map(|number| std::mem::take(&mut notes[number - 1])).collect();
    }
}

impl Table {
    /// All rows.
    pub fn all(&self) -> impl Iterator<Item = &Vec<Cell>> {
        self.head.iter().chain(&self.rows)
    }

    /// How wide each column is, in thousandths: by the length of what is written in it, so that no column
    /// is too narrow for its longest word.
    pub fn widths(&self) -> Vec<usize> {
        /// Longer texts are read over several lines.
        const LONG: usize = 50;
        /// Room beside the words.
        const MARGIN: usize = 3;
        let n_columns = self.all().map(Vec::len).max().unwrap_or(0);
        let mut letters = vec![MARGIN; n_columns];
        for row in self.all() {
            for (column, cell) in row.iter().enumerate() {
                let text = text_of(&cell.blocks);
                let longest_word = text.split_whitespace().map(|word| word.chars().count()).max();
                let length = text.chars().count().min(LONG).max(longest_word.unwrap_or(0));
                letters[column] = letters[column].max(length + MARGIN);
            }
        }
        let all: usize = letters.iter().sum();
        let mut widths: Vec<usize> = letters.iter().map(|n| n * 1000 / all.max(1)).collect();
        let lost = 1000 - widths.iter().sum::<usize>();
        if let Some(last) = widths.last_mut() {
            *last += lost;
        }
        widths
    }

    /// Gives every row as many cells as the longest has.
    fn complete(&mut self) {
        let n_columns = self.all().map(Vec::len).max().unwrap_or(0);
        let rows = self.head.iter_mut().chain(&mut self.rows);
        rows.for_each(|row| row.resize_with(n_columns, Cell::default));
    }
}

/// The words of a line.
pub fn plain(line: &[Inline]) -> String {
    let words = line.iter().map(|inline| match inline {
        Inline::Run(run) => run.text.as_str(),
        Inline::Break => " ",
        Inline::Note(_) => "",
    });
    words.collect()
}

fn text_of(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Heading(_, line) | Block::Paragraph(line) => text.push_str(&plain(line)),
            Block::List(list) => list.items.iter().for_each(|item| text.push_str(&text_of(item))),
            Block::Quote(inner) => text.push_str(&text_of(inner)),
            Block::Code(code) => text.push_str(code),
            Block::Table(_) | Block::Rule => {}
        }
        text.push(' ');
    }
    text.trim_end().to_owned()
}

/// Does something with each line of `blocks`, in the order in which they are read.
fn each_line(blocks: &mut [Block], change: &mut impl FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match block {
            Block::Heading(_, line) | Block::Paragraph(line) => change(line),
            Block::List(list) => list.items.iter_mut().for_each(|item| each_line(item, change)),
            Block::Table(table) => {
                let cells = table.head.iter_mut().chain(&mut table.rows).flatten();
                cells.for_each(|cell| each_line(&mut cell.blocks, change));
            }
            Block::Quote(inner) => each_line(inner, change),
            Block::Code(_) | Block::Rule => {}
        }
    }
}

fn embolden(blocks: &mut [Block]) {
    each_line(blocks, &mut |line| {
        for inline in line {
            if let Inline::Run(run) = inline {
                run.look.is_bold = true;
            }
        }
    });
}

/// Goes through HTML from tag to tag.
struct Reader<'h> {
    parts: std::vec::IntoIter<(&'h str, Option<Tag<'h>>)>,
    address: &'h dyn Fn(&str) -> Option<String>,
    look: Look,
    /// Where the link that is open leads.
    link: Option<String>,
}

impl<'h> Reader<'h> {
    fn new(html: &'h str, address: &'h dyn Fn(&str) -> Option<String>) -> Self {
        let parts = html::parts(html).collect::<Vec<_>>().into_iter();
        Self { parts, address, look: Look::default(), link: None }
    }

    /// The blocks up to the end of the element `until`, which is open.
    fn blocks(&mut self, until: &str) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut line = Line::default();
        while let Some((text, tag)) = self.parts.next() {
            line.push(&unescape(text), self.look, self.link.as_deref());
            let Some(tag) = tag else { break };
            if tag.is_end() && tag.name() == until {
                break;
            }
            if self.inline(tag, &mut line) {
                continue;
            }
            blocks.extend(line.take());
            if !tag.is_end() {
                self.block(tag, &mut blocks);
            }
        }
        blocks.extend(line.take());
        blocks
    }

    /// Goes on after the tag of an element that is part of a line; says whether `tag` is one.
    fn inline(&mut self, tag: Tag<'h>, line: &mut Line) -> bool {
        let starts = !tag.is_end();
        match tag.name() {
            "strong" | "b" => self.look.is_bold = starts,
            "em" | "i" | "cite" | "dfn" | "var" => self.look.is_italic = starts,
            "code" | "kbd" | "samp" => self.look.is_code = starts,
            "del" | "s" => self.look.is_struck = starts,
            "sup" if tag.has_class("footnote-reference") => line.note(self.note_number()),
            "sup" => self.look.is_raised = starts,
            "sub" => self.look.is_lowered = starts,
            "a" if tag.has_class("footnote-back") => self.skip("a"),
            // The site explains the word; whoever adapts the text needs no link at it.
            "a" if tag.has_class("termine") => {}
            "a" => self.link = tag.attribute("href").and_then(|to| (self.address)(&unescape(to))),
            "br" => line.end(),
            "img" => {
                let look = Look { is_italic: true, ..self.look };
                line.push(&unescape(tag.attribute("alt").unwrap_or_default()), look, None);
            }
            "input" => {
                let sign = if tag.has_attribute("checked") { "☑ " } else { "☐ " };
                line.push(sign, self.look, None);
            }
            name @ ("svg" | "button" | "summary") if starts => self.skip(name),
            "" | "span" | "abbr" | "mark" | "small" | "time" | "ins" | "u" | "q" | "bdi"
            | "bdo" | "wbr" => {}
            _ => return false,
        }
        true
    }

    /// Reads the element that `tag` opens.
    fn block(&mut self, tag: Tag<'h>, blocks: &mut Vec<Block>) {
        match tag.name() {
            name @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
                let level = usize::from(name.as_bytes()[1] - b'0');
                blocks.push(Block::Heading(level, self.line(name)));
            }
            "p" if tag.has_class("grafico-dati") => self.skip("p"),
            "p" if tag.has_class("callout-title") || tag.has_class("grafico-titolo") => {
                blocks.extend(self.bold_blocks("p"));
            }
            "dt" => blocks.extend(self.bold_blocks("dt")),
            "ul" if tag.has_class("grafico-legenda") => self.skip("ul"),
            name @ ("ul" | "ol") => self.list(name, tag, blocks),
            "table" => self.table(blocks),
            "blockquote" => blocks.push(Block::Quote(self.blocks("blockquote"))),
            "div" if tag.has_class("callout") => blocks.push(Block::Quote(self.blocks("div"))),
            "div" => blocks.extend(self.blocks("div")),
            "pre" => blocks.push(Block::Code(self.code())),
            "hr" => blocks.push(Block::Rule),
            // What is inside stands there as it would without.
            _ => {}
        }
    }

    /// What is up to the end of the element `until`, in one line.
    fn line(&mut self, until: &str) -> Vec<Inline> {
        let mut line = Vec::new();
        for block in self.blocks(until) {
            if let Block::Paragraph(inlines) = block {
                if !line.is_empty() {
                    line.push(Inline::Break);
                }
                line.extend(inlines);
            }
        }
        line
    }

    fn bold_blocks(&mut self, until: &str) -> Vec<Block> {
        let mut blocks = self.blocks(until);
        embolden(&mut blocks);
        blocks
    }

    /// A list; where an item holds a table, it ends before that and goes on after the item.
    fn list(&mut self, name: &str, tag: Tag<'h>, blocks: &mut Vec<Block>) {
        let start = tag.attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
        let mut first = (name == "ol").then_some(start);
        let mut items: Vec<Vec<Block>> = Vec::new();
        while let Some((_, tag)) = self.parts.next() {
            let Some(tag) = tag else { break };
            if tag.is_end() && tag.name() == name {
                break;
            }
            if tag.is_end() || tag.name() != "li" {
                continue;
            }
            let mut item = self.blocks("li");
            let table = item.iter().position(|block| matches!(block, Block::Table(_)));
            let outside = table.map(|place| item.split_off(place));
            items.push(item);
            if let Some(outside) = outside {
                let next = first.map(|first| first + items.len());
                blocks.push(Block::List(List { first, items: std::mem::take(&mut items) }));
                blocks.extend(outside);
                first = next;
            }
        }
        if !items.is_empty() {
            blocks.push(Block::List(List { first, items }));
        }
    }

    /// A table, after its caption.
    fn table(&mut self, blocks: &mut Vec<Block>) {
        let mut table = Table::default();
        let mut row: Vec<Cell> = Vec::new();
        let mut is_head = false;
        while let Some((_, Some(tag))) = self.parts.next() {
            match (tag.name(), tag.is_end()) {
                ("table", true) => break,
                ("caption", false) => blocks.extend(self.bold_blocks("caption")),
                ("thead", is_end) => is_head = !is_end,
                ("tr", true) => {
                    let rows = if is_head { &mut table.head } else { &mut table.rows };
                    rows.push(std::mem::take(&mut row));
                }
                (name @ ("th" | "td"), false) => {
                    let n_columns = tag.attribute("colspan").and_then(|n| n.parse().ok());
                    row.push(self.cell(name, tag));
                    let others = n_columns.unwrap_or(1_usize).clamp(1, 100) - 1;
                    row.extend(std::iter::repeat_with(Cell::default).take(others));
                }
                _ => {}
            }
        }
        table.complete();
        if table.all().next().is_some_and(|row| !row.is_empty()) {
            blocks.push(Block::Table(table));
        }
    }

    fn cell(&mut self, name: &str, tag: Tag<'h>) -> Cell {
        let alignment = if tag.has_class("align-right") {
            Alignment::End
        } else if tag.has_class("align-center") {
            Alignment::Center
        } else {
            Alignment::Start
        };
        Cell { is_heading: name == "th", alignment, blocks: self.blocks(name) }
    }

    /// The text up to the end of `pre`, colours left out.
    fn code(&mut self) -> String {
        let mut code = String::new();
        for (text, tag) in self.parts.by_ref() {
            code.push_str(&unescape(text));
            if tag.is_none_or(|tag| tag.is_end() && tag.name() == "pre") {
                break;
            }
        }
        code.trim_end().to_owned()
    }

    /// The number of the footnote to which the open `sup` refers.
    fn note_number(&mut self) -> Option<usize> {
        let mut number = None;
        for (_, tag) in self.parts.by_ref() {
            let Some(tag) = tag else { break };
            let link = tag.attribute("href").and_then(|to| to.strip_prefix("#nota-"));
            number = link.and_then(|link| link.parse().ok()).or(number);
            if tag.is_end() && tag.name() == "sup" {
                break;
            }
        }
        number
    }

    /// The footnotes, in the order of their numbers.
    fn notes(&mut self) -> Vec<Vec<Block>> {
        let mut notes = Vec::new();
        while let Some((_, tag)) = self.parts.next() {
            let Some(tag) = tag else { break };
            if !tag.is_end() && tag.attribute("id").is_some_and(|id| id.starts_with("nota-")) {
                let mut note = self.blocks("li");
                each_line(&mut note, &mut |line| {
                    line.retain(|inline| !matches!(inline, Inline::Note(_)));
                });
                notes.push(note);
            }
        }
        notes
    }

    /// Leaves out the rest of the element `name`, which is open.
    fn skip(&mut self, name: &str) {
        let mut depth = 1;
        for (_, tag) in self.parts.by_ref() {
            let Some(tag) = tag.filter(|tag| tag.name() == name) else { continue };
            depth = if tag.is_end() { depth - 1 } else { depth + 1 };
            if depth == 0 {
                break;
            }
        }
    }
}

/// A line that is being read: blanks at its ends, and more than one together, are none.
#[derive(Default)]
struct Line {
    inlines: Vec<Inline>,
}

impl Line {
    fn push(&mut self, text: &str, look: Look, address: Option<&str>) {
        let mut words = String::new();
        let mut is_after_blank = self.is_after_blank();
        for letter in text.chars() {
            let is_blank = letter.is_ascii_whitespace();
            if !(is_blank && is_after_blank) {
                words.push(if is_blank { ' ' } else { letter });
            }
            is_after_blank = is_blank;
        }
        if words.is_empty() {
            return;
        }
        if let Some(Inline::Run(last)) = self.inlines.last_mut()
            && last.look == look
            && last.address.as_deref() == address
        {
            return last.text.push_str(&words);
        }
        let address = address.map(str::to_owned);
        self.inlines.push(Inline::Run(Run { text: words, look, address }));
    }

    fn is_after_blank(&self) -> bool {
        match self.inlines.last() {
            Some(Inline::Run(run)) => run.text.ends_with(' '),
            Some(Inline::Note(_)) => false,
            Some(Inline::Break) | None => true,
        }
    }

    fn note(&mut self, number: Option<usize>) {
        self.inlines.extend(number.map(Inline::Note));
    }

    fn end(&mut self) {
        self.trim_end();
        self.inlines.push(Inline::Break);
    }

    fn trim_end(&mut self) {
        if let Some(Inline::Run(run)) = self.inlines.last_mut() {
            run.text.truncate(run.text.trim_end_matches(' ').len());
            if run.text.is_empty() {
                self.inlines.pop();
            }
        }
    }

    /// The paragraph, if there is anything in it.
    fn take(&mut self) -> Option<Block> {
        self.trim_end();
        let line = std::mem::take(&mut self.inlines);
        (!line.is_empty()).then_some(Block::Paragraph(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(html: &str) -> Vec<Block> {
        let known = |to: &str| to.starts_with("https://").then(|| to.to_owned());
        read(html, "", &known).blocks
    }

    fn run(text: &str) -> Inline {
        Inline::Run(Run { text: text.to_owned(), ..Run::default() })
    }

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(vec![run(text)])
    }

    #[test]
    fn words_keep_their_look_and_links_that_lead_outside() {
        let html = "<p>La <strong>[Provincia]</strong>,\n<a href=\"https://a.it/?b&amp;c\">qui</a> e \
                    <a href=\"../x/index.html\">l&#39;altra</a><br>\n<code>x</code></p>\n";
        let bold = Look { is_bold: true, ..Look::default() };
        let code = Look { is_code: true, ..Look::default() };
        let address = Some("https://a.it/?b&c".to_owned());
        let line = vec![
            run("La "),
            Inline::Run(Run { text: "[Provincia]".to_owned(), look: bold, address: None }),
            run(", "),
            Inline::Run(Run { text: "qui".to_owned(), look: Look::default(), address }),
            run(" e l'altra"),
            Inline::Break,
            Inline::Run(Run { text: "x".to_owned(), look: code, address: None }),
        ];
        assert_eq!(blocks(html), [Block::Paragraph(line)]);
    }

    #[test]
    fn lists_lie_in_lists_and_let_tables_out() {
        let html = "<ol start=\"3\">\n<li>tre\n<ul>\n<li>a</li>\n</ul>\n</li>\n<li><p>quattro</p>\n\
                    <table><tbody><tr><td>x</td></tr></tbody></table></li>\n<li>cinque</li>\n</ol>\n";
        let inner = Block::List(List { first: None, items: vec![vec![paragraph("a")]] });
        let cell = Cell { blocks: vec![paragraph("x")], ..Cell::default() };
        let until = vec![vec![paragraph("tre"), inner], vec![paragraph("quattro")]];
        let expected = [
            Block::List(List { first: Some(3), items: until }),
            Block::Table(Table { head: Vec::new(), rows: vec![vec![cell]] }),
            Block::List(List { first: Some(5), items: vec![vec![paragraph("cinque")]] }),
        ];
        assert_eq!(blocks(html), expected);
    }

    #[test]
    fn a_table_has_a_head_and_rows_of_one_length() {
        let html = "<table><caption>Voci</caption><thead>\n<tr><th scope=\"col\">a</th>\
                    <th class=\"align-right\">b</th></tr>\n</thead>\n<tbody>\n<tr><td>1</td></tr>\n\
                    </tbody>\n</table>";
        let found = blocks(html);
        let Block::Table(table) = &found[1] else { panic!("{found:?}") };
        assert_eq!(table.head[0][1].alignment, Alignment::End);
        assert!(table.head[0].iter().all(|cell| cell.is_heading));
        assert_eq!(table.rows[0].len(), 2);
        assert_eq!(table.widths(), [500, 500]);
    }

    #[test]
    fn drawings_and_what_is_for_the_screen_are_left_out() {
        let html = "<figure class=\"grafico\"><figcaption><p class=\"grafico-titolo\">T</p></figcaption>\n\
                    <ul class=\"grafico-legenda\"><li>uno</li></ul><svg><g><text>1</text></g></svg>\
                    <details><summary>Dati</summary><p>resta</p></details></figure>";
        let mut title = vec![paragraph("T")];
        embolden(&mut title);
        assert_eq!(blocks(html), [title, vec![paragraph("resta")]].concat());
    }

    #[test]
    fn a_section_has_its_own_headings_and_notes() {
        let note = |number: usize| {
            format!(
                "<sup class=\"footnote-reference\"><a href=\"#nota-{number}\">{number}</a></sup>"
            )
        };
        let html = format!(
            "<p>Prima{}</p>\n<h2 id=\"testo\">Testo</h2>\n<h3>Uno</h3>\n<p>a{}</p>\n<p>b{}{}</p>\n\
             <h2>Altro</h2>\n<p>c</p>\n",
            note(1),
            note(2),
            note(1),
            note(2)
        );
        let back = "<a class=\"footnote-back\" href=\"#rif-1\">↩</a>";
        let notes = format!(
            "<section class=\"footnotes\"><h2>Note</h2><ol><li id=\"nota-1\"><p>prima {back}</p></li>\n\
             <li id=\"nota-2\"><p>seconda</p></li></ol></section>"
        );
        let text = read(&html, &notes, &|_| None);
        assert_eq!(text.notes, [[paragraph("prima")], [paragraph("seconda")]]);
        let part = text.clone().section(Some("testo"));
        let expected = [
            Block::Heading(1, vec![run("Uno")]),
            Block::Paragraph(vec![run("a"), Inline::Note(1)]),
            Block::Paragraph(vec![run("b"), Inline::Note(2), Inline::Note(1)]),
        ];
        assert_eq!(part.blocks, expected);
        assert_eq!(part.notes, [[paragraph("seconda")], [paragraph("prima")]]);
        assert_eq!(text.clone().section(Some("manca")), text.section(None));
    }
}
