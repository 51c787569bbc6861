"""Drafts for the privacy officer, filled from a release's signed manifest.

The program writes them (``understudy templates``): paragraphs for an impact assessment, clauses for
a data use agreement and a letter to a review board. What the manifest cannot know stands in
brackets.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Tuple, Union

from . import _program
from ._signed import Signed
from .errors import UnderstudyError
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
    place = release.folder if isinstance(release, Signed) else Path(release)
    outcome = _program.run(["templates", str(place), "-o", str(folder)])
    return tuple(Path(folder) / name for name in outcome.document["files"])


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
