"""Hands a table to the program without leaving a file of its rows behind.

A frame is written as CSV into a file that has no name: it vanishes with the last process that
holds it, however that process ends. The program opens it through a link, in a private folder, that
bears the name of the table. It starts only when the whole table is written, so that it never sees
a part of one.
"""

from __future__ import annotations

import datetime
import decimal
import math
import os
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from itertools import chain
from typing import IO, Any, Dict, Iterable, List, Mapping, Optional, Sequence, TypeVar, Union


@dataclass(frozen=True)
class Form:
    """How a table is written, as its schema states it.

    Attributes:
        times: The strftime pattern of each column of dates or times.
        delimiter: What separates the cells.
        decimal: The sign before decimals.
        has_names: Whether the first line holds the names of the columns.
        missing: The word for a missing cell of each column that has one; elsewhere it is empty.
    """

    times: Mapping[str, str] = field(default_factory=dict)
    delimiter: str = ","
    decimal: str = "."
    has_names: bool = True
    missing: Mapping[str, str] = field(default_factory=dict)


PLAIN = Form()

#: How dates and times are written if no schema says otherwise. It must not follow from the rows.
DATE, TIMESTAMP = "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"


_W = TypeVar("_W", bound="Workspace")


class Workspace:
    """A private folder, removed at the end in every case, and the unnamed files of one run."""

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="understudy-")
        self.files: List[int] = []
        self._results: Dict[str, str] = {}

    def __enter__(self: _W) -> _W:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self.files:
            os.close(file)
        shutil.rmtree(self.folder, ignore_errors=True)

    def rename(self, text: str) -> str:
        """Puts names that the caller knows into a text of the program."""
        for place, name in self._results.items():
            text = re.sub(re.escape(place) + r"(?!\d)", name, text)
        return text.replace(self.folder + os.sep, "")

    def table(self, table: Any, name: str, form: Form = PLAIN) -> str:
        """Returns what the command line takes for a table: a path as it is, or a private copy."""
        if isinstance(table, (str, os.PathLike)):
            return os.fspath(table)
        return self.table_at(table, f"{name}.csv", form)

    def table_at(self, table: Any, name: str, form: Form = PLAIN) -> str:
        """Writes a private copy under a file name, and returns its path."""
        file, path = self._file(name)
        with os.fdopen(os.dup(file), "wb") as output:
            write(table, output, form)
        return path

    def text(self, text: str, name: str) -> str:
        """Returns the path of a private file with this text."""
        file, path = self._file(name)
        with os.fdopen(os.dup(file), "w", encoding="utf-8", newline="") as output:
            output.write(text)
        return path

    def result(self, name: str) -> Result:
        """A place for a file that the program writes and the caller reads.

        Args:
            name: The words for it in texts of the program.
        """
        result = Result(*self._file("result"))
        self._results[result.argument] = name
        return result

    def _file(self, name: str) -> tuple[int, str]:
        path = _unused(os.path.join(self.folder, name))
        if sys.platform == "linux":
            file = _nameless(self.folder)
            # /proc/self is the program that opens the link; it inherits the descriptor.
            os.symlink(f"/proc/self/fd/{file}", path)
        else:
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        self.files.append(file)
        return file, path


class Result:
    """A private file for a result."""

    def __init__(self, file: int, path: str) -> None:
        self._file = file
        # A link that is there already would not be replaced: the descriptor itself is the place.
        self.argument = f"/dev/fd/{file}" if sys.platform == "linux" else path
        self.replacing = [] if sys.platform == "linux" else ["--force"]
        self._path = None if sys.platform == "linux" else path

    def open(self) -> IO[bytes]:
        """The file from its beginning."""
        if self._path is not None:
            return open(self._path, "rb")
        file = os.fdopen(os.dup(self._file), "rb")
        file.seek(0)
        return file

    def text(self) -> str:
        with self.open() as file:
            return file.read().decode("utf-8")


def _nameless(folder: str) -> int:
    try:
        return os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)
    except OSError:  # Not every file system has such files.
        file, path = tempfile.mkstemp(dir=folder)
        os.unlink(path)
        return file


def _unused(path: str) -> str:
    stem, ending = os.path.splitext(path)
    number = 2
    while os.path.lexists(path):
        path, number = f"{stem}-{number}{ending}", number + 1
    return path


