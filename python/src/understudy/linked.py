"""Linked tables: patients, their admissions, and what belongs to each, in one release.

Every function takes a folder, or a dict of tables under their names. Each *person* is protected
with every row of theirs in every table.

Example:
    >>> from understudy import linked
    >>> release = linked.synthesize(tables, schema="hospital.schema.yaml", epsilon=1, output="out")
    >>> release.frames()["admissions"]
    >>> release.sample(persons=1000)["patients"]
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Dict, Mapping, Optional, Sequence, Tuple, Union

from ._desk import Desk, PathLike, options, refuse_unwritable, several, shape_under
from ._frames import Shape, default_kind
from ._judging import attack_report
from ._outline import Outline
from ._program import ProgressLike
from ._signed import Signed, manifest_of, schema_of, written_columns
from ._tables import Table, write
from .errors import InputError
from .results import AttackReport
from .schema import Schema, SchemaLike

Tables = Union[str, "os.PathLike[str]", Mapping[str, Table]]
"""A folder, or a table (a path, a frame, an Arrow table, rows as dicts) for each name."""


@dataclass(frozen=True)
class LinkedTable:
    """What a look says of one table of a folder.

    Attributes:
        key: The columns that name a row.
        parents: The tables that its rows belong to, its owner first.
        is_public: Whether it is about no person, so that a release would copy it.
        of_nobody: Rows that belong to no person and would not be used.
    """

    name: str
    rows: int
    key: Tuple[str, ...]
    parents: Tuple[str, ...]
    time: Optional[str]
    is_public: bool
    of_nobody: int


@dataclass(frozen=True)
class LinkedInspection:
    """What a look at linked tables says. It comes from the rows: it is for their owner alone.

    Attributes:
        person: The table that has a row for each person.
        rules: Rules over tables that hold in every row, which may be chance.
    """

    schema: Schema = field(repr=False)
    person: str
    persons: int
    tables: Tuple[LinkedTable, ...]
    rules: Tuple[str, ...]
    notes: Tuple[str, ...]
    advice: Tuple[str, ...]
    document: Mapping[str, Any] = field(repr=False, compare=False)


@dataclass(frozen=True)
class LinkedPlan:
    """What a release of linked tables would ask. It spent nothing.

    Attributes:
        tables: For each table, the columns and counts that are learned.
        few_people: With fewer people than this, less is asked.
    """

    epsilon: float
    delta: float
    tables: Mapping[str, Tuple[str, ...]]
    few_people: int
    hazards: Tuple[str, ...]
    document: Mapping[str, Any] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Link:
    """How close the rows below an owner are to those of the original; 0 is perfect.

    Attributes:
        children: Numbers of rows below an owner: the share in the wrong place.
        with_parent: Pairs of a column of each: the mean share of rows in the wrong cell.
        orphans: Rows whose owner is not there.
    """

    table: str
    parent: str
    children: float
    with_parent: float
    orphans: float


@dataclass(frozen=True)
class LinkedEvaluation:
    """How close linked tables are to their originals, for the originals' owner alone.

    Attributes:
        columns: For each table, the mean share of rows in the wrong cell, column by column.
        pairs: The same, pair by pair of columns.
        links: The rows below each owner.
        broken_rules: The share of rows that break a rule, for each rule that one breaks.
        dependence_lost: How much of what one event says about the next is lost: 0 is none of it,
            1 is all; None if there is nothing to compare.
    """

    original_persons: int
    synthetic_persons: int
    columns: Mapping[str, Optional[float]]
    pairs: Mapping[str, Optional[float]]
    links: Tuple[Link, ...]
    broken_rules: Mapping[str, float]
    dependence_lost: Optional[float]
    document: Mapping[str, Any] = field(repr=False, compare=False)


@dataclass(frozen=True)
class LinkedRelease(Signed):
    """The folder of a release of linked tables, signed; hand over the whole of it.

    Attributes:
        owner_messages: What the run told the owner alone; empty for a release that was opened.
    """

    _shapes: Mapping[str, Shape] = field(default_factory=dict, repr=False, compare=False)

    _noun: ClassVar[str] = "release"

    @classmethod
    def open(cls, folder: PathLike) -> LinkedRelease:
        """Opens a release folder, for instance one that was handed over."""
        place = Path(folder)
        manifest = manifest_of(place)
        if not schema_of(manifest).tables:
            raise InputError(
                f"{place} is a release of a single table.",
                id="release.not-linked",
                remedy="Open it with understudy.Release.open.",
            )
        return cls(place, manifest)

    @property
    def persons(self) -> int:
        return int(self.manifest["rows"])

    @property
    def tables(self) -> Tuple[str, ...]:
        """The names of the tables, those that were copied included."""
        return tuple(self._outlines())

    @property
    def unlearned(self) -> Tuple[str, ...]:
        """The columns, as ``table.column``, about which nothing could be learned."""
        return tuple(self.manifest.get("unlearned", ()))

    def frame(self, table: str, kind: Optional[str] = None) -> Any:
        """One table, as the kind of frame that was synthesized, or as another kind."""
        if table not in self._outlines():
            raise KeyError(f"There is no table '{table}'. There are: {', '.join(self.tables)}.")
        return self._read(self.folder, table, kind)

    def frames(self, kind: Optional[str] = None) -> Dict[str, Any]:
        """Every table under its name."""
        return {table: self._read(self.folder, table, kind) for table in self.tables}

    def sample(
        self,
        persons: int,
        *,
        seed: Optional[int] = None,
        kind: Optional[str] = None,
        progress: ProgressLike = None,
    ) -> Dict[str, Any]:
        """Draws people with all their rows, at no privacy cost. Tables that are about nobody are
        those of the release."""
        with Desk() as desk:
            folder = os.path.join(desk.folder, "people")
            desk.run(
                ["sample", str(self.folder), "-o", folder] + options(persons=persons, seed=seed),
                progress,
            )
            return {table: self._read(Path(folder), table, kind) for table in self.tables}

    def _read(self, folder: Path, table: str, kind: Optional[str]) -> Any:
        outline = self._outlines()[table]
        path = _existing(folder, outline) or _existing(self.folder, outline)
        if path is None:
            raise InputError(
                f"The release lacks the table '{table}'.",
                id="release.table-missing",
                remedy="Ask its owner for the whole folder.",
            )
        shape = self._shapes.get(table) or shape_under(str(path), outline)
        if not outline.form().has_names:
            shape = replace(shape, names=written_columns(self.manifest, f"{table}."))
        with open(path, "rb") as file:
            return shape.of_kind(kind).read(file)

    def _outlines(self) -> Dict[str, Outline]:
        return _tables_of(schema_of(self.manifest))


def _tables_of(schema: Optional[Schema]) -> Dict[str, Outline]:
    found = schema._outlines() if schema is not None else None
    return {table.name: table for table in found.tables} if found and found.is_linked else {}


def _existing(folder: Path, outline: Outline) -> Optional[Path]:
    """A file of a release may be plain though the original's was compressed."""
    name = outline.file_name
    paths = (folder / name, folder / name.removesuffix(".gz"))
    return next((path for path in paths if path.is_file()), None)


