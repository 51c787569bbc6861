"""A release: the stand-in, its evidence, and a model to draw more rows from."""

from __future__ import annotations

import html
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, List, Mapping, Optional, Sequence, Tuple, Union

from . import _commands, _judging, _questions
from ._frames import Shape, shape_of
from ._program import ProgressLike
from .results import Estimate, Verification
from .schema import Schema

Conditions = Union[Mapping[str, Any], Sequence[str]]
"""``{"sex": "F", "age": (60, 69)}``, or conditions as the command line writes them."""


@dataclass(frozen=True)
class Release:
    """A release folder.

    Attributes:
        folder: The folder; hand over the whole of it.
        manifest: The signed manifest, as a dict.
        owner_messages: What the run told the owner alone; empty for a release that was opened.
        owner_report: The comparison with the original, which is not private; None for a release
            that was opened.
    """

    folder: Path
    manifest: Mapping[str, Any] = field(repr=False)
    owner_messages: Tuple[str, ...] = field(default=(), repr=False)
    owner_report: Optional[Path] = field(default=None, repr=False)
    _shape: Optional[Shape] = field(default=None, repr=False, compare=False)

    @classmethod
    def open(cls, folder: Union[str, "os.PathLike[str]"]) -> Release:
        """Opens a release folder, for instance one that was handed over."""
        place = Path(folder)
        with open(place / "manifest.json", encoding="utf-8") as file:
            manifest = json.load(file)
        schema = Schema(manifest.get("schema", {}).get("text", ""))
        declared = {column["name"]: column["type"] for column in manifest.get("columns", ())}
        return cls(place, manifest, _shape=shape_of(os.fspath(place), schema._formats(), declared))

    @property
    def epsilon(self) -> float:
        return float(self.manifest["guarantee"]["epsilon"])

    @property
    def delta(self) -> float:
        return float(self.manifest["guarantee"]["delta"])

    @property
    def rows(self) -> int:
        return int(self.manifest["rows"])

    @property
    def hazards(self) -> Tuple[str, ...]:
        """The names of everything that weakens the promise."""
        return tuple(self.manifest.get("hazards", ()))

    @property
    def unlearned(self) -> Tuple[str, ...]:
        """The columns about which nothing could be learned; their cells are empty."""
        return tuple(self.manifest.get("unlearned", ()))

    @property
    def report(self) -> Path:
        """The report, a page to read in a browser; it can be shared."""
        return self.folder / "report.html"

    def frame(self, kind: Optional[str] = None) -> Any:
        """The stand-in as the kind of frame that was synthesized.

        Args:
            kind: Another kind: ``pandas``, ``polars``, ``pyarrow`` or ``rows`` (dicts).
        """
        with open(self.folder / "synthetic.csv", "rb") as file:
            return self._known_shape().of_kind(kind).read(file)

    def sample(
        self,
        rows: int,
        *,
        where: Conditions = (),
        seed: Optional[int] = None,
        kind: Optional[str] = None,
        progress: ProgressLike = None,
    ) -> Any:
        """Draws more rows from the model, at no privacy cost."""
        return _commands.sample(
            self.folder,
            rows,
            where=where,
            seed=seed,
            progress=progress,
            shape=self._known_shape().of_kind(kind),
        )

    def copies(
        self,
        number: int = 20,
        *,
        seed: Optional[int] = None,
        kind: Optional[str] = None,
        progress: ProgressLike = None,
    ) -> List[Any]:
        """Draws tables of the release's size, each from a model that might have been learned
        instead. Their differences show what the release does not know."""
        return _commands.copies(
            self.folder,
            number,
            seed=seed,
            progress=progress,
            shape=self._known_shape().of_kind(kind),
        )

    def estimate(self, analysis: Any = None, **keys: Any) -> Estimate:
        """Draws a conclusion from the release alone, at no privacy cost: see
        :func:`understudy.estimate`."""
        return _questions.estimate(self.folder, analysis, **keys)

    def verify(self, trusted_key: Optional[str] = None) -> Verification:
        """Checks that the release is what its owner signed, and that its claim adds up."""
        return _judging.verify(self.folder, trusted_key=trusted_key)

    def _known_shape(self) -> Shape:
        return self._shape or Shape("rows")

    def _repr_html_(self) -> str:
        """The report, in a frame of its own, for notebooks."""
        page = html.escape(self.report.read_text(encoding="utf-8"), quote=True)
        return (
            f'<iframe sandbox srcdoc="{page}" title="Report of the release" '
            'style="width:100%;height:36em;border:1px solid #ccc"></iframe>'
        )
