"""Makes the documents a site of plain pages that works from disk: make docs.

    python scripts/docs/build.py OUTPUT

Pages are those of docs/, the README, and files of the tree that they link to. It fails if a link,
an anchor or a picture leads nowhere.
"""

import html
import json
import os
import posixpath
import re
import shutil
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote

import markup
from contents import NAMES, READERS, SECTIONS, Reader, Section
from markup import Document, Fault

ROOT = Path(__file__).parents[2]
ASSETS = ("site.css", "search.js")
_PICTURES = (".svg", ".png")
_PAGES = (".md", ".ipynb")


@dataclass
class Page:
    #: Its path in the tree, such as docs/steward.md.
    source: str
    #: Its path in the site, such as steward.html.
    place: str
    document: Document

    @property
    def name(self) -> str:
        """Its name in the contents."""
        return NAMES.get(self.source, self.document.title)


class Site:
    """All pages, the files that go along, and every fault that was found."""

    def __init__(
        self,
        root: Path,
        sections: tuple[Section, ...] = SECTIONS,
        readers: tuple[Reader, ...] = READERS,
    ) -> None:
        self.root = root
        self.readers = readers
        self._sections = sections
        self.pages: dict[str, Page] = {}
        self.copies: dict[str, str] = {}
        self.faults: list[str] = []

    def read_all(self) -> None:
        waiting = ["README.md"]
        waiting += [source for section in self._sections for source in section.sources]
        waiting += sorted(
            path.relative_to(self.root).as_posix()
            for path in (self.root / "docs").rglob("*")
            if path.suffix in _PAGES
        )
        seen: set[str] = set()
        while waiting:
            source = waiting.pop(0)
            if source in seen:
                continue
            seen.add(source)
            path = self.root / source
            if path.is_dir() and any(child.suffix in _PAGES for child in path.iterdir()):
                continue  # A folder of pages, each of which is read by itself.
            links: list[str] = []
            try:
                document = self._read(source, links)
                self.pages[source] = Page(source, place_of(source, path.is_dir()), document)
            except (Fault, OSError) as fault:
                self.faults.append(f"{source}: {fault}")
            waiting += links

    def _read(self, source: str, links: list[str]) -> Document:
        path = self.root / source

        def resolve(link: str) -> str:
            return self._resolve(source, link, links)

        if path.is_dir():
            listed = sorted(child.name for child in path.iterdir() if child.is_file())
            lines = "".join(f"- [{name}]({quote(name)})\n" for name in listed)
            here = f"{source}/."
            return markup.of_markdown(
                f"# {path.name}\n\n{lines}", lambda link: self._resolve(here, link, links)
            )
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md":
            return markup.of_markdown(text, resolve)
        if path.suffix == ".ipynb":
            return markup.of_notebook(text, resolve)
        return markup.of_code(source, text)

    def _resolve(self, source: str, link: str, links: list[str]) -> str:
        """The link from the page of `source` in the site; notes what it leads to."""
        if re.match(r"[a-z]+:", link) or link.startswith("#"):
            return link
        path, _, anchor = link.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(path)))
        where = self.root / target
        if target.startswith("..") or not where.exists():
            self.faults.append(f"{source}: the link {link} leads to nothing in the tree")
            return link
        if where.is_dir() and (where / "README.md").exists():
            target += "/README.md"
            where = self.root / target
        if where.suffix in _PICTURES:
            self.copies[target] = place = _below(target)
        else:
            links.append(target)
            place = place_of(target, where.is_dir())
        here = place_of(source, source.endswith("/."))
        return relative(here, place) + (f"#{anchor}" if anchor else "")

    def sections(self) -> list[tuple[Section, list[Page]]]:
        """Each section with its pages in order; every page stands in exactly one."""
        named = {source for section in self._sections for source in section.sources}
        found = []
        for section in self._sections:
            listed = []
            for source in section.sources:
                inside = [
                    page
                    for other, page in sorted(self.pages.items())
                    if posixpath.dirname(other) == source and other not in named
                ]
                inside.sort(key=lambda page: not page.source.endswith("README.md"))
                listed += [self.pages[source]] if source in self.pages else []
                listed += inside
            found.append((section, listed))
        seen = {page.source for _, pages in found for page in pages}
        rest = [page for source, page in self.pages.items() if source not in seen]
        next(pages for section, pages in found if section.title == "Reference").extend(rest)
        return found