def library(table: Any) -> str:
    """Whose kind of table it is: ``pandas``, ``polars``, ``pyarrow``, or ``rows``."""
    root = type(table).__module__.split(".")[0]
    if root in ("pandas", "polars", "pyarrow"):
        return root
    if isinstance(table, Iterable) and not isinstance(table, (bytes, Mapping)):
        return "rows"
    raise TypeError(
        f"A table is a path, a pandas or polars frame, an Arrow table, or rows as dicts, "
        f"not {type(table).__name__}."
        + (" Several tables go to understudy.linked." if isinstance(table, Mapping) else "")
    )


def write(table: Any, output: IO[bytes], form: Form = PLAIN) -> None:
    """Writes a table as CSV. Texts stand in quotation marks and missing cells are empty, so that
    the text ``NA`` is not taken for a missing cell. Each cell is written by itself: how one row is
    written never follows from another."""
    {
        "pandas": _write_pandas,
        "polars": _write_polars,
        "pyarrow": _write_arrow,
        "rows": _write_rows,
    }[library(table)](table, output, form)


def _write_polars(table: Any, output: IO[bytes], form: Form) -> None:
    import polars as pl

    frame = table.collect() if isinstance(table, pl.LazyFrame) else table
    if isinstance(frame, pl.Series):
        frame = frame.to_frame()
    written = []
    for name, kind in frame.schema.items():
        column = pl.col(name)
        if kind.is_nested() or kind in (pl.Binary, pl.Object, pl.Duration):
            raise TypeError(
                f"The column '{name}' holds {kind}, which a table of people cannot hold."
            )
        if isinstance(kind, pl.Datetime):
            moment = column.dt.convert_time_zone("UTC") if kind.time_zone else column
            written.append(moment.dt.to_string(_polars(form.times.get(name, TIMESTAMP))))
        elif kind == pl.Date:
            written.append(column.dt.to_string(form.times.get(name, DATE)))
        elif kind == pl.Time:
            written.append(column.dt.to_string("%H:%M:%S"))
        elif (kind.is_float() or kind.is_decimal()) and form.decimal != ".":
            texts = column.cast(pl.String)
            written.append(texts.str.replace(".", form.decimal, literal=True))
        else:
            written.append(column)
    frame.select(written).write_csv(
        output,
        separator=form.delimiter,
        quote_style="non_numeric",
        null_value=_missing(frame.columns),
    )


def _polars(pattern: str) -> str:
    return pattern.replace(".%f", "%.3f")


def _write_arrow(table: Any, output: IO[bytes], form: Form) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv

    if isinstance(table, pa.RecordBatchReader):
        table = table.read_all()
    elif isinstance(table, pa.RecordBatch):
        table = pa.Table.from_batches([table])
    columns = []
    for kept, column in zip(table.schema, table.columns):
        kind = kept.type
        if pa.types.is_dictionary(kind):
            column = column.cast(kind.value_type)
            kind = kind.value_type
        if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_duration(kind):
            raise TypeError(
                f"The column '{kept.name}' holds {kind}, which a table of people cannot hold."
            )
        if pa.types.is_timestamp(kind):
            pattern = form.times.get(kept.name, TIMESTAMP)
            unit = "ms" if ".%f" in pattern else "s"
            column = pc.strftime(
                column.cast(pa.timestamp(unit, kind.tz and "UTC"), safe=False),
                format=pattern.replace(".%f", ""),
            )
        elif pa.types.is_date(kind):
            column = pc.strftime(column, format=form.times.get(kept.name, DATE))
        elif pa.types.is_time(kind):
            column = pc.strftime(
                column.cast(pa.time64("us"))
                .cast(pa.int64())
                .cast(pa.timestamp("us"))
                .cast(pa.timestamp("s"), safe=False),
                format="%H:%M:%S",
            )
        elif pa.types.is_decimal(kind) or pa.types.is_floating(kind):
            if pa.types.is_decimal(kind) or pa.types.is_float16(kind):
                column = column.cast(pa.float64())
            if form.decimal != ".":
                column = pc.replace_substring(column.cast(pa.string()), ".", form.decimal)
        columns.append(column)
    written = pa.table(columns, names=table.column_names)
    if len(columns) == 1:
        _write_rows(written.to_pylist(), output, PLAIN, table.column_names)
    else:
        csv.write_csv(written, output, csv.WriteOptions(delimiter=form.delimiter))


