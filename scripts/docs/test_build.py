"""What the site promises: links that lead somewhere, and nothing that a page must not hold."""

import json
import tempfile
import unittest
from pathlib import Path

import build
import markup
from contents import Reader, Section

README = "# Tool\n\nMakes *things*.\n\n## A quick tour\n\n```\ntool make   # one\n```\n"
SECTIONS = (
    Section("Start", ("README.md",)),
    Section("Reference", ("docs/a.md", "Snippets")),
    Section("Proofs", ("docs/proofs",), weight=0.8),
)


class SiteTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("README.md", README)
        self.write("docs/proofs/README.md", "# Proofs\n\n[sum](sum.md)\n")
        self.write("docs/proofs/sum.md", "# The sum\n\n## Its bound\n\n[A](../a.md#first-one)\n")
        self.write("Snippets/One.swift", "let a = 1  // a <number>\n")
        self.write("docs/a.md", "# A\n\n## First, one\n\n[up](../README.md), [p](proofs)\n")

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def build(self) -> list[str]:
        reader = Reader("I", "A task.", ("docs/a.md", "Snippets"))
        return build.build(build.Site(self.root, SECTIONS, (reader,)), self.root / "site")

    def page(self, path: str) -> str:
        return (self.root / "site" / path).read_text(encoding="utf-8")

    def test_a_sound_site_has_no_fault(self) -> None:
        self.assertEqual(self.build(), [])
        self.assertIn('href="overview.html"', self.page("a.html"))
        self.assertIn('href="proofs/index.html"', self.page("a.html"))
        self.assertIn('href="../a.html#first-one"', self.page("proofs/sum.html"))
        self.assertIn('<link rel="stylesheet" href="../site.css">', self.page("proofs/sum.html"))
        self.assertIn("a &lt;number&gt;", self.page("files/Snippets/One.swift.html"))
        self.assertIn('href="One.swift.html"', self.page("files/Snippets/index.html"))

    def test_every_page_stands_in_the_contents_once(self) -> None:
        self.write("docs/new.md", "# A page that no section names\n")
        self.assertEqual(self.build(), [])
        for place in ("index.html", "new.html"):
            listed = self.page(place).split('<nav id="contents"')[1]
            self.assertEqual(listed.count("A page that no section names"), 1)
            self.assertEqual(listed.count("The sum"), 1)

    def test_a_broken_link_is_a_fault(self) -> None:
        self.write("docs/a.md", "# A\n\n## First one\n\n[b](b.md)\n")
        self.assertEqual(self.build(), ["docs/a.md: the link b.md leads to nothing in the tree"])
        self.assertFalse((self.root / "site").exists())

    def test_a_link_out_of_the_tree_is_a_fault(self) -> None:
        self.write("docs/a.md", "# A\n\n## First one\n\n[b](../../)\n")
        self.assertEqual(len(self.build()), 1)

    def test_a_broken_anchor_is_a_fault(self) -> None:
        self.write("docs/a.md", "# A\n\n## Second\n\n[here](#third)\n")
        self.assertEqual(
            self.build(),
            [
                "a.html: the link #third leads to no heading",
                "proofs/sum.html: the link ../a.html#first-one leads to no heading",
            ],
        )

    def test_the_index_of_the_search_holds_every_part(self) -> None:
        self.build()
        text = self.page("search-index.js")
        rows = json.loads(text.removeprefix("understudySearch(").removesuffix(");\n"))
        self.assertIn([0.8, "The sum", "proofs/sum.html#its-bound", "Its bound", "A"], rows)
        self.assertIn([1, "A", "a.html", "A", ""], rows)


class MarkupTests(unittest.TestCase):
    def body(self, text: str) -> str:
        return markup.of_markdown(text, str).body

    def test_anchors_are_those_of_github(self) -> None:
        taken: dict[str, int] = {}
        titles = ("What to expect", "May I let it out?", "`a_b`, c–d", "What to expect")
        anchors = [markup.slug(title, taken) for title in titles]
        self.assertEqual(
            anchors, ["what-to-expect", "may-i-let-it-out", "a_b-cd", "what-to-expect-1"]
        )

    def test_html_is_a_fault_but_for_details(self) -> None:
        kept = "<details><summary>More</summary>\n\nText.\n\n</details>\n"
        self.assertIn("<summary>More</summary>", self.body(kept))
        self.assertEqual(self.body("<!-- a <b> note -->\n").strip(), "")
        for text in ("<script>alert(1)</script>\n", "A <b onclick=x>word</b>.\n"):
            with self.assertRaises(markup.Fault):
                self.body(text)

    def test_a_picture_needs_a_description(self) -> None:
        self.assertIn('alt="A chart"', self.body("![A chart](a.svg)\n"))
        with self.assertRaises(markup.Fault):
            self.body("![](a.svg)\n")

    def test_an_empty_corner_of_a_table_heads_nothing(self) -> None:
        body = self.body("| | a |\n|---|---|\n| b | c |\n")
        self.assertIn("<td></td>", body)
        self.assertIn('<th scope="col">a</th>', body)

    def test_code_is_escaped_and_comments_are_quiet(self) -> None:
        made = markup.code("a <b> # & c")
        self.assertIn('a &lt;b&gt;<span class="quiet"> # &amp; c</span>', made)
        self.assertNotIn("span", markup.code('sample --where "a#b"'))

    def test_a_flow_chart_becomes_a_list(self) -> None:
        made = markup.flow('flowchart TD\n  a["A <b>"] -->|"by hand"| b --> c[("C")]\n  c <--> a\n')
        self.assertEqual(made.count("<dt>"), 3)
        self.assertIn("<dt>A &lt;b&gt;</dt><dd>→ <b>b</b>", made)
        self.assertIn('<span class="quiet">by hand</span>', made)
        self.assertIn("<dt>C</dt><dd>↔ <b>A &lt;b&gt;</b></dd>", made)
        for line in ("a -.-> b", "a -->", "subgraph x"):
            with self.assertRaises(markup.Fault):
                markup.flow(f"flowchart TD\n  {line}\n")

    def test_a_notebook_shows_tables_without_their_styles(self) -> None:
        table = "<style>x</style><table border='1'><th></th><td onclick='x'>&lt;1</td></table>"
        output = {"output_type": "execute_result", "data": {"text/html": [table]}}
        cell = {"cell_type": "code", "source": ["a = 1"], "outputs": [output]}
        head = {"cell_type": "markdown", "source": ["# Title"]}
        made = markup.of_notebook(json.dumps({"cells": [head, cell]}), str)
        self.assertEqual(made.title, "Title")
        self.assertIn("<table><td></td><td>&lt;1</td></table>", made.body)
        self.assertNotIn("style", made.body)


if __name__ == "__main__":
    unittest.main()