class _LinkedDesk(Desk):
    """A desk for several tables at once."""

    def folder_of(self, tables: Tables, name: str) -> str:
        """What the command line takes: a folder as it is, or a private one with the tables."""
        if isinstance(tables, (str, os.PathLike)):
            return os.fspath(tables)
        if not isinstance(tables, Mapping):
            raise TypeError(
                "Linked tables are a folder, or a dict of tables under their names, "
                f"not {type(tables).__name__}."
            )
        outlines = _tables_of(self.schema)
        unknown = [table for table in tables if outlines and table not in outlines]
        if unknown:
            raise ValueError(
                f"The schema has no table '{unknown[0]}'. It has: {', '.join(outlines)}."
            )
        os.mkdir(os.path.join(self.folder, name), 0o700)
        for table, content in tables.items():
            outline = outlines.get(table, Outline(table))
            refuse_unwritable(content, outline)
            self._place(content, f"{name}/{_plain_name(outline)}", outline)
        return os.path.join(self.folder, name)

    def _place(self, table: Table, path: str, outline: Outline) -> None:
        place = os.path.join(self.folder, path)
        if isinstance(table, (str, os.PathLike)):
            # A release copies public tables: a link in it would lead nowhere.
            (shutil.copyfile if outline.is_public else os.symlink)(os.path.abspath(table), place)
            return
        path, place = path.removesuffix(".gz"), place.removesuffix(".gz")
        if outline.is_public:
            with open(place, "wb") as file:
                write(table, file, outline.form())
        else:
            self.table_at(table, path, outline.form())

    def shapes(self, tables: Tables) -> Dict[str, Shape]:
        """The shapes of what comes out."""
        given = tables if isinstance(tables, Mapping) else {}
        found = {
            table: shape_under(given.get(table, ""), outline)
            for table, outline in _tables_of(self.schema).items()
        }
        kinds = {found[table].kind for table in given if table in found}
        kind = kinds.pop() if len(kinds) == 1 else default_kind()
        return {
            table: shape if table in given else shape.of_kind(kind)
            for table, shape in found.items()
        }


