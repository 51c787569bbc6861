"""Reads the program's tables back into the kind of frame that the caller came with."""

from __future__ import annotations

import csv
import datetime
import importlib.util
import io
from dataclasses import dataclass, field, replace
from typing import IO, Any, Callable, Dict, List, Mapping, Optional, Tuple

from ._tables import DATE, PLAIN, TIMESTAMP, Form, library


@dataclass(frozen=True)
class Column:
    """What a column held before it became text."""

    #: integer, float, boolean, date, datetime, time, or text.
    kind: str
    #: The type in the caller's library; None if the column did not come from there.
    native: Any = None


@dataclass(frozen=True)
class Shape:
    """The kind of frame to make, and what its columns hold."""

    kind: str
    columns: Mapping[str, Column] = field(default_factory=dict)
    form: Form = PLAIN
    #: The names of the columns, if the file has no line of names.
    names: Optional[Tuple[str, ...]] = None

    def read(self, file: IO[bytes]) -> Any:
        """Reads a CSV of the program."""
        return _READERS[self.kind](file, self)

    def of_kind(self, kind: Optional[str]) -> Shape:
        """This shape for another kind of frame."""
        if kind is None or kind == self.kind:
            return self
        if kind not in _READERS:
            raise ValueError(
                f"There is no kind of frame '{kind}'. Known are: {', '.join(_READERS)}."
            )
        plain = {name: Column(column.kind) for name, column in self.columns.items()}
        return Shape(kind, plain, self.form, self.names)

    def missing(self, name: str, columns: int) -> str:
        """The word for a missing cell. An empty line would be no row of a table with one column."""
        return self.form.missing.get(name, "" if columns > 1 else "NA")

    def pattern(self, name: str) -> str:
        kind = self.columns[name].kind
        return self.form.times.get(name, DATE if kind == "date" else TIMESTAMP)


def default_kind() -> str:
    """The library that is there: pandas, polars, pyarrow, or none."""
    for name in ("pandas", "polars", "pyarrow"):
        if importlib.util.find_spec(name) is not None:
            return name
    return "rows"


def shape_of(table: Any, form: Form = PLAIN, declared: Optional[Mapping[str, str]] = None) -> Shape:
    """The shape of a table that goes in.

    Args:
        form: How the table is written.
        declared: The types that the schema or the manifest states, for columns that come as text.
    """
    stated = {
        name: Column(_STATED.get(kind, "text"))
        for name, kind in (declared or {}).items()
        if kind not in ("date", "timestamp") or name in form.times
    }
    if isinstance(table, (str, bytes)) or hasattr(table, "__fspath__"):
        return Shape(default_kind(), stated, form)
    kind = library(table)
    return Shape(kind, _SEEN[kind](table) or stated, form)


def under_names(shape: Shape, names: Mapping[str, str]) -> Shape:
    """The shape of what comes out, for columns to which the schema gave another name than the
    table has (empty names, and names that occur twice)."""
    columns, times = dict(shape.columns), dict(shape.form.times)
    missing = dict(shape.form.missing)
    for name, header in names.items():
        if header in columns:
            columns[name] = columns[header]
        if header in times:
            times[name] = times[header]
        if header in missing:
            missing[name] = missing[header]
    return replace(shape, columns=columns, form=replace(shape.form, times=times, missing=missing))


_STATED = {
    "integer": "integer",
    "decimal": "float",
    "scientific": "float",
    "date": "date",
    "timestamp": "datetime",
}


def _pandas_columns(frame: Any) -> Dict[str, Column]:
    import pandas as pd
    from pandas.api import types

    if isinstance(frame, pd.Series):
        frame = frame.to_frame()
    found = {}
    for place, name in enumerate(frame.columns):
        column = frame.iloc[:, place]
        kind, native = "text", column.dtype
        if types.is_bool_dtype(native):
            kind = "boolean"
        elif types.is_integer_dtype(native):
            kind = "integer"
        elif types.is_float_dtype(native):
            kind = "float"
        elif types.is_datetime64_any_dtype(native):
            kind = "datetime"
        elif types.is_object_dtype(native):
            kind = {
                "boolean": "boolean",
                "date": "date",
                "datetime": "datetime",
                "time": "time",
                "integer": "integer",
                "floating": "float",
            }.get(types.infer_dtype(column), "text")
        found[str(name)] = Column(kind, native)
    return found


def _polars_columns(frame: Any) -> Dict[str, Column]:
    import polars as pl

    schema = (
        frame.collect_schema() if hasattr(frame, "collect_schema") else {frame.name: frame.dtype}
    )
    found = {}
    for name, native in schema.items():
        kind = "text"
        if native == pl.Boolean:
            kind = "boolean"
        elif native.is_integer():
            kind = "integer"
        elif native.is_float() or native.is_decimal():
            kind = "float"
        elif native in (pl.Date, pl.Datetime, pl.Time):
            kind = {pl.Date: "date", pl.Datetime: "datetime", pl.Time: "time"}[native.base_type()]
        found[name] = Column(kind, native)
    return found