def _below(source: str) -> str:
    return source.removeprefix("docs/")


def place_of(source: str, is_folder: bool = False) -> str:
    """The path of a page in the site. Files that are no pages keep their whole name."""
    place = _below(source.removesuffix("/."))
    folder, name = posixpath.split(place)
    if is_folder:
        return posixpath.join("files", place, "index.html")
    if source == "README.md":
        return "overview.html"
    if name == "README.md":
        return posixpath.join(folder, "index.html")
    stem, ending = posixpath.splitext(place)
    if ending in _PAGES:
        return f"{stem}.html"
    return posixpath.join("files", f"{place}.html")


def relative(here: str, there: str) -> str:
    return quote(posixpath.relpath(there, posixpath.dirname(here) or "."))


def shell(title: str, place: str, main: str, contents: str) -> str:
    """A whole page. The text comes first: the contents follow the text, and stand beside
    it on a wide screen."""
    up = "../" * place.count("/")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{html.escape(title)}</title>
<link rel="stylesheet" href="{up}site.css">
<script defer src="{up}search.js" data-root="{up}"></script>
</head>
<body>
<header class="top">
<a class="home" href="{up}index.html">Understudy</a>
<a class="jump" href="#contents">Contents</a>
<div role="search" hidden>
<input type="search" id="query" aria-label="Search the documents" placeholder="Search  /"
 autocomplete="off" spellcheck="false">
<div id="found" hidden><p role="status"></p><ol></ol></div>
</div>
</header>
<div class="page">
<main id="text">
{main}</main>
{contents}</div>
</body>
</html>
"""


def contents_of(sections: list[tuple[Section, list[Page]]], page: Page | None, place: str) -> str:
    """The list of all pages; below the current one, the parts of it."""
    rows = []
    for section, pages in sections:
        if not pages:
            continue
        is_here = page in pages
        lines = "".join(_line(other, page, place) for other in pages)
        rows.append(
            f"<details{' open' if is_here or page is None and len(pages) < 8 else ''}>"
            f"<summary>{html.escape(section.title)}</summary><ul>{lines}</ul></details>"
        )
    return f'<nav id="contents" aria-label="Contents">\n{"".join(rows)}\n</nav>\n'


def _line(other: Page, page: Page | None, place: str) -> str:
    name = html.escape(other.name)
    if other is not page:
        return f'<li><a href="{relative(place, other.place)}">{name}</a></li>'
    parts = [part for part in other.document.parts if part.level == 2]
    inside = "".join(
        f'<li><a href="#{quote(part.anchor)}">{html.escape(part.title)}</a></li>' for part in parts
    )
    below = f"<ul>{inside}</ul>" if inside else ""
    return f'<li><a href="#text" aria-current="page">{name}</a>{below}</li>'


def foot_of(pages: list[Page], page: Page) -> str:
    """What comes before and after it in its section, and where it comes from."""
    at = pages.index(page)
    ways = []
    for step, word, sign in ((-1, "Before", "←"), (1, "Next", "→")):
        if 0 <= at + step < len(pages):
            other = pages[at + step]
            ways.append(
                f'<a class="{word.lower()}" href="{relative(page.place, other.place)}">'
                f"<small>{sign} {word}</small>{html.escape(other.name)}</a>"
            )
    steps = f'<nav class="steps" aria-label="Neighbours">{"".join(ways)}</nav>' if ways else ""
    return f"<footer>{steps}<p>Made from <code>{html.escape(page.source)}</code>.</p></footer>\n"


def front(site: Site) -> str:
    """The first page: the README's first paragraph, four ways in, and the tour."""
    text = (site.root / "README.md").read_text(encoding="utf-8")
    lead = " ".join(text.split("\n\n")[1].split())
    tour = re.search(r"## A quick tour\n.*?```\n(.*?)```", text, re.DOTALL)
    if not tour:
        raise Fault("README.md has no quick tour with a block of commands")
    cards = []
    for reader in site.readers:
        links = "".join(
            f'<li><a href="{relative("index.html", site.pages[source].place)}">'
            f"{html.escape(site.pages[source].name)}</a></li>"
            for source in reader.sources
        )
        cards.append(
            f"<section><h2>{html.escape(reader.title)}</h2><p>{html.escape(reader.task)}</p>"
            f"<ol>{links}</ol></section>"
        )
    return (
        f'<h1>Understudy</h1>\n<p class="lead">{html.escape(lead)}</p>\n'
        f'<div class="readers">{"".join(cards)}</div>\n'
        f"<h2>A quick tour</h2>\n{markup.code(tour[1])}"
        '<p><a href="overview.html">What to expect, and what the guarantee covers</a></p>\n'
    )


