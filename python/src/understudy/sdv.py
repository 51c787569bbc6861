"""The names of SDV, so that an existing notebook moves with three changed lines.

    from understudy.sdv import Metadata, Synthesizer    # was: from sdv…
    metadata = Metadata.detect_from_dataframe(data)
    synthesizer = Synthesizer(metadata, epsilon=1)      # was: GaussianCopulaSynthesizer(metadata)
    synthesizer.fit(data)
    synthetic = synthesizer.sample(num_rows=1000)

It is a door, not a copy of SDV: ``fit`` spends a privacy budget, and what it makes is a release.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, Dict, Mapping, Optional, Union

from . import synthesize
from ._tables import library
from .release import Release
from .schema import Schema

_PathLike = Union[str, "os.PathLike[str]"]


class Metadata:
    """SDV's metadata of one table. What it says counts as declared by whoever wrote it."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._content = dict(content)

    @classmethod
    def detect_from_dataframe(cls, data: Any, table_name: str = "table") -> Metadata:
        """The names and types of the columns of a frame, by the frame's types alone: no value is
        looked at, so that nothing of the rows is declared."""
        from ._frames import shape_of

        sdtypes = {
            "integer": "numerical",
            "float": "numerical",
            "boolean": "boolean",
            "date": "datetime",
            "datetime": "datetime",
        }
        columns: Dict[str, Dict[str, str]] = {}
        for name, column in shape_of(data, {}, {}).columns.items():
            entry = columns[name] = {"sdtype": sdtypes.get(column.kind, "categorical")}
            if column.kind == "integer":
                entry["computer_representation"] = "Int64"
            if entry["sdtype"] == "datetime":
                entry["datetime_format"] = "%Y-%m-%d" + (
                    " %H:%M:%S" if column.kind == "datetime" else ""
                )
        return cls(
            {
                "METADATA_SPEC_VERSION": "V1",
                "relationships": [],
                "tables": {table_name: {"columns": columns}},
            }
        )

    @classmethod
    def load_from_dict(cls, content: Mapping[str, Any]) -> Metadata:
        return cls(content)

    @classmethod
    def load_from_json(cls, filepath: _PathLike) -> Metadata:
        return cls(json.loads(Path(filepath).read_text(encoding="utf-8")))

    def to_dict(self) -> Dict[str, Any]:
        return self._content

    def update_column(self, column_name: str, **entries: Any) -> None:
        """Changes what is said of a column, such as its ``sdtype``."""
        self._columns()[column_name] = {**self._columns().get(column_name, {}), **entries}

    def set_primary_key(self, column_name: str) -> None:
        self._table()["primary_key"] = column_name
        self.update_column(column_name, sdtype="id")

    def _table(self) -> Dict[str, Any]:
        tables = self._content.get("tables")
        if tables is None:
            return self._content
        if len(tables) != 1:
            raise ValueError(f"The metadata is of {len(tables)} tables; a synthesizer takes one.")
        table: Dict[str, Any] = next(iter(tables.values()))
        return table

    def _columns(self) -> Dict[str, Dict[str, Any]]:
        columns: Dict[str, Dict[str, Any]] = self._table()["columns"]
        return columns


class Synthesizer:
    """Learns a table with a guarantee, and draws rows.

    Args:
        metadata: A :class:`Metadata`, an object of SDV with ``to_dict``, a dict of either, or a
            schema of Understudy.
        epsilon: How much ``fit`` may reveal about any one person.
        output: The folder of the release. Without it the release is kept in a private folder that
            ends with this object, though its cost stays charged: ``save`` it.
        settings: Settings of :func:`understudy.synthesize`.
    """

    def __init__(
        self, metadata: Any, *, epsilon: float, output: Optional[_PathLike] = None, **settings: Any
    ) -> None:
        if hasattr(metadata, "to_dict") and not isinstance(metadata, Schema):
            metadata = metadata.to_dict()
        self.metadata = metadata
        self.epsilon = epsilon
        self.release: Optional[Release] = None
        self._output = output
        self._settings = settings
        self._folder: Optional[tempfile.TemporaryDirectory[str]] = None

    def fit(self, data: Any) -> None:
        """Makes the release; charges the budget of the people in ``data``."""
        output = self._output
        if output is None:
            self._folder = tempfile.TemporaryDirectory(prefix="understudy-release-")
            output = Path(self._folder.name) / "release"
        library(data)
        self.release = synthesize(
            data, schema=self.metadata, epsilon=self.epsilon, output=output, **self._settings
        )

    def sample(self, num_rows: Optional[int] = None, **settings: Any) -> Any:
        """Draws rows, at no cost; as many as the release has if no number is given."""
        release = self._fitted()
        return release.sample(release.rows if num_rows is None else num_rows, **settings)

    def save(self, folder: _PathLike) -> Path:
        """Copies the release to a folder, which can be handed over."""
        place = Path(folder)
        shutil.copytree(self._fitted().folder, place)
        return place

    def _fitted(self) -> Release:
        if self.release is None:
            raise RuntimeError("Nothing was learned yet: call fit(data) first.")
        return self.release
