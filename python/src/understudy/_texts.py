"""Commands that find and remove what names a person."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, List, Mapping, Optional, Sequence, Tuple, Union

from ._desk import Desk, PathLike, options, several
from ._frames import shape_of
from ._program import ProgressLike
from .results import Redaction, Scan, Span


def _texts(desk: Desk, texts: Any, *, name: str) -> Tuple[str, List[str], str]:
    """The argument, its options, and what was given: text, texts, file or table."""
    if isinstance(texts, os.PathLike):
        return os.fspath(texts), [], "file"
    if isinstance(texts, str):
        return desk.text(_line("1", texts), f"{name}.jsonl"), ["--text-field=text"], "text"
    if isinstance(texts, (list, tuple)) and all(isinstance(text, str) for text in texts):
        lines = "".join(_line(str(number), text) for number, text in enumerate(texts, 1))
        return desk.text(lines, f"{name}.jsonl"), ["--text-field=text"], "texts"
    return desk.table(texts, name), [], "table"


def _line(number: str, text: str) -> str:
    return json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n"


def scan(
    texts: Union[str, Sequence[str], "os.PathLike[str]", Any],
    *,
    columns: Optional[Mapping[str, str]] = None,
    always: Sequence[PathLike] = (),
    never: Sequence[PathLike] = (),
    detectors: Sequence[PathLike] = (),
    name: str = "texts",
    progress: ProgressLike = None,
) -> Scan:
    """Finds what names a person.

    Args:
        texts: A text, a list of texts, a ``pathlib.Path``, or a table.
        columns: Tables: what a column holds: a type such as ``PERSON``, or ``prose``, ``plain``.
        always: Files with words that always go; ``never``: with words that are never taken.
    """
    with Desk() as desk:
        argument, format, _ = _texts(desk, texts, name=name)
        outcome = desk.run(
            ["scan", argument, *format]
            + options(
                column=_uses(columns),
                always=list(always),
                never=list(never),
                detectors=list(detectors),
            ),
            progress,
        )
    if isinstance(outcome.document, dict) and "columns" in outcome.document:
        found = {c["name"]: c.get("found", {}) for c in outcome.document["columns"]}
        return Scan((), found, outcome.documents)
    spans = tuple(
        tuple(
            Span(s["type"], s["start"], s["end"], s["confidence"], s.get("why", ""))
            for s in document.get("spans", ())
        )
        for document in outcome.documents
    )
    return Scan(spans, {}, outcome.documents)


def _uses(columns: Optional[Mapping[str, str]]) -> List[str]:
    return [f"{name}={use}" for name, use in (columns or {}).items()]


def redact(
    texts: Union[str, Sequence[str], "os.PathLike[str]", Any],
    *,
    output: Optional[PathLike] = None,
    mode: Union[str, Sequence[str], None] = None,
    policy: Optional[str] = None,
    key: Optional[PathLike] = None,
    person_field: Optional[str] = None,
    columns: Optional[Mapping[str, str]] = None,
    always: Sequence[PathLike] = (),
    never: Sequence[PathLike] = (),
    detectors: Sequence[PathLike] = (),
    name: str = "texts",
    progress: ProgressLike = None,
) -> Redaction:
    """Takes what names a person out of texts and tables, or puts inventions in its place.

    Args:
        texts: A text, a list of texts, a ``pathlib.Path`` (with ``output``), or a table. The same
            comes back.
        mode: ``tag``, ``mask``, ``fake``, ``pseudonym``, ``drop`` or ``keep``; also ``DATE=shift``
            and the like.
        key: The owner's key: one key, one fake for each identifier.
    """
    with Desk() as desk:
        argument, format, given = _texts(desk, texts, name=name)
        if (given == "file") != (output is not None):
            raise TypeError(
                "A file needs `output`, the path for the rewritten file; "
                "texts and frames come back as the result."
            )
        result, report = desk.result("the result"), desk.result("the report")
        place = [os.fspath(output)] if output is not None else [result.argument, *result.replacing]
        desk.run(
            ["redact", argument, "-o", *place, "--report", report.argument, *format]
            + options(
                mode=several(mode),
                policy=policy,
                key=key,
                person_field=person_field,
                column=_uses(columns),
                always=list(always),
                never=list(never),
                detectors=list(detectors),
            ),
            progress,
        )
        counted = json.loads(report.text())
        rewritten: Any = Path(output) if output is not None else None
        if given in ("text", "texts"):
            found = [json.loads(line)["text"] for line in result.text().splitlines()]
            rewritten = found[0] if given == "text" else found
        elif given == "table":
            with result.open() as file:
                rewritten = shape_of(texts).read(file)
    counts = {t["type"]: t["found"] for t in counted.get("types", ())}
    return Redaction(rewritten, counts, counted)