def _plain_name(outline: Outline) -> str:
    name = outline.file_name
    if os.path.basename(name) != name or name.startswith(".") or "\0" in name:
        raise ValueError(f"The table '{outline.name}' needs a name that a file can have.")
    return name


def inspect(
    tables: Tables,
    *,
    name: str = "tables",
    missing: Sequence[str] = (),
    progress: ProgressLike = None,
) -> LinkedInspection:
    """Looks at linked tables and proposes a schema: keys, parents, times, rules over tables.

    What it answers comes from the rows: it is for their owner alone.
    """
    with _LinkedDesk() as desk:
        schema = desk.result("the schema")
        document = desk.run(
            ["inspect", desk.folder_of(tables, name), "-o", schema.argument, *schema.replacing]
            + options(missing=list(missing)),
            progress,
        ).document
        text = schema.text()
    return LinkedInspection(
        Schema(text),
        document["person"],
        document["persons"],
        tuple(map(_looked_at, document["tables"])),
        tuple(rule["rule"] for rule in document.get("rules", ())),
        tuple(document.get("notes", ())),
        tuple(document.get("advice", ())),
        document,
    )


def _looked_at(table: Mapping[str, Any]) -> LinkedTable:
    return LinkedTable(
        table["name"],
        table["rows"],
        tuple(table.get("key", ())),
        tuple(parent["table"] for parent in table.get("parents", ())),
        table.get("time"),
        table.get("isPublic", False),
        table.get("ofNobody", 0),
    )


def plan(
    tables: Tables,
    *,
    schema: SchemaLike,
    epsilon: float,
    delta: Optional[float] = None,
    name: str = "tables",
) -> LinkedPlan:
    """Says what a release would ask, and how many people it takes. It spends nothing."""
    with _LinkedDesk(schema, name) as desk:
        document = desk.run(
            ["synthesize", desk.folder_of(tables, name), "--plan", *desk.schema_option()]
            + options(epsilon=epsilon, delta=delta)
        ).document
    return LinkedPlan(
        document["epsilon"],
        document["delta"],
        {table["name"]: tuple(table["columns"]) for table in document["tables"]},
        document["fewPeople"],
        tuple(document.get("hazards", ())),
        document,
    )