def _write_pandas(table: Any, output: IO[bytes], form: Form) -> None:
    import pandas as pd

    frame = table.to_frame() if isinstance(table, pd.Series) else table
    frame = frame.set_axis([str(name) for name in frame.columns], axis=1)
    if not frame.columns.is_unique:
        raise ValueError("Two columns of the frame have one name. Give each a name of its own.")
    try:
        import pyarrow as pa

        _write_arrow(pa.Table.from_pandas(frame, preserve_index=False), output, form)
    except (ImportError, ValueError, NotImplementedError):  # No pyarrow, or columns of mixed kinds.
        output.seek(0)
        output.truncate()
        names = list(frame.columns)
        columns = [
            frame.iloc[:, place].astype(object).where(frame.iloc[:, place].notna(), None)
            for place in range(len(names))
        ]
        _write_rows((dict(zip(names, row)) for row in zip(*columns)), output, form, names)


def _write_rows(
    table: Iterable[Mapping[str, Any]],
    output: IO[bytes],
    form: Form,
    names: Optional[List[str]] = None,
) -> None:
    rows = iter(table)
    if names is None:
        first = next(rows, None)
        if first is None:
            raise ValueError("There are no rows, so that the names of the columns are not known.")
        if not isinstance(first, Mapping):
            raise TypeError(
                f"A row is a dict of column names and values, not {type(first).__name__}."
            )
        names, rows = [str(name) for name in first], chain([first], rows)
    known, missing = frozenset(names), _missing(names)
    output.write((form.delimiter.join(_quoted(name) for name in names) + "\n").encode())
    for number, row in enumerate(rows, 1):
        if not known.issuperset(row):
            raise ValueError(
                f"Row {number} has a column that the first row has not. "
                "Give every row the same columns."
            )
        line = form.delimiter.join(_cell(row.get(name), name, form) or missing for name in names)
        output.write((line + "\n").encode())


def _missing(names: Sequence[str]) -> str:
    """How a missing cell is written. An empty line would be no row of a table with one column."""
    return "" if len(names) > 1 else "NA"


def _cell(value: Any, name: str, form: Form) -> str:
    pattern = form.times.get(name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        if value.tzinfo is not None:
            value = value.astimezone(datetime.timezone.utc)
        return _quoted(_moment(value, pattern or TIMESTAMP))
    if isinstance(value, datetime.date):
        return _quoted(value.strftime(pattern or DATE))
    if isinstance(value, datetime.time):
        return _quoted(value.strftime("%H:%M:%S"))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (float, decimal.Decimal)):
        number = float(value)
        if not math.isfinite(number):
            return ""
        if number.is_integer() and abs(number) < 1e15:
            return str(int(number))
        text = repr(number)
        return text if form.decimal == "." else _quoted(text.replace(".", form.decimal))
    item = getattr(value, "item", None)  # A number of numpy.
    if item is not None:
        return _cell(item(), name, form)
    return _quoted(str(value))


def _moment(value: datetime.datetime, pattern: str) -> str:
    # Six digits are more than a schema can name.
    return value.strftime(pattern.replace(".%f", f".{value.microsecond // 1000:03d}"))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


_TOKENS: Dict[str, str] = {
    "yyyy": "%Y",
    "MM": "%m",
    "dd": "%d",
    "HH": "%H",
    "hh": "%I",
    "mm": "%M",
    "ss": "%S",
    ".SSS": ".%f",
    "a": "%p",
}
_PART = re.compile(r"'(?P<text>[^']*)'|(?P<token>\.SSS|([A-Za-z])\3*)|(?P<sign>[^A-Za-z'\[\]])")


def strftime(pattern: str) -> Optional[str]:
    """The strftime pattern of a schema's pattern; None if there is none that every library writes
    alike, as for one-digit days, two-digit years, names of months and offsets."""
    place, out = 0, ""
    while place < len(pattern):
        part = _PART.match(pattern, place)
        if part is None or part["token"] and part["token"] not in _TOKENS:
            return None
        place = part.end()
        literal = part["text"] if part["text"] is not None else part["sign"]
        out += _TOKENS[part["token"]] if part["token"] else (literal or "").replace("%", "%%")
    return out


Table = Union[str, "os.PathLike[str]", Any]
"""A path, the address of a database, a pandas or polars frame, an Arrow table, or rows as dicts."""
