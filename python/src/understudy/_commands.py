"""The commands of the main job: each function builds arguments, runs, and reads the answer."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from ._desk import Desk, PathLike, options, several
from ._frames import Shape, default_kind
from ._program import Outcome, ProgressLike
from ._tables import Table
from .results import Check, InspectedColumn, Inspection, Plan
from .schema import Schema, SchemaLike

_LEARNING = (
    "delta",
    "target",
    "rows",
    "engine",
    "model_size",
    "steps",
    "policy",
    "public",
    "person_bound",
    "ledger",
)


def inspect(
    table: Table,
    *,
    name: str = "table",
    missing: Sequence[str] = (),
    private_epsilon: Optional[float] = None,
    delta: Optional[float] = None,
    person: Optional[str] = None,
    at_most: Optional[int] = None,
    same_people_as: Union[str, Sequence[str], None] = None,
    other_people: bool = False,
    progress: ProgressLike = None,
) -> Inspection:
    """Looks at a table and proposes a schema.

    What it answers comes from the rows: it is for their owner alone. With ``private_epsilon`` the
    look is paid for from the budget, and a release may rest on it.

    Args:
        table: A path, a pandas or polars frame, an Arrow table, or rows as dicts.
        name: The name of a table that has no file; the ledger lists it under this name.
        missing: Further words that stand for a missing cell.
        private_epsilon: What a private look costs, such as 0.05.
        person: With a private look: the column that says whom a row is about.
        at_most: With ``person``: the most rows of a person that are used.
    """
    with Desk(name=name) as desk:
        schema = desk.result("the schema")
        document = desk.run(
            ["inspect", desk.given(table), "-o", schema.argument, *schema.replacing]
            + options(
                missing=list(missing),
                private=private_epsilon is not None,
                epsilon=private_epsilon,
                delta=delta,
                person=person,
                at_most=at_most,
                same_people_as=several(same_people_as),
                other_people=other_people,
            ),
            progress,
        ).document
        text = schema.text()
    columns = tuple(
        InspectedColumn(
            c["name"],
            c["type"],
            c["role"],
            c.get("identifier"),
            c.get("reason", ""),
            c.get("confidence"),
            c.get("missing"),
            c.get("distinct"),
        )
        for c in document["columns"]
    )
    return Inspection(
        Schema(text),
        document["rows"],
        columns,
        document.get("suggestedPersonColumn"),
        tuple(document.get("notes", ())),
        tuple(document.get("advice", ())),
        document,
    )


def check(table: Table, schema: SchemaLike, *, name: str = "table") -> Check:
    """Compares a table with its schema before anything is spent, for the owner alone."""
    with Desk(schema, name) as desk:
        document = desk.run(
            ["check", desk.given(table), *desk.schema_option()], accept=(0, 3)
        ).document
    findings = [finding["sentence"] for finding in document.get("findings", ())]
    return Check(
        document["fits"],
        document.get("rows"),
        tuple(findings + list(document.get("header", ()))),
        document,
    )


def plan(
    table: Table,
    *,
    epsilon: float,
    schema: SchemaLike = None,
    name: str = "table",
    **settings: Any,
) -> Plan:
    """Shows what a release would cost and bring. It spends nothing.

    Takes the settings of :func:`understudy.synthesize` that decide what is learned:
    ``delta``, ``target``, ``rows``, ``engine``, ``model_size``, ``steps``, ``policy``,
    ``public``, ``person_bound``.
    """
    with Desk(schema, name) as desk:
        document = desk.run(
            ["synthesize", desk.given(table), "--plan", *desk.schema_option()]
            + options(epsilon=epsilon, **_learning(settings))
        ).document
    best = document["estimates"][0]
    return Plan(
        document["epsilon"],
        document["delta"],
        document["engine"],
        document.get("unit"),
        best["cpuSeconds"],
        best["memoryMegabytes"],
        best["meanOneWayError"],
        best["meanPairError"],
        tuple(document.get("hazards", ())),
        document,
    )


def _learning(settings: Dict[str, Any]) -> Dict[str, Any]:
    unknown = set(settings) - set(_LEARNING)
    if unknown:
        raise TypeError(
            f"There is no setting {', '.join(sorted(unknown))}. "
            f"Settings are: {', '.join(_LEARNING)}."
        )
    return {**settings, "target": several(settings.get("target"))}


def synthesize(
    table: Table,
    *,
    epsilon: float,
    output: PathLike,
    arguments: List[str],
    settings: Dict[str, Any],
    schema: SchemaLike,
    name: str,
    progress: ProgressLike,
) -> Tuple[Outcome, Shape]:
    """Runs the command; :func:`understudy.synthesize` makes a release of its answer."""
    with Desk(schema, name) as desk:
        shape = desk.shape(table)
        outcome = desk.run(
            ["synthesize", desk.given(table), "-o", os.fspath(output), *desk.schema_option()]
            + options(epsilon=epsilon, **_learning(settings))
            + arguments,
            progress,
            accept=(0, 3),
        )
    return outcome, shape


def sample(
    release: PathLike,
    rows: int,
    *,
    where: Union[Mapping[str, Any], Sequence[str]] = (),
    seed: Optional[int] = None,
    progress: ProgressLike = None,
    shape: Optional[Shape] = None,
) -> Any:
    """Draws rows from a release, at no privacy cost.

    Args:
        where: Conditions that every row keeps: ``{"sex": "F", "age": (60, 69)}``.
    """
    with Desk() as desk:
        result = desk.result("the sample")
        desk.run(
            ["sample", os.fspath(release), "-o", result.argument, *result.replacing]
            + options(rows=rows, where=_conditions(where), seed=seed),
            progress,
        )
        with result.open() as file:
            return (shape or Shape(default_kind())).read(file)


def _conditions(where: Union[Mapping[str, Any], Sequence[str]]) -> List[str]:
    if not isinstance(where, Mapping):
        return list(where)
    return [
        f"{column}={value[0]}..{value[1]}" if isinstance(value, tuple) else f"{column}={value}"
        for column, value in where.items()
    ]


def copies(
    release: PathLike,
    number: int,
    *,
    shape: Shape,
    seed: Optional[int] = None,
    progress: ProgressLike = None,
) -> List[Any]:
    """Draws tables that differ by what the release does not know."""
    with Desk() as desk:
        folder = os.path.join(desk.folder, "copies")
        desk.run(
            ["sample", os.fspath(release), "-o", folder] + options(copies=number, seed=seed),
            progress,
        )
        found = []
        for path in sorted(Path(folder).glob("copy-*.csv")):
            with open(path, "rb") as file:
                found.append(shape.read(file))
        return found
