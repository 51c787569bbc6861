"""Drafts for the privacy officer, filled from a release's signed manifest.

``python -m understudy.paperwork release -o paperwork`` writes paragraphs for an impact
assessment, clauses for a data use agreement and a letter to a review board. What the manifest
cannot know stands in brackets.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import textwrap
from pathlib import Path
from string import Template
from typing import Dict, Tuple, Union

from ._signed import Signed
from ._signed import manifest_of as _manifest_of
from ._signed import schema_of as _schema_of
from .errors import InputError, UnderstudyError
from .linked import LinkedRelease
from .release import Release


def paperwork(
    release: Union[Release, LinkedRelease, str, "os.PathLike[str]"],
    folder: Union[str, "os.PathLike[str]"],
) -> Tuple[Path, ...]:
    """Writes the drafts to a new folder.

    Raises:
        InputError: The release is not as it was signed, or makes no promise.
    """
    opened = release if isinstance(release, Signed) else _opened(release)
    verification = opened.verify()
    if not verification.is_passed:
        raise InputError(
            "The release is not what its owner signed: " + " ".join(verification.failures),
            id="paperwork.not-verified",
            remedy="Ask the owner for the release, and verify it.",
        )
    if not opened.manifest["guarantee"]["isPrivate"]:
        raise InputError(
            "The release makes no promise: its run was seeded.",
            id="paperwork.not-private",
            remedy="Make a release without a seed.",
        )
    place = Path(folder)
    place.mkdir(parents=True)
    values = _values(opened)
    written = []
    for template in sorted((Path(__file__).parent / "templates").glob("*.md")):
        text = Template(template.read_text(encoding="utf-8")).substitute(values)
        path = place / template.name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return tuple(written)


def _opened(folder: Union[str, "os.PathLike[str]"]) -> Union[Release, LinkedRelease]:
    is_linked = bool(_schema_of(_manifest_of(folder)).tables)
    return LinkedRelease.open(folder) if is_linked else Release.open(folder)


def _values(release: Union[Release, LinkedRelease]) -> Dict[str, str]:
    manifest = release.manifest
    attempts = manifest["attempts"]
    report = json.loads((release.folder / "report.json").read_text(encoding="utf-8"))
    hazards = "\n".join(
        textwrap.fill(f"- **{hazard['title']}.** {hazard['detail']}", 98, subsequent_indent="  ")
        for hazard in report["hazards"]
    )
    return {
        "table": manifest["table"],
        "date": manifest["created"][:10],
        "version": manifest["software"]["version"],
        "engine": manifest["engine"],
        "size": _size(release),
        "epsilon": f"{release.epsilon:g}",
        "delta": f"{release.delta:g}",
        "factor": _upwards(math.exp(release.epsilon), 2),
        "guess": _upwards(100 / (1 + math.exp(-release.epsilon)), 0),
        "protects": _protects(release),
        "attempts": str(attempts["count"]),
        "attempts_epsilon": f"{attempts['epsilon']:g} at delta {attempts['delta']:g}",
        "hazards": hazards or "- Nothing: the manifest names no hazard.",
        "unlearned": ", ".join(release.unlearned) or "there are none",
        "key": manifest["signer"]["keyID"],
    }


def _size(release: Union[Release, LinkedRelease]) -> str:
    columns = len(release.manifest["columns"])
    if isinstance(release, Release):
        return f"a table of {release.rows:,} rows and {columns} columns"
    return f"{len(release.tables)} tables of {release.persons:,} people, with {columns} columns"


def _protects(release: Union[Release, LinkedRelease]) -> str:
    promise = release.manifest["guarantee"]
    if isinstance(release, LinkedRelease):
        return "It protects each person, with all rows of theirs in every table"
    if promise["unit"] == "row":
        return "It protects each row; a person with several rows is protected less"
    return (
        f"It protects each person, with all rows that share a value of '{promise['unit']}' "
        f"(of which at most {promise['maximumRowsPerUnit']} count)"
    )


def _upwards(value: float, digits: int) -> str:
    """A bound is never rounded down."""
    step = 10.0**digits
    return f"{math.ceil(value * step) / step:,.{digits}f}"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m understudy.paperwork",
        description="Writes drafts for the privacy officer, filled from a release's manifest.",
        epilog="Example: python -m understudy.paperwork release -o paperwork",
    )
    parser.add_argument("release", help="the release folder")
    parser.add_argument("-o", "--output", required=True, help="the folder to be made")
    given = parser.parse_args()
    try:
        for path in paperwork(given.release, given.output):
            print(path)
    except (UnderstudyError, OSError) as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
