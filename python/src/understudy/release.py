"""A release: the stand-in, its evidence, and a model to draw more rows from."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, List, Mapping, Optional, Sequence, Tuple, Union

from . import _commands, _questions
from ._frames import Shape, shape_of
from ._program import ProgressLike
from ._signed import Signed, manifest_of, schema_of, written_columns
from .errors import InputError
from .results import Estimate

Conditions = Union[Mapping[str, Any], Sequence[str]]
"""``{"sex": "F", "age": (60, 69)}``, or conditions as the command line writes them."""


@dataclass(frozen=True)
class Release(Signed):
    """A release folder.

    Attributes:
        folder: The folder; hand over the whole of it.
        manifest: The signed manifest, as a dict.
        owner_messages: What the run told the owner alone; empty for a release that was opened.
        owner_report: The comparison with the original, which is not private; None for a release
            that was opened.
    """

    owner_report: Optional[Path] = field(default=None, repr=False)
    _shape: Optional[Shape] = field(default=None, repr=False, compare=False)

    @classmethod
    def open(cls, folder: Union[str, "os.PathLike[str]"]) -> Release:
        """Opens a release folder, for instance one that was handed over."""
        place = Path(folder)
        manifest = manifest_of(place)
        schema = schema_of(manifest)
        if schema.tables:
            raise InputError(
                f"{place} is a release of linked tables.",
                id="release.linked",
                remedy="Open it with understudy.linked.LinkedRelease.open.",
            )
        declared = {column["name"]: column["type"] for column in manifest.get("columns", ())}
        form = schema._outlines().only.form()
        shape = shape_of(os.fspath(place), form, declared)
        if not form.has_names:
            shape = replace(shape, names=written_columns(manifest))
        return cls(place, manifest, _shape=shape)

    @property
    def rows(self) -> int:
        return int(self.manifest["rows"])

    @property
    def unlearned(self) -> Tuple[str, ...]:
        """The columns about which nothing could be learned; their cells are empty."""
        return tuple(self.manifest.get("unlearned", ()))

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

    def _known_shape(self) -> Shape:
        return self._shape or Shape("rows")
