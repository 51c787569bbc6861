"""The names of SDV, so that an existing notebook moves with three changed lines.

    from understudy.sdv import Metadata, Synthesizer    # was: from sdv…
    metadata = Metadata.detect_from_dataframe(data)
    synthesizer = Synthesizer(metadata, epsilon=1)      # was: GaussianCopulaSynthesizer(metadata)
    synthesizer.fit(data)
    synthetic = synthesizer.sample(num_rows=1000)

Several tables: ``MultiTableSynthesizer`` takes a dict of frames, as ``HMASynthesizer`` does.

It is a door, not a copy of SDV: ``fit`` spends a privacy budget, and what it makes is a release.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, Dict, Mapping, Optional, TypeVar, Union

from . import linked, synthesize
from ._signed import Signed
from ._tables import library
from .linked import LinkedRelease
from .release import Release
from .schema import Schema

_PathLike = Union[str, "os.PathLike[str]"]
_R = TypeVar("_R", bound=Signed)


class Metadata:
    """SDV's metadata, of one table or of several. What it says counts as declared by whoever wrote
    it."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._content = dict(content)

    @classmethod
    def detect_from_dataframe(cls, data: Any, table_name: str = "table") -> Metadata:
        """The names and types of the columns of a frame, by the frame's types alone: no value is
        looked at, so that nothing of the rows is declared."""
        return cls.detect_from_dataframes({table_name: data})

    @classmethod
    def detect_from_dataframes(cls, data: Mapping[str, Any]) -> Metadata:
        """The same for several tables. Keys and links are not guessed: state them with
        :meth:`set_primary_key` and :meth:`add_relationship`."""
        return cls(
            {
                "METADATA_SPEC_VERSION": "V1",
                "relationships": [],
                "tables": {name: {"columns": cls._detected(table)} for name, table in data.items()},
            }
        )

    @staticmethod
    def _detected(data: Any) -> Dict[str, Dict[str, str]]:
        from ._frames import shape_of

        sdtypes = {
            "integer": "numerical",
            "float": "numerical",
            "boolean": "boolean",
            "date": "datetime",
            "datetime": "datetime",
        }
        columns: Dict[str, Dict[str, str]] = {}
        for name, column in shape_of(data).columns.items():
            entry = columns[name] = {"sdtype": sdtypes.get(column.kind, "categorical")}
            if column.kind == "integer":
                entry["computer_representation"] = "Int64"
            if entry["sdtype"] == "datetime":
                entry["datetime_format"] = "%Y-%m-%d" + (
                    " %H:%M:%S" if column.kind == "datetime" else ""
                )
        return columns

    @classmethod
    def load_from_dict(cls, content: Mapping[str, Any]) -> Metadata:
        return cls(content)

    @classmethod
    def load_from_json(cls, filepath: _PathLike) -> Metadata:
        return cls(json.loads(Path(filepath).read_text(encoding="utf-8")))

    def to_dict(self) -> Dict[str, Any]:
        return self._content

    def update_column(
        self, column_name: str, table_name: Optional[str] = None, **entries: Any
    ) -> None:
        """Changes what is said of a column, such as its ``sdtype``."""
        columns = self._table(table_name)["columns"]
        columns[column_name] = {**columns.get(column_name, {}), **entries}

    def set_primary_key(self, column_name: str, table_name: Optional[str] = None) -> None:
        self._table(table_name)["primary_key"] = column_name
        self.update_column(column_name, table_name, sdtype="id")

    def add_relationship(
        self,
        parent_table_name: str,
        child_table_name: str,
        parent_primary_key: str,
        child_foreign_key: str,
    ) -> None:
        """Says that each row of the child belongs to a row of the parent. The tables need one root:
        the table that has a row for each person."""
        self._table(parent_table_name)
        self.update_column(child_foreign_key, child_table_name, sdtype="id")
        self._content.setdefault("relationships", []).append(
            {
                "parent_table_name": parent_table_name,
                "child_table_name": child_table_name,
                "parent_primary_key": parent_primary_key,
                "child_foreign_key": child_foreign_key,
            }
        )

    def _table(self, name: Optional[str]) -> Dict[str, Any]:
        tables = self._content.get("tables")
        if tables is None:
            return self._content
        if name is None and len(tables) != 1:
            raise ValueError(f"The metadata is of {len(tables)} tables: say which, by table_name.")
        if name is not None and name not in tables:
            raise ValueError(f"The metadata has no table '{name}'. It has: {', '.join(tables)}.")
        table: Dict[str, Any] = tables[name] if name is not None else next(iter(tables.values()))
        return table