def _arrow_columns(table: Any) -> Dict[str, Column]:
    import pyarrow as pa

    tests = (
        ("boolean", pa.types.is_boolean),
        ("integer", pa.types.is_integer),
        ("float", pa.types.is_floating),
        ("float", pa.types.is_decimal),
        ("date", pa.types.is_date),
        ("datetime", pa.types.is_timestamp),
        ("time", pa.types.is_time),
    )
    return {
        field.name: Column(
            next((kind for kind, test in tests if test(field.type)), "text"), field.type
        )
        for field in table.schema
    }


def _row_columns(rows: Any) -> Dict[str, Column]:
    """The columns of a list of rows, by the first value of each; a generator is not touched."""
    kinds = {
        bool: "boolean",
        int: "integer",
        float: "float",
        datetime.date: "date",
        datetime.datetime: "datetime",
        datetime.time: "time",
    }
    found: Dict[str, Column] = {}
    for row in rows if isinstance(rows, (list, tuple)) else ():
        for name, value in row.items():
            kind = found.get(str(name))
            if value is None:
                continue
            seen = kinds.get(type(value), "text")
            if kind is None or kind.kind == "integer" and seen == "float":
                found[str(name)] = Column(seen)
    return found


_SEEN: Dict[str, Callable[[Any], Dict[str, Column]]] = {
    "pandas": _pandas_columns,
    "polars": _polars_columns,
    "pyarrow": _arrow_columns,
    "rows": _row_columns,
}


def _read_pandas(file: IO[bytes], shape: Shape) -> Any:
    import pandas as pd

    frame = pd.read_csv(
        file,
        sep=shape.form.delimiter,
        header=None if shape.names else 0,
        names=shape.names,
        dtype=str,
        keep_default_na=False,
        na_values=[""],
        skip_blank_lines=False,
    )
    made = {}
    for name in frame.columns:
        column = shape.columns.get(name, Column("text"))
        texts = frame[name]
        if word := shape.missing(name, frame.shape[1]):
            texts = texts.mask(texts == word)
        try:
            made[name] = _pandas_column(texts, column, shape, name)
        except (ValueError, TypeError, OverflowError):
            made[name] = texts  # Words among the numbers: they stay texts.
    return pd.DataFrame(made, columns=frame.columns)


def _is_plain(native: Any) -> bool:
    """Whether a type says nothing of what the values are."""
    return native is None or str(native) == "object"


def _fitting(native: Any, values: Any, *, full: str, nullable: str) -> Any:
    """The type that the column had, or one that can hold missing values if it could not."""
    missing = values.isna().any()
    if not _is_plain(native) and (hasattr(native, "na_value") or not missing):
        return native
    return nullable if missing else full


def _pandas_column(texts: Any, column: Column, shape: Shape, name: str) -> Any:
    import pandas as pd

    native, kind = column.native, column.kind
    if kind == "text":
        if isinstance(native, pd.CategoricalDtype):
            known = set(texts.dropna()) <= {str(label) for label in native.categories}
            labels = native.categories.astype(str)
            return texts.astype(
                pd.CategoricalDtype(labels, native.ordered) if known else "category"
            )
        return texts if _is_plain(native) else texts.astype(native)
    if kind == "boolean":
        values = texts.map({"true": True, "false": False})
        if values.isna().sum() > texts.isna().sum():
            return texts
        return values.astype(_fitting(native, values, full="bool", nullable="boolean"))
    if kind == "integer":
        numbers = pd.to_numeric(texts.astype("string"), errors="raise").astype("Int64")
        return numbers.astype(_fitting(native, numbers, full="int64", nullable="Int64"))
    if kind == "float":
        points = texts.str.replace(shape.form.decimal, ".", regex=False)
        numbers = pd.to_numeric(points, errors="raise")
        return numbers.astype("float64" if _is_plain(native) else native)
    zone = getattr(native, "tz", None)
    if kind == "time":
        return texts.map(datetime.time.fromisoformat, na_action="ignore")
    moments = pd.to_datetime(texts, format=shape.pattern(name), utc=zone is not None)
    if kind == "date":
        return (
            moments.dt.date.where(moments.notna(), None)
            if native is not None and _is_plain(native)
            else moments
        )
    if _is_plain(native):
        return moments
    return (
        moments.dt.tz_convert(zone).astype(native) if zone is not None else moments.astype(native)
    )


