"""The order in which the documents are read: sections, and the four ways in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A group of pages. A folder stands for every page in it, by name."""

    title: str
    sources: tuple[str, ...]
    #: How much its pages weigh in the search: guides come before reasons.
    weight: float = 1


@dataclass(frozen=True)
class Reader:
    """Somebody who comes with a task: a card on the first page."""

    title: str
    task: str
    #: Pages to read, in this order.
    sources: tuple[str, ...]


SECTIONS = (
    Section("Start", ("README.md",)),
    Section(
        "For stewards",
        (
            "docs/steward.md",
            "docs/linked-tables.md",
            "docs/sources.md",
            "docs/models.md",
            "docs/encrypted-scoring.md",
        ),
    ),
    Section(
        "For privacy officers",
        ("docs/privacy-officer.md", "docs/guarantee.md", "docs/why-privacy.md"),
    ),
    Section("For teams", ("docs/hub.md",)),
    Section("For researchers", ("docs/researcher.md", "docs/python.md", "r/understudy.R")),
    Section("For developers", ("docs/ARCHITECTURE.md", "CONTRIBUTING.md", "Snippets")),
    Section("Tutorials", ("docs/notebooks", "docs/example-hospital.md")),
    # Pages of docs/ that no section names stand here too.
    Section("Reference", ("docs/command-line.md", "docs/public-surface.txt", "CHANGELOG.md")),
    Section("Proofs", ("docs/proofs",), weight=0.8),
    Section("Benchmarks", ("docs/benchmarks.md",)),
    Section("Decisions", ("docs/decisions",), weight=0.5),
)

#: Names of pages whose first heading is none.
NAMES = {
    "README.md": "Overview",
    "Snippets": "Programs that use it",
    "docs/public-surface.txt": "Public declarations",
    "r/understudy.R": "The script for R",
    "scripts/verify-release.py": "Verifying without Understudy",
    "LICENSE": "Licence",
}

READERS = (
    Reader(
        "I look after a table",
        "From your file to a release in seven steps: look, declare, sign, plan, release, check, "
        "hand over.",
        ("docs/steward.md", "docs/notebooks/steward.ipynb", "docs/linked-tables.md"),
    ),
    Reader(
        "I sign for a release",
        "The promise, how to read it in a release, which questions to ask, and what it leaves out.",
        ("docs/privacy-officer.md", "docs/guarantee.md", "docs/why-privacy.md"),
    ),
    Reader(
        "I draw conclusions",
        "From a release to a paragraph in a paper, with intervals that include the noise.",
        ("docs/researcher.md", "docs/notebooks/researcher.ipynb", "docs/python.md"),
    ),
    Reader(
        "I build with it",
        "The rooms of the house, the rules of privacy, and programs that use the library.",
        ("docs/ARCHITECTURE.md", "Snippets", "docs/proofs/README.md"),
    ),
)
