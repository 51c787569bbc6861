"""Turns one document into HTML, and notes its headings, links and words."""

import html
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Callable

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass
class Part:
    """A heading and the words below it, up to the next heading; what a search finds."""

    level: int
    anchor: str
    title: str
    words: list[str] = field(default_factory=list)


@dataclass
class Document:
    body: str
    parts: list[Part]

    @property
    def title(self) -> str:
        return self.parts[0].title if self.parts else ""


class Fault(Exception):
    """Something that a document must not hold."""


#: Turns the target of a link in the source into one of the site.
Resolve = Callable[[str], str]

_markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
_HTML = re.compile(r"</?(details|summary)>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def of_markdown(text: str, resolve: Resolve) -> Document:
    writer = _Writer(resolve)
    writer.write(text)
    return writer.document()


def of_notebook(text: str, resolve: Resolve) -> Document:
    """An executed notebook: its texts, its code and what the code printed."""
    writer = _Writer(resolve)
    for cell in json.loads(text)["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            writer.write(source)
        elif cell["cell_type"] == "code":
            writer.add(code(source), source)
            for output in cell["outputs"]:
                writer.add(_output(output))
    return writer.document()


def of_code(title: str, text: str) -> Document:
    """A file shown as it is."""
    words = text.split() if len(text) < 100_000 else []
    body = f"<h1>{html.escape(title)}</h1>\n{code(text)}"
    return Document(body, [Part(1, "", title, words)])


def code(text: str, kind: str = "") -> str:
    """A block of code, in which comments are quieter than commands."""
    lines = []
    for line in text.rstrip("\n").split("\n"):
        found = re.search(r"(^|\s)(#|//)(?=\s)", line) if kind != "json" else None
        place = found.start() if found else len(line)
        said = f'<span class="quiet">{html.escape(line[place:])}</span>' if found else ""
        lines.append(html.escape(line[:place]) + said)
    # Reachable by keyboard, because it may be wider than the page.
    return '<pre tabindex="0"><code>' + "\n".join(lines) + "</code></pre>\n"


def slug(title: str, taken: dict[str, int]) -> str:
    """The anchor of a heading, as GitHub makes it."""
    plain = re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")
    number = taken.get(plain, 0)
    taken[plain] = number + 1
    return f"{plain}-{number}" if number else plain


class _Writer:
    """Writes several pieces as one document, with anchors that are unique."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._taken: dict[str, int] = {}
        self._parts: list[Part] = []
        self._body: list[str] = []

    def document(self) -> Document:
        return Document("".join(self._body), self._parts)

    def add(self, body: str, words: str = "") -> None:
        self._body.append(body)
        if self._parts:
            self._parts[-1].words += words.split()

    def write(self, text: str) -> None:
        tokens = _markdown.parse(text)
        for place, token in enumerate(tokens):
            if token.type == "heading_open":
                self._heading(token, tokens[place + 1])
            elif token.type == "th_open":
                self._header_cell(tokens, place)
            for child in [token, *(token.children or ())]:
                self._check(child)
            is_heading = place > 0 and tokens[place - 1].type == "heading_open"
            if token.type in ("inline", "fence", "code_block") and self._parts and not is_heading:
                self._parts[-1].words += _plain(token).split()
        self._body.append(_markdown.renderer.render(tokens, _markdown.options, {}))

    def _heading(self, token: Token, inline: Token) -> None:
        title = _plain(inline)
        part = Part(int(token.tag[1]), slug(title, self._taken), title)
        token.attrSet("id", part.anchor)
        self._parts.append(part)

    @staticmethod
    def _header_cell(tokens: list[Token], place: int) -> None:
        if tokens[place + 1].content:
            tokens[place].attrSet("scope", "col")
        else:  # A corner of the table, which heads nothing.
            tokens[place].tag = tokens[place + 2].tag = "td"

    def _check(self, token: Token) -> None:
        if token.type == "link_open":
            token.attrSet("href", self._resolve(str(token.attrs["href"])))
        elif token.type == "image":
            token.attrSet("src", self._resolve(str(token.attrs["src"])))
            token.attrSet("loading", "lazy")
            if not token.content:
                raise Fault(f"the picture {token.attrs['src']} has no description")
        elif token.type in ("html_block", "html_inline"):
            token.content = _COMMENT.sub("", token.content)
            if "<" in _HTML.sub("", token.content):
                raise Fault(f"HTML other than <details>: {token.content.strip()[:60]}")


def _plain(token: Token) -> str:
    """What a reader sees of a token, without marks."""
    if token.children is None:
        return token.content
    return "".join(" " if child.type == "softbreak" else child.content for child in token.children)


def _fence(tokens: list[Token], place: int, *_: object) -> str:
    token = tokens[place]
    kind = token.info.strip()
    return flow(token.content) if kind == "mermaid" else code(token.content, kind)


def _code_inline(tokens: list[Token], place: int, *_: object) -> str:
    text = tokens[place].content
    whole = ' class="whole"' if len(text) <= 24 else ""  # Not broken at a hyphen.
    return f"<code{whole}>{html.escape(text)}</code>"


_markdown.renderer.rules.update(
    code_inline=_code_inline,
    fence=_fence,
    code_block=_fence,
    table_open=lambda *_: '<div class="scroll" tabindex="0"><table>\n',
    table_close=lambda *_: "</table></div>\n",
)


_NODE = re.compile(r"\s*(\w+)(?:\[\(?\"(.*?)\"\)?\])?\s*")
_ARROW = re.compile(r"(<?)-->(?:\|\"?(.*?)\"?\|)?")


def flow(text: str) -> str:
    """A flow chart of Mermaid as a list: for each thing, its arrows and their words. The
    arrows can be read without a script, on a phone, and aloud."""
    names: dict[str, str] = {}
    ways: dict[str, list[tuple[str, str, str]]] = {}
    for line in text.strip().split("\n")[1:]:
        found = _NODE.match(line)
        if not found:
            raise Fault(f"a line of a flow chart that is not understood: {line.strip()[:60]}")
        here, place = found[1], found.end()
        names[here] = found[2] or names.get(here, here)
        while arrow := _ARROW.match(line, place):
            found = _NODE.match(line, arrow.end())
            if not found:
                raise Fault(f"an arrow of a flow chart that leads nowhere: {line.strip()[:60]}")
            there, place = found[1], found.end()
            names[there] = found[2] or names.get(there, there)
            ways.setdefault(here, []).append((there, arrow[2] or "", arrow[1]))
            here = there
        if line[place:].strip():
            raise Fault(f"a line of a flow chart that is not understood: {line.strip()[:60]}")
    rows = []
    for here, targets in ways.items():
        said = "".join(
            f"<dd>{'↔' if back else '→'} <b>{html.escape(names[there])}</b>"
            + (f' <span class="quiet">{html.escape(way)}</span>' if way else "")
            + "</dd>"
            for there, way, back in targets
        )
        rows.append(f"<div><dt>{html.escape(names[here])}</dt>{said}</div>")
    return f'<dl class="flow">{"".join(rows)}</dl>\n'


def _output(output: dict) -> str:
    if output["output_type"] == "stream":
        return f'<pre class="output" tabindex="0">{html.escape("".join(output["text"]))}</pre>\n'
    data = output.get("data", {})
    page = "".join(data.get("text/html", ""))
    if "<table" in page and "<iframe" not in page:
        reader = _TableReader()
        reader.feed(page)
        return f'<div class="scroll output" tabindex="0">{"".join(reader.out)}</div>\n'
    text = html.escape("".join(data.get("text/plain", "")))
    return f'<pre class="output" tabindex="0">{text}</pre>\n' if text else ""


class _TableReader(HTMLParser):
    """The table of a frame, without the styles that pandas adds."""

    _KEPT = frozenset(("table", "thead", "tbody", "tr", "th", "td"))

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or tag == "table"
        if tag in self._KEPT:
            self.out.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "table"
        if tag in self._KEPT:
            self.out.append(f"</{tag}>")
            if self.out[-2:] == ["<th>", "</th>"]:
                self.out[-2:] = ["<td>", "</td>"]

    def handle_data(self, data: str) -> None:
        if self._inside and data.strip():
            self.out.append(html.escape(data.strip()))