def _read_polars(file: IO[bytes], shape: Shape) -> Any:
    import polars as pl

    frame = pl.read_csv(
        file.read(),
        separator=shape.form.delimiter,
        has_header=shape.names is None,
        new_columns=list(shape.names) if shape.names else None,
        infer_schema=False,
    )
    made = []
    for name in frame.columns:
        column, texts = shape.columns.get(name, Column("text")), frame[name]
        if word := shape.missing(name, frame.width):
            texts = texts.set(texts == word, None)
        try:
            made.append(_polars_column(texts, column, shape, name))
        except (pl.exceptions.PolarsError, ValueError):
            made.append(texts)  # Words among the numbers: they stay texts.
    return pl.DataFrame(made)


def _polars_column(texts: Any, column: Column, shape: Shape, name: str) -> Any:
    import polars as pl

    native = column.native
    if column.kind == "boolean":
        return texts.replace_strict({"true": True, "false": False}, return_dtype=pl.Boolean)
    if column.kind == "integer":
        return texts.cast(native or pl.Int64)
    if column.kind == "float":
        points = texts.str.replace(shape.form.decimal, ".", literal=True)
        return points.cast(native or pl.Float64)
    if column.kind == "date":
        return texts.str.to_date(shape.pattern(name))
    if column.kind == "datetime":
        moments = texts.str.to_datetime(shape.pattern(name).replace(".%f", "%.3f"))
        if native is None:
            return moments
        if native.time_zone:
            moments = moments.dt.replace_time_zone("UTC").dt.convert_time_zone(native.time_zone)
        return moments.dt.cast_time_unit(native.time_unit)
    if column.kind == "time":
        return texts.str.to_time("%H:%M:%S")
    return texts if native is None else texts.cast(native)


def _read_arrow(file: IO[bytes], shape: Shape) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv as arrow_csv

    data = file.read()
    lines = csv.reader(io.StringIO(data.decode("utf-8")), delimiter=shape.form.delimiter)
    names = list(shape.names or next(lines))
    table = arrow_csv.read_csv(
        pa.BufferReader(data),
        read_options=arrow_csv.ReadOptions(column_names=shape.names),
        parse_options=arrow_csv.ParseOptions(
            delimiter=shape.form.delimiter, newlines_in_values=True, ignore_empty_lines=False
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types={name: pa.string() for name in names},
            strings_can_be_null=True,
            null_values=[""],
        ),
    )
    made = []
    for name in names:
        column, texts = shape.columns.get(name, Column("text")), table[name]
        if word := shape.missing(name, len(names)):
            texts = pc.if_else(pc.equal(texts, word), None, texts)
        plain_texts = texts
        native = column.native
        plain = {
            "boolean": pa.bool_(),
            "integer": pa.int64(),
            "float": pa.float64(),
            "date": pa.date32(),
            "datetime": pa.timestamp("s"),
            "time": pa.time32("s"),
            "text": pa.string(),
        }[column.kind]
        try:
            if column.kind in ("date", "datetime"):
                texts = pc.strptime(texts, format=shape.pattern(name), unit="s")
                if native is not None and pa.types.is_timestamp(native) and native.tz:
                    texts = texts.cast(pa.timestamp("s", "UTC"))
            elif column.kind == "float" and shape.form.decimal != ".":
                texts = pc.replace_substring(texts, shape.form.decimal, ".")
            elif native is not None and pa.types.is_dictionary(native):
                texts = texts.dictionary_encode()
            made.append(texts.cast(plain if native is None else native))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            made.append(plain_texts)  # Words among the numbers: they stay texts.
    return pa.table(made, names=names)


def _read_rows(file: IO[bytes], shape: Shape) -> List[Dict[str, Any]]:
    with io.TextIOWrapper(file, encoding="utf-8", newline="") as text:
        lines = csv.reader(text, delimiter=shape.form.delimiter)
        names = shape.names or next(lines)
        # A line without a cell is a row whose only cell is missing.
        return [
            {
                name: None if cell == shape.missing(name, len(names)) else _value(cell, shape, name)
                for name, cell in zip(names, line or [""])
            }
            for line in lines
        ]


def _value(cell: str, shape: Shape, name: str) -> Any:
    if cell == "":
        return None
    kind = shape.columns.get(name, Column("text")).kind
    try:
        if kind == "boolean":
            return {"true": True, "false": False}.get(cell, cell)
        if kind in ("integer", "float"):
            return int(cell) if kind == "integer" else float(cell.replace(shape.form.decimal, "."))
        if kind in ("date", "datetime"):
            moment = datetime.datetime.strptime(cell, shape.pattern(name))
            return moment.date() if kind == "date" else moment
        return datetime.time.fromisoformat(cell) if kind == "time" else cell
    except ValueError:
        return cell


_READERS: Dict[str, Callable[[IO[bytes], Shape], Any]] = {
    "pandas": _read_pandas,
    "polars": _read_polars,
    "pyarrow": _read_arrow,
    "rows": _read_rows,
}
