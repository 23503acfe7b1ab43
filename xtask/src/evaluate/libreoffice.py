"""Turns the Italian help of LibreOffice into a corpus for `cargo xtask search-eval`: 2,500 pages that people wrote.

    apt-get download libreoffice-help-it && dpkg-deb -x libreoffice-help-it_*.deb help
    python3 xtask/src/evaluate/libreoffice.py help/usr/share/libreoffice/help/it/text "Help of LibreOffice"

The heading of a page becomes its title, its first paragraph its description, the rest its text. How a page is reached
from the menus, which is much the same everywhere, is left out.
"""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

BLOCKS = {"h1": "## ", "h2": "## ", "h3": "### ", "h4": "### ", "li": "- ", "p": "", "td": "", "th": ""}


class Page(HTMLParser):
    """The blocks of a page in order, each with its tag and its text."""

    def __init__(self):
        super().__init__()
        self.blocks = []
        self.tag, self.text = None, ""
        self.depth, self.left_out = 0, None
        self.is_content = False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "div":
            self.depth += 1
            self.is_content = self.is_content or attributes.get("id") == "DisplayArea"
            if self.left_out is None and "howtoget" in (attributes.get("class") or ""):
                self.left_out = self.depth
        if self.is_content and self.left_out is None and tag in BLOCKS:
            self.end_block()
            self.tag = tag

    def handle_endtag(self, tag):
        if tag == "div":
            if self.left_out == self.depth:
                self.left_out = None
            self.depth -= 1
        if tag == self.tag:
            self.end_block()

    def handle_data(self, data):
        if self.tag and self.left_out is None:
            self.text += data

    def end_block(self):
        text = " ".join(self.text.split())
        if self.tag and text and not text.startswith(("Help content debug info", "This page is:", "Title is:")):
            self.blocks.append((self.tag, text))
        self.tag, self.text = None, ""


def markdown(html):
    """The page as Markdown with front matter; nothing without a heading and a paragraph."""
    page = Page()
    page.feed(html)
    page.end_block()
    tags = [tag for tag, _ in page.blocks]
    if "h1" not in tags or "p" not in tags[tags.index("h1") :]:
        return None
    blocks = page.blocks[tags.index("h1") :]
    title = blocks.pop(0)[1]
    description = blocks.pop(next(at for at, (tag, _) in enumerate(blocks) if tag == "p"))[1]
    quoted = lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    escaped = lambda text: re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", text)
    front = f"---\ntitle: {quoted(title)}\ndescription: {quoted(description)}\n---\n"
    return front + "".join(f"\n{BLOCKS[tag]}{escaped(text)}\n" for tag, text in blocks)


source, target = Path(sys.argv[1]), Path(sys.argv[2])
for file in sorted(source.rglob("*.html")):
    text = markdown(file.read_text(encoding="utf-8"))
    if text:
        page = target / file.relative_to(source).with_suffix(".md")
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
