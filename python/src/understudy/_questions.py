"""Commands that draw conclusions with intervals."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, List, Mapping, Optional, Sequence, Union

from ._desk import Desk, PathLike, folder_of, options, several
from ._program import ProgressLike
from ._signed import manifest_of, schema_of
from ._tables import Table
from .results import Answer, AskPlan, Estimate, Findings, Prediction, numbers_of
from .schema import Schema, SchemaLike


def _analysis(desk: Desk, analysis: Any, keys: Mapping[str, Any]) -> List[str]:
    if analysis is None:
        analysis = keys
    elif keys:
        raise TypeError("An analysis is a file, a dict, or keys; not two of them.")
    if isinstance(analysis, Mapping):
        if "model" in analysis:
            # A path in an analysis starts at its file, which is a temporary one here.
            analysis = {**analysis, "model": os.path.abspath(folder_of(analysis["model"]))}
        text = Schema.from_dict(analysis).text
        return ["--analysis", desk.text(text, "analysis.json")]
    return ["--analysis", os.fspath(analysis)]


def estimate(release: PathLike, analysis: Any = None, **keys: Any) -> Estimate:
    """Draws a conclusion from a release alone, with intervals that include the noise.

    Args:
        release: A release folder, or a :class:`Release`.
        analysis: The file of an analysis, or a dict; or give its keys by name.

    Example:
        ``understudy.estimate("release", kind="proportion", outcome="died", by="sex")``
    """
    with Desk() as desk:
        document = desk.run(
            ["estimate", folder_of(release), *_analysis(desk, analysis, keys)]
        ).document
    return Estimate(
        **numbers_of(document["findings"]),
        basis=document["basis"],
        note=document.get("note", ""),
        is_private=document["isPrivate"],
        document=document,
    )


def ask_plan(release: Any, analysis: Any = None, **keys: Any) -> AskPlan:
    """Predicts, from a release alone, what a question to the real table would bring at several
    prices. It reads no row and costs nothing."""
    with Desk() as desk:
        document = desk.run(
            [
                "ask",
                "-",
                "--plan",
                "--release",
                folder_of(release),
                *_analysis(desk, analysis, keys),
            ]
        ).document
    predictions = tuple(
        Prediction(p["epsilon"], p.get("noiseShare"), Findings(**numbers_of(p["findings"])))
        for p in document["predictions"]
    )
    return AskPlan(document.get("advice", ""), predictions, document)


def ask(
    table: Table,
    analysis: Any = None,
    *,
    release: Any,
    epsilon: float,
    output: PathLike,
    delta: Optional[float] = None,
    schema: SchemaLike = None,
    name: str = "table",
    same_people_as: Union[str, Sequence[str], None] = None,
    other_people: bool = False,
    ledger: Optional[PathLike] = None,
    progress: ProgressLike = None,
    **keys: Any,
) -> Answer:
    """Puts an analysis to the real table, at a price that its budget pays.

    Args:
        table: The table that the release was made from.
        release: A release of this table.
        output: The folder of the signed answer.
        schema: How dates and times of a frame are written; by default as the release's schema.
    """
    place = folder_of(release)
    with Desk(schema or _release_schema(place), name) as desk:
        document = desk.run(
            [
                "ask",
                desk.given(table),
                "--release",
                place,
                "-o",
                os.fspath(output),
                *_analysis(desk, analysis, keys),
            ]
            + options(
                epsilon=epsilon,
                delta=delta,
                same_people_as=several(same_people_as),
                other_people=other_people,
                ledger=ledger,
            ),
            progress,
        ).document
    promise = document["guarantee"]
    return Answer(
        **numbers_of(document["findings"]),
        folder=Path(output),
        epsilon=promise["epsilon"],
        delta=promise["delta"],
        unit=promise.get("unit"),
        is_private=promise["isPrivate"],
        methods=document.get("methods", ""),
        document=document,
    )


def _release_schema(folder: str) -> Optional[Schema]:
    if not (Path(folder) / "manifest.json").is_file():
        return None
    return schema_of(manifest_of(folder))
