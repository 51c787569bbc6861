"""The schema of a table: what its owner declares, as YAML text that stays readable."""

from __future__ import annotations

import datetime
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Tuple, Union

from ._tables import strftime

_COLUMN = re.compile(r"^  - name: (?P<name>.+?)\s*$")
_KEY = re.compile(r"^    (?P<key>[a-z][a-z ]*): (?P<value>.*?)(?:\s+#.*)?$")


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
        """The names of the columns, in the order of the file."""
        return tuple(self._entries())

    def column(self, name: str) -> Mapping[str, str]:
        """What the schema says of a column: key and value, as texts."""
        entries = self._entries()
        if name not in entries:
            raise KeyError(f"The schema has no column '{name}'. It has: {', '.join(entries)}.")
        return entries[name]

    def set(self, column: str, **keys: str) -> Schema:
        """Sets keys of a column, each to a value as YAML writes it.

        Example:
            ``schema.set("age", bounds="{low: 0, high: 110, provenance: declared}")``
        """
        self._editable()
        self.column(column)
        lines, place = self.text.split("\n"), self._line(column)
        for key, value in keys.items():
            key = key.replace("_", " ")
            end = place + 1
            while end < len(lines) and lines[end].startswith("    "):
                found = _KEY.match(lines[end])
                if found and found["key"] == key:
                    lines[end] = f"    {key}: {value}"
                    break
                end += 1
            else:
                lines.insert(end, f"    {key}: {value}")
        return Schema("\n".join(lines))

    def protect(self, person: str, at_most: int) -> Schema:
        """Protects persons rather than rows: all rows that share the value of a column."""
        return self._top("unit", f"{{person: {json.dumps(person)}, at most: {at_most}}}")

    def rows_are_people(self) -> Schema:
        """Declares that each row is a person of its own."""
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
        place = next(place for place, old in enumerate(lines) if old.startswith("columns:"))
        return Schema("\n".join(lines[:place] + [line] + lines[place:]))

    def _editable(self) -> None:
        if not re.search(r"^columns:\s*$", self.text, re.MULTILINE):
            raise ValueError(
                "Only a schema in YAML with one column below the other can be edited key by key, "
                "as inspect writes it. Change the dict, and use Schema.from_dict."
            )

    def _line(self, column: str) -> int:
        return next(
            place
            for place, line in enumerate(self.text.split("\n"))
            if (found := _COLUMN.match(line)) and _plain(found["name"]) == column
        )

    def _entries(self) -> Dict[str, Dict[str, str]]:
        if self.text.lstrip().startswith("{"):
            return _json_entries(json.loads(self.text))
        entries: Dict[str, Dict[str, str]] = {}
        lines: List[str] = self.text.split("\n")
        current: Optional[Dict[str, str]] = None
        for line in lines:
            if found := _COLUMN.match(line):
                current = entries.setdefault(_plain(found["name"]), {})
            elif line and not line.startswith(" "):
                current = None
            elif current is not None and (found := _KEY.match(line)):
                current[found["key"]] = _plain(found["value"])
        return entries

    def _formats(self) -> Dict[str, str]:
        """The strftime pattern of each column of dates or times."""
        found = {}
        for name, keys in self._entries().items():
            pattern = keys.get("datetime_format") or (
                strftime(keys["format"]) if "format" in keys else None
            )
            if pattern and keys.get("type", "timestamp") in ("date", "timestamp"):
                found[keys.get("header", name)] = pattern
        return found

    def _unwritable(self) -> Dict[str, str]:
        """The columns of times whose written form a frame cannot be given, with that form."""
        return {
            keys.get("header", name): keys["format"]
            for name, keys in self._entries().items()
            if keys.get("type") in ("date", "timestamp")
            and "format" in keys
            and strftime(keys["format"]) is None
        }

    def _names(self) -> Dict[str, str]:
        """The name that the table has, for each column that the schema calls otherwise."""
        return {name: keys["header"] for name, keys in self._entries().items() if "header" in keys}

    def _types(self) -> Dict[str, str]:
        return {
            keys.get("header", name): keys["type"]
            for name, keys in self._entries().items()
            if "type" in keys
        }


SchemaLike = Union[Schema, str, "os.PathLike[str]", Mapping[str, Any], None]
"""A :class:`Schema`, the path of one, or a dict with its keys or with those of SDV's metadata."""


def schema_of(value: SchemaLike) -> Optional[Schema]:
    if value is None or isinstance(value, Schema):
        return value
    if isinstance(value, Mapping):
        return Schema.from_dict(value)
    return Schema.read(value)


def _json_entries(content: Mapping[str, Any]) -> Dict[str, Dict[str, str]]:
    """The columns of a schema in JSON, or of the metadata of SDV (one table) or Frictionless."""
    tables = content.get("tables")
    if isinstance(tables, Mapping) and len(tables) == 1:
        content = next(iter(tables.values()))
    columns = content.get("columns", content.get("fields", ()))
    named = columns.items() if isinstance(columns, Mapping) else ((c["name"], c) for c in columns)
    return {str(name): {key: str(value) for key, value in column.items()} for name, column in named}


def _plain(text: str) -> str:
    """A YAML scalar without its quotation marks."""
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        return str(json.loads(text))
    if text.startswith("'") and text.endswith("'") and len(text) > 1:
        return text[1:-1].replace("''", "'")
    return text.split("  #")[0]


def _words(value: Any) -> Any:
    """Truth values in the words of the schema, and dates as texts."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return {str(key): _words(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_words(item) for item in value]
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value
