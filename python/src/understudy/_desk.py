"""What every command starts from: a private workspace, the schema, and options."""

from __future__ import annotations

import os
from typing import Any, List, Sequence, Union

from ._frames import Shape, shape_of, under_names
from ._outline import Outline
from ._program import Outcome, ProgressLike, run
from ._tables import Form, Table, Workspace
from .schema import SchemaLike, schema_of

PathLike = Union[str, "os.PathLike[str]"]


def options(**given: Any) -> List[str]:
    """Options of the command line: True is the option alone, a list repeats it."""
    found: List[str] = []
    for name, value in given.items():
        option = "--" + name.replace("_", "-")
        if value is True:
            found.append(option)
        elif isinstance(value, (list, tuple)):
            found += [f"{option}={item}" for item in value]
        elif value is not None and value is not False:
            found.append(f"{option}={os.fspath(value) if hasattr(value, '__fspath__') else value}")
    return found


def several(value: Union[str, Sequence[str], None]) -> List[str]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)


def folder_of(release: Any) -> str:
    return str(os.fspath(getattr(release, "folder", release)))


def refuse_unwritable(table: Table, outline: Outline) -> None:
    """Refuses a frame that cannot be written in the form that its schema states."""
    if isinstance(table, (str, os.PathLike)):
        return
    if not outline.form().has_names or outline.skipped:
        raise ValueError(
            "The schema is of a file without names of columns, or with lines above them, which a "
            "frame has not. Give the file, or inspect the frame for a schema of its own."
        )
    for name, form in outline.unwritable().items():
        column = shape_of(table).columns.get(name)
        if column is not None and column.kind in ("date", "datetime"):
            raise ValueError(
                f"The schema has the format '{form}' for the column '{name}', in which a frame "
                "cannot be written: its cells would all count as missing. Give the column as "
                "text, or inspect the frame for a schema of its own."
            )


def shape_under(table: Table, outline: Outline) -> Shape:
    """The shape of what comes out for a table that goes in, under its schema."""
    shape = shape_of(table, outline.form(), outline.types())
    return under_names(shape, outline.headers())


class Desk(Workspace):
    """A workspace with one schema, from which runs are started."""

    def __init__(self, schema: SchemaLike = None, name: str = "table") -> None:
        self._schema_path = os.fspath(schema) if isinstance(schema, (str, os.PathLike)) else None
        try:
            self.schema = schema_of(schema)
        except (OSError, UnicodeDecodeError):  # The program says what is wrong with the file.
            self.schema = None
        self.name = name
        super().__init__()

    def given(self, table: Table) -> str:
        """What the command line takes for the table that the schema is about."""
        if self.schema is not None and self.schema.tables:
            raise TypeError(
                "The schema is of several tables: give them to the functions of understudy.linked."
            )
        refuse_unwritable(table, self.outline)
        return self.table(table, self.name, self.form)

    @property
    def outline(self) -> Outline:
        return self.schema._outlines().only if self.schema else Outline()

    @property
    def form(self) -> Form:
        return self.outline.form()

    def shape(self, table: Table) -> Shape:
        return shape_under(table, self.outline)

    def schema_option(self) -> List[str]:
        if self._schema_path is not None:
            return ["--schema", self._schema_path]
        if self.schema is None:
            return []
        ending = "json" if self.schema.text.lstrip().startswith("{") else "yaml"
        return ["--schema", self.text(self.schema.text, f"{self.name}.schema.{ending}")]

    def run(
        self, arguments: Sequence[str], progress: ProgressLike = None, accept: Sequence[int] = (0,)
    ) -> Outcome:
        return run(
            arguments, files=self.files, progress=progress, accept=accept, rename=self.rename
        )
