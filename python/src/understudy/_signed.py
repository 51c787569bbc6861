"""What a release and a model share: a folder that its owner signed."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Dict, Mapping, Optional, Tuple

from . import _judging
from ._desk import PathLike
from .results import Verification
from .schema import Schema


def manifest_of(folder: PathLike) -> Dict[str, Any]:
    """The signed manifest in a folder."""
    text = (Path(folder) / "manifest.json").read_text(encoding="utf-8")
    manifest: Dict[str, Any] = json.loads(text)
    return manifest


def schema_of(manifest: Mapping[str, Any]) -> Schema:
    """The schema under which something was made."""
    return Schema(manifest.get("schema", {}).get("text", ""))


def written_columns(manifest: Mapping[str, Any], table: str = "") -> Tuple[str, ...]:
    """The names of the columns of a release, or of one table of it, in their order."""
    names = (c["name"] for c in manifest["columns"] if c["treatment"] != "dropped")
    return tuple(name[len(table) :] for name in names if name.startswith(table))


@dataclass(frozen=True)
class Signed:
    """A signed folder; it can be handed over whole.

    Attributes:
        folder: The folder.
        manifest: The signed manifest, as a dict.
        owner_messages: What the run told the owner alone; empty for a folder that was opened.
    """

    folder: Path
    manifest: Mapping[str, Any] = field(repr=False)
    owner_messages: Tuple[str, ...] = field(default=(), repr=False)

    #: Its name in a title.
    _noun: ClassVar[str] = "release"

    @property
    def epsilon(self) -> float:
        return float(self.manifest["guarantee"]["epsilon"])

    @property
    def delta(self) -> float:
        return float(self.manifest["guarantee"]["delta"])

    @property
    def hazards(self) -> Tuple[str, ...]:
        """The names of everything that weakens the promise."""
        return tuple(self.manifest.get("hazards", ()))

    @property
    def report(self) -> Path:
        """The report, a page to read in a browser; it can be shared."""
        return self.folder / "report.html"

    def verify(self, trusted_key: Optional[str] = None) -> Verification:
        """Checks that it is what its owner signed, and that its claim adds up."""
        return _judging.verify(self.folder, trusted_key=trusted_key)

    def _repr_html_(self) -> str:
        """The report, in a frame of its own, for notebooks."""
        page = html.escape(self.report.read_text(encoding="utf-8"), quote=True)
        return (
            f'<iframe sandbox srcdoc="{page}" title="Report of the {self._noun}" '
            'style="width:100%;height:36em;border:1px solid #ccc"></iframe>'
        )