def write(site: Site, output: Path) -> None:
    shutil.rmtree(output, ignore_errors=True)
    sections = site.sections()
    for section, pages in sections:
        for page in pages:
            body, foot = page.document.body, foot_of(pages, page)
            trail = f'<p class="overline">{html.escape(section.title)}</p>\n'
            _save(
                output / page.place,
                shell(
                    f"{page.name} · Understudy",
                    page.place,
                    trail + body + foot,
                    contents_of(sections, page, page.place),
                ),
            )
    contents = contents_of(sections, None, "index.html")
    _save(output / "index.html", shell("Understudy", "index.html", front(site), contents))
    _save(output / "search-index.js", f"understudySearch({index(sections)});\n")
    for name in ASSETS:
        shutil.copy(Path(__file__).with_name(name), output / name)
    for source, place in site.copies.items():
        (output / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site.root / source, output / place)


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def index(sections: list[tuple[Section, list[Page]]]) -> str:
    """What the search reads: weight, page, address, heading and words of each part."""
    rows = [
        [
            section.weight,
            page.name,
            page.place + (f"#{part.anchor}" if part.level > 1 else ""),
            part.title,
            " ".join(part.words),
        ]
        for section, pages in sections
        for page in pages
        for part in page.document.parts
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            elif name in ("href", "src") and value is not None:
                self.links.append(value)


def check(output: Path) -> list[str]:
    """Every link of every page that leads to no file, or to no place in it."""
    read: dict[str, _Links] = {}
    for path in output.rglob("*.html"):
        links = _Links()
        links.feed(path.read_text(encoding="utf-8"))
        read[path.relative_to(output).as_posix()] = links
    faults = []
    for place, page in sorted(read.items()):
        twice = {name for name in page.ids if page.ids.count(name) > 1}
        faults += [f"{place}: two places are called #{name}" for name in sorted(twice)]
        for link in page.links:
            if re.match(r"[a-z]+:", link):
                continue
            path, _, anchor = link.partition("#")
            joined = posixpath.join(posixpath.dirname(place), unquote(path)) if path else place
            target = posixpath.normpath(joined)
            if not (output / target).is_file():
                faults.append(f"{place}: the link {link} leads to no file")
            elif anchor and target in read and unquote(anchor) not in read[target].ids:
                faults.append(f"{place}: the link {link} leads to no heading")
    return faults


def build(site: Site, output: Path) -> list[str]:
    """Writes the site; returns its faults."""
    site.read_all()
    if not site.faults:
        write(site, output)
        site.faults += check(output)
    return site.faults


def main() -> None:
    output = Path(sys.argv[1])
    faults = build(Site(ROOT), output)
    if faults:
        sys.exit("\n".join(faults))
    pages = len(list(output.rglob("*.html")))
    size = sum(path.stat().st_size for path in output.rglob("*") if path.is_file())
    print(f"{pages} pages, {size / 1e6:.1f} MB: open {os.path.relpath(output)}/index.html")


if __name__ == "__main__":
    main()