def _as_given(metadata: Any) -> Any:
    """The dict in an object of SDV."""
    if hasattr(metadata, "to_dict") and not isinstance(metadata, Schema):
        return metadata.to_dict()
    return metadata


class _Place:
    """The folder of a release: the caller's, or a private one that ends with this object."""

    def __init__(self, output: Optional[_PathLike]) -> None:
        self._private: Optional[tempfile.TemporaryDirectory[str]] = None
        self._output = output

    def new(self) -> _PathLike:
        if self._output is not None:
            return self._output
        self._private = tempfile.TemporaryDirectory(prefix="understudy-release-")
        return Path(self._private.name) / "release"


def _fitted(release: Optional[_R]) -> _R:
    if release is None:
        raise RuntimeError("Nothing was learned yet: call fit(data) first.")
    return release


def _save(release: Signed, folder: _PathLike) -> Path:
    place = Path(folder)
    shutil.copytree(release.folder, place)
    return place


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
        self.metadata = _as_given(metadata)
        self.epsilon = epsilon
        self.release: Optional[Release] = None
        self._place = _Place(output)
        self._settings = settings

    def fit(self, data: Any) -> None:
        """Makes the release; charges the budget of the people in ``data``."""
        library(data)
        self.release = synthesize(
            data,
            schema=self.metadata,
            epsilon=self.epsilon,
            output=self._place.new(),
            **self._settings,
        )

    def sample(self, num_rows: Optional[int] = None, **settings: Any) -> Any:
        """Draws rows, at no cost; as many as the release has if no number is given."""
        release = _fitted(self.release)
        return release.sample(release.rows if num_rows is None else num_rows, **settings)

    def save(self, folder: _PathLike) -> Path:
        """Copies the release to a folder, which can be handed over."""
        return _save(_fitted(self.release), folder)


class MultiTableSynthesizer:
    """Learns linked tables with a guarantee for each person, and draws people with all their rows.

    Args:
        metadata: A :class:`Metadata` of several tables, an object of SDV with ``to_dict``, a dict
            of either, or a schema of Understudy, which can also state times and rules over tables.
        epsilon: How much ``fit`` may reveal about any one person.
        output: The folder of the release. Without it the release is kept in a private folder that
            ends with this object, though its cost stays charged: ``save`` it.
        settings: Settings of :func:`understudy.linked.synthesize`.
    """

    def __init__(
        self, metadata: Any, *, epsilon: float, output: Optional[_PathLike] = None, **settings: Any
    ) -> None:
        self.metadata = _as_given(metadata)
        self.epsilon = epsilon
        self.release: Optional[LinkedRelease] = None
        self._place = _Place(output)
        self._settings = settings

    def fit(self, data: Mapping[str, Any]) -> None:
        """Makes the release; charges the budget of the people in ``data``."""
        self.release = linked.synthesize(
            data,
            schema=self.metadata,
            epsilon=self.epsilon,
            output=self._place.new(),
            **self._settings,
        )

    def sample(self, scale: float = 1.0, **settings: Any) -> Dict[str, Any]:
        """Draws people, at no cost.

        Args:
            scale: How many, as a multiple of the people of the release.
        """
        release = _fitted(self.release)
        return release.sample(max(1, round(scale * release.persons)), **settings)

    def save(self, folder: _PathLike) -> Path:
        """Copies the release to a folder, which can be handed over."""
        return _save(_fitted(self.release), folder)
