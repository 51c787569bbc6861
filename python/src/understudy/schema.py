"""The schema of a table: what its owner declares, as YAML text that stays readable."""

from __future__ import annotations

import datetime
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Mapping, Optional, Tuple, Union

from ._outline import Outlines, outlines, plain

_COLUMN = re.compile(r"^(?P<indent> +)- name: (?P<name>.+?)\s*$")
_TABLE = re.compile(r"^ *- table: (?P<name>.+?)\s*(?:#.*)?$")


@dataclass(frozen=True)
class Schema:
    """A schema as text. Every change returns a new schema; comments stay where they are.

    What a schema says is public knowledge, for which its owner answers. A schema that
    :func:`understudy.inspect` wrote has comments that come from the rows: they are for the owner
    alone, and a release never holds them.
    """

    text: str

    @classmethod
    def read(cls, path: Union[str, "os.PathLike[str]"]) -> Schema:
        """Reads a schema, or the metadata of SDV or Frictionless, from a file."""
        return cls(Path(path).read_text(encoding="utf-8"))

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Schema:
        """Makes a schema of a dict, in the keys of the schema file or of SDV's metadata."""
        return cls(json.dumps(_words(content), indent=1, ensure_ascii=False) + "\n")

    def to_dict(self) -> Dict[str, Any]:
        """The schema as a dict. YAML needs the package PyYAML."""
        if self.text.lstrip().startswith("{"):
            content = json.loads(self.text)
        else:
            try:
                import yaml
            except ImportError:
                raise ImportError(
                    "A schema in YAML becomes a dict with the package PyYAML: pip install pyyaml"
                ) from None
            content = yaml.load(self.text, Loader=yaml.BaseLoader)
        if not isinstance(content, dict):
            raise ValueError("The schema is no mapping of keys to values.")
        return content

    def save(self, path: Union[str, "os.PathLike[str]"]) -> Path:
        """Writes the schema to a file that only its owner can read."""
        path = Path(path)
        with open(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(self.text)
        return path

    @property
    def columns(self) -> Tuple[str, ...]:
        """The names of the columns, in the order of the file; ``table.column`` in a schema of
        linked tables."""
        return tuple(self._columns())

    @property
    def tables(self) -> Tuple[str, ...]:
        """The names of linked tables; none in a schema of a single table."""
        found = self._outlines()
        return tuple(table.name for table in found.tables) if found.is_linked else ()

    def column(self, name: str) -> Mapping[str, str]:
        """What the schema says of a column: key and value, as texts."""
        entries = self._columns()
        if name not in entries:
            raise KeyError(f"The schema has no column '{name}'. It has: {', '.join(entries)}.")
        return entries[name]

    def set(self, column: str, **keys: str) -> Schema:
        """Sets keys of a column, each to a value as YAML writes it.

        Example:
            ``schema.set("age", bounds="{low: 0, high: 110, provenance: declared}")``; in a schema
            of linked tables ``schema.set("patients.sex", …)``.
        """
        self._editable()
        self.column(column)
        lines = self.text.split("\n")
        place, indent = self._line(column)
        for key, value in keys.items():
            line = f"{indent}{key.replace('_', ' ')}: "
            end = place + 1
            while end < len(lines) and lines[end].startswith(indent):
                if lines[end].startswith(line):
                    lines[end] = line + value
                    break
                end += 1
            else:
                lines.insert(end, line + value)
        return Schema("\n".join(lines))

    def protect(self, person: str, at_most: int) -> Schema:
        """Protects persons rather than rows: all rows that share the value of a column."""
        self._of_one_table()
        return self._top("unit", f"{{person: {json.dumps(person)}, at most: {at_most}}}")

    def rows_are_people(self) -> Schema:
        """Declares that each row is a person of its own."""
        self._of_one_table()
        return self._top("unit", "{row: person}")

    def reviewed(self, by: str, on: Optional[datetime.date] = None) -> Schema:
        """Signs the schema: this person has read it and answers for what it says."""
        day = (on or datetime.date.today()).isoformat()
        return self._top("reviewed", f"{{by: {json.dumps(by, ensure_ascii=False)}, on: {day}}}")

    def _top(self, key: str, value: str) -> Schema:
        self._editable()
        lines = self.text.split("\n")
        line = f"{key}: {value}"
        for place, old in enumerate(lines):
            if re.match(rf"(# )?{key}:", old):
                lines[place] = line
                return Schema("\n".join(lines))
        place = next(
            place for place, old in enumerate(lines) if old.startswith(("columns:", "tables:"))
        )
        return Schema("\n".join(lines[:place] + [line] + lines[place:]))

    def _editable(self) -> None:
        if not re.search(r"^ *columns:\s*$", self.text, re.MULTILINE):
            raise ValueError(
                "Only a schema in YAML with one column below the other can be edited key by key, "
                "as inspect writes it. Change the dict, and use Schema.from_dict."
            )

    def _of_one_table(self) -> None:
        if self.tables:
            raise ValueError(
                "A schema of linked tables protects each person with all their rows: its key "
                "`person` names the table that has a row for each."
            )

    def _line(self, column: str) -> Tuple[int, str]:
        """The line where a column begins, and how far its keys are moved in."""
        table, is_linked = "", bool(self.tables)
        for place, line in enumerate(self.text.split("\n")):
            if found := _TABLE.match(line):
                table = plain(found["name"])
            elif found := _COLUMN.match(line):
                name = plain(found["name"])
                if column == (f"{table}.{name}" if is_linked else name):
                    return place, found["indent"] + "  "
        raise ValueError(
            f"The column '{column}' stands in one line with its keys. Give each key a line."
        )

    def _outlines(self) -> Outlines:
        return outlines(self.text)

    def _columns(self) -> Dict[str, Mapping[str, str]]:
        found = self._outlines()
        return {
            f"{table.name}.{name}" if found.is_linked else name: keys
            for table in found.tables
            for name, keys in table.columns.items()
        }


SchemaLike = Union[Schema, str, "os.PathLike[str]", Mapping[str, Any], None]
"""A :class:`Schema`, the path of one, or a dict with its keys or with those of SDV's metadata."""


def schema_of(value: SchemaLike) -> Optional[Schema]:
    if value is None or isinstance(value, Schema):
        return value
    if isinstance(value, Mapping):
        return Schema.from_dict(value)
    return Schema.read(value)


def _words(value: Any) -> Any:
    """Truth values in the words of the schema, and dates as texts."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return {str(key): _words(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_words(item) for item in value]
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value
