"""What Python needs of the text of a schema: tables, columns, and their keys as texts.

The program reads schemas; this reads only enough to write frames in the form that a schema states,
and to give columns their types back. It knows YAML in lines and in brackets, and JSON.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple

from ._tables import Form, strftime

Keys = Mapping[str, str]
_TRUE = ("yes", "true", "on")
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}


@dataclass(frozen=True)
class Outline:
    """What a schema says of one table.

    Attributes:
        name: The name of the table; empty for the only one.
        file: The file that the table lies in, if the schema names one.
        columns: For each column, in order, its keys.
        is_public: Whether the table is about nobody, so that a release copies it.
        layout: The keys of its ``format``.
    """

    name: str = ""
    file: Optional[str] = None
    columns: Mapping[str, Keys] = field(default_factory=dict)
    is_public: bool = False
    layout: Keys = field(default_factory=dict)

    @property
    def file_name(self) -> str:
        return self.file or f"{self.name}.csv"

    def form(self) -> Form:
        """How the table is written."""
        delimiter = self.layout.get("delimiter", "comma")
        return Form(
            self._times(),
            _DELIMITERS.get(delimiter, delimiter),
            "," if self.layout.get("decimal") == "comma" else ".",
            self.layout.get("header", "yes").lower() in _TRUE,
            {
                keys.get("header", name): keys["missing token"]
                for name, keys in self.columns.items()
                if keys.get("missing token")
            },
        )

    @property
    def skipped(self) -> bool:
        """Whether lines stand above the names."""
        return self.layout.get("skip", "0") != "0"

    def _times(self) -> Dict[str, str]:
        found = {}
        for name, keys in self.columns.items():
            pattern = keys.get("datetime_format") or (
                strftime(keys["format"]) if "format" in keys else None
            )
            if pattern and keys.get("type", "timestamp") in ("date", "timestamp"):
                found[keys.get("header", name)] = pattern
        return found

    def unwritable(self) -> Dict[str, str]:
        """The columns of times whose written form a frame cannot be given, with that form."""
        return {
            keys.get("header", name): keys["format"]
            for name, keys in self.columns.items()
            if keys.get("type") in ("date", "timestamp")
            and "format" in keys
            and strftime(keys["format"]) is None
        }

    def headers(self) -> Dict[str, str]:
        """The name that the table has, for each column that the schema calls otherwise."""
        return {name: keys["header"] for name, keys in self.columns.items() if "header" in keys}

    def types(self) -> Dict[str, str]:
        return {
            keys.get("header", name): keys["type"]
            for name, keys in self.columns.items()
            if "type" in keys
        }


@dataclass(frozen=True)
class Outlines:
    """The tables of a schema. One of a single table has one, without a name."""

    tables: Tuple[Outline, ...]
    #: Whether it describes several tables of the same people.
    is_linked: bool

    @property
    def only(self) -> Outline:
        """The only table; an empty one if there are several."""
        return Outline() if self.is_linked or not self.tables else self.tables[0]


def outlines(text: str) -> Outlines:
    return _of_json(json.loads(text)) if text.lstrip().startswith("{") else _of_yaml(text)


def _of_json(content: Mapping[str, Any]) -> Outlines:
    """A schema in JSON, or the metadata of SDV or Frictionless."""
    tables = content.get("tables")
    if isinstance(tables, Mapping):  # SDV: one table alone is not a set of linked ones.
        found = tuple(_json_table(name, table) for name, table in tables.items())
        if len(found) == 1:
            return Outlines((Outline("", None, found[0].columns),), False)
        return Outlines(found, True)
    if isinstance(tables, list):
        return Outlines(tuple(_json_table(table.get("table", ""), table) for table in tables), True)
    return Outlines((_json_table("", content),), False)


def _json_table(name: str, table: Mapping[str, Any]) -> Outline:
    columns = table.get("columns", table.get("fields", ()))
    if isinstance(columns, Mapping):
        named = list(columns.items())
    else:
        named = [(column["name"], column) for column in columns if "name" in column]
    return Outline(
        str(name),
        table.get("file"),
        {str(name): {key: str(value) for key, value in keys.items()} for name, keys in named},
        str(table.get("public", "no")).lower() in _TRUE,
        _json_layout(table),
    )


def _json_layout(table: Mapping[str, Any]) -> Keys:
    layout = table.get("format", table.get("dialect"))
    found = layout.items() if isinstance(layout, Mapping) else ()
    return {key: str(value) for key, value in found}


_KEY = re.compile(r"^(?P<key>[A-Za-z][\w ]*):(?:\s+(?P<value>.*))?$")


def _of_yaml(text: str) -> Outlines:
    tables: List[Tuple[Dict[str, str], List[Dict[str, str]]]] = [({}, [])]
    is_linked, inside, depth = False, False, -1  # `depth`: how far columns are moved in.
    above = (0, "")  # The key of a table that other keys stand below, and how far it is moved in.
    for line in _lines(text):
        body = line.lstrip(" ")
        indent, is_item = len(line) - len(body), body.startswith("- ")
        rest = body[2:].lstrip(" ") if is_item else body
        found = _KEY.match(rest)
        is_linked = is_linked or bool(found and indent == 0 and found["key"] == "tables")
        if is_linked and is_item and rest.startswith("table:"):
            inside, above = False, (0, "")
            tables.append(({}, []))
        if not is_item and found and found["key"] == "columns":
            inside, depth = True, -1
            for column in _split(_inner(found["value"] or "[]")):
                tables[-1][1].append(_pairs(column))
        elif inside and is_item and depth in (-1, indent):
            depth = indent
            tables[-1][1].append(_pairs(rest) if rest.startswith("{") else {})
            if found:
                tables[-1][1][-1][found["key"]] = plain(found["value"] or "")
        elif inside and not is_item and indent == depth + 2 and found:
            tables[-1][1][-1].setdefault(found["key"], plain(found["value"] or ""))
        elif not inside or indent <= depth:
            inside = False
            if found:
                indent += 2 if is_item else 0
                below = f"{above[1]}: " if above[1] and indent > above[0] else ""
                tables[-1][0].setdefault(below + found["key"], plain(found["value"] or ""))
                above = above if below else (indent, found["key"])
    made = tuple(
        Outline(
            keys.get("table", ""),
            keys.get("file"),
            {column["name"]: column for column in columns if "name" in column},
            keys.get("public", "no").lower() in _TRUE,
            _layout(keys),
        )
        for keys, columns in tables
    )
    return Outlines(made[1:] if is_linked else made, is_linked)


def _layout(keys: Keys) -> Keys:
    """The keys of `format`, in lines or in brackets."""
    if keys.get("format", "").startswith("{"):
        return _pairs(keys["format"])
    begin = "format: "
    return {key[len(begin) :]: value for key, value in keys.items() if key.startswith(begin)}


def _lines(text: str) -> Iterator[str]:
    """The lines without comments; what stands in brackets over several lines is one of them."""
    held = ""
    for line in text.split("\n"):
        line = _uncommented(line)
        if not line.strip():
            continue
        held = f"{held} {line.strip()}" if held else line
        opens = re.match(r"\s*(- )?([\w ]+:\s+)?[\[{]", held)
        if not opens or not _balance(held):
            yield held
            held = ""
    if held:
        yield held


def _outside(text: str) -> Iterator[Tuple[int, str, int]]:
    """The signs outside quotation marks: place, sign, and the number of brackets around it."""
    quote, depth, before = "", 0, " "
    for place, sign in enumerate(text):
        if quote:
            if sign == quote and before != "\\":
                quote = ""
            before = "" if before == "\\" else sign
            continue
        if sign in "\"'" and before in " [{,:'":
            quote = sign
        else:
            depth -= sign in "]}"
            yield place, sign, depth
            depth += sign in "[{"
        before = sign


def _uncommented(line: str) -> str:
    for place, sign, _ in _outside(line):
        if sign == "#" and (place == 0 or line[place - 1] == " "):
            return line[:place].rstrip()
    return line.rstrip()


def _balance(text: str) -> int:
    return sum((sign in "[{") - (sign in "]}") for _, sign, _ in _outside(text))


def _split(text: str) -> List[str]:
    """The parts between commas that stand in no brackets."""
    parts, begin = [], 0
    for place, sign, depth in _outside(text):
        if sign == "," and depth == 0:
            parts.append(text[begin:place].strip())
            begin = place + 1
    return [part for part in (*parts, text[begin:].strip()) if part]


def _inner(text: str) -> str:
    """What stands between the first bracket and the last."""
    return text.strip()[1:-1]


def _pairs(text: str) -> Dict[str, str]:
    """The keys of a mapping in braces; values that are lists or mappings stay texts."""
    found = {}
    for part in _split(_inner(text)):
        key, _, value = part.partition(":")
        found[plain(key.strip())] = plain(value.strip())
    return found


def plain(text: str) -> str:
    """A YAML scalar without its quotation marks."""
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        try:
            return str(json.loads(text))
        except ValueError:  # An escape that YAML knows and JSON does not.
            return text[1:-1]
    if text.startswith("'") and text.endswith("'") and len(text) > 1:
        return text[1:-1].replace("''", "'")
    return text