def synthesize(
    tables: Tables,
    *,
    schema: SchemaLike,
    epsilon: float,
    output: PathLike,
    delta: Optional[float] = None,
    name: str = "tables",
    same_people_as: Union[str, Sequence[str], None] = None,
    other_people: bool = False,
    force: bool = False,
    ledger: Optional[PathLike] = None,
    keys: Optional[PathLike] = None,
    seed: Optional[int] = None,
    progress: ProgressLike = None,
) -> LinkedRelease:
    """Makes a release of linked tables. The budget of their people is charged.

    Args:
        tables: A folder, or a dict of tables under their names.
        schema: The schema that says how they are linked, or SDV's metadata of several tables.
        epsilon: How much the release may reveal about any one person, with all their rows in every
            table; 1 is usual.
        output: The folder to be made.
        delta: The chance that is left out of the guarantee; 1e-9.
        name: The name of tables that lie in no folder; the ledger lists them under this name.
        same_people_as: Datasets or populations of the ledger with the same people.
        other_people: Declare that nobody in them is in what they resemble: a hazard.
        seed: Makes the run repeatable and NOT PRIVATE. For tests only.

    Raises:
        BudgetError: The granted budget does not allow it.
        DecisionNeededError: The tables resemble what the ledger knows.
    """
    with _LinkedDesk(schema, name) as desk:
        if desk.schema is not None and not desk.schema.tables:
            raise TypeError("The schema is of a single table: give it to understudy.synthesize.")
        shapes = desk.shapes(tables)
        document = desk.run(
            ["synthesize", desk.folder_of(tables, name), "-o", os.fspath(output)]
            + desk.schema_option()
            + options(
                epsilon=epsilon,
                delta=delta,
                same_people_as=several(same_people_as),
                other_people=other_people,
                force=force,
                ledger=ledger,
                keys=keys,
                seed=seed,
            ),
            progress,
        ).document
    opened = LinkedRelease.open(output)
    messages = tuple(document.get("ownerMessages", ()))
    return LinkedRelease(opened.folder, opened.manifest, messages, _shapes=shapes)


def evaluate(
    original: Tables,
    synthetic: Union[LinkedRelease, Tables],
    *,
    schema: SchemaLike,
    progress: ProgressLike = None,
) -> LinkedEvaluation:
    """Compares linked tables with their originals by person, for the originals' owner alone."""
    with _LinkedDesk(schema, "original") as desk:
        document = desk.run(
            ["evaluate", "--original", desk.folder_of(original, "original")]
            + ["--synthetic", _folder(desk, synthetic, "synthetic"), *desk.schema_option()],
            progress,
        ).document
    tables = document["tables"]
    return LinkedEvaluation(
        document["originalPersons"],
        document["releasePersons"],
        {table["name"]: table.get("oneWay") for table in tables},
        {table["name"]: table.get("twoWay") for table in tables},
        tuple(
            Link(
                link["table"],
                link["parent"],
                link["children"],
                link["withParent"],
                link["orphans"],
            )
            for link in document.get("links", ())
        ),
        {rule["rule"]: rule["release"] for rule in document.get("rules", ()) if rule["release"]},
        document.get("dependenceLost"),
        document,
    )


def attack(
    original: Tables,
    synthetic: Union[LinkedRelease, Tables],
    *,
    schema: SchemaLike,
    control: Optional[Tables] = None,
    seed: Optional[int] = None,
    progress: ProgressLike = None,
) -> AttackReport:
    """Attacks the persons of linked tables, each with all their rows.

    Args:
        control: Tables of people of the same kind who are not in the original; without them
            nothing is judged.
    """
    with _LinkedDesk(schema, "original") as desk:
        arguments = ["attack", "--original", desk.folder_of(original, "original")]
        arguments += ["--synthetic", _folder(desk, synthetic, "synthetic"), *desk.schema_option()]
        if control is not None:
            arguments += ["--control", desk.folder_of(control, "control")]
        document = desk.run(arguments + options(seed=seed), progress, accept=(0, 3)).document
    return attack_report(document)


def _folder(desk: _LinkedDesk, synthetic: Union[LinkedRelease, Tables], name: str) -> str:
    if isinstance(synthetic, LinkedRelease):
        return str(synthetic.folder)
    return desk.folder_of(synthetic, name)
