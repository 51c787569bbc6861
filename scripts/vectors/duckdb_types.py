"""A file of Parquet with every type that DuckDB writes and a cell can show, with missing cells, and one file for each other type.
Called: python3 scripts/vectors/duckdb_types.py FOLDER"""
import sys

import duckdb

KEPT = {
    "b": "true::boolean", "i1": "'-128'::tinyint", "i2": "'-32768'::smallint", "i4": "'-2147483648'::integer",
    "i8": "9007199254740993::bigint", "u1": "255::utinyint", "u2": "65535::usmallint", "u4": "4294967295::uinteger",
    "f4": "0.1::float", "f8": "0.1::double", "d4": "'-1234.5'::decimal(5,1)", "d9": "'123456789.123456789'::decimal(18,9)",
    "t": "'\u00dcnd ''q'' \"z\"'::varchar", "e": "'b'::e", "u": "'0f0e0d0c-0b0a-0908-0706-050403020100'::uuid",
    "day": "DATE '1582-10-14'", "clock": "TIME '23:59:59.999999'", "ts": "TIMESTAMP '1969-12-31 23:59:59.000001'",
    "tss": "'2020-02-29 12:00:00'::timestamp_s", "tsms": "'2020-02-29 12:00:00.123'::timestamp_ms",
    "tsns": "'2020-02-29 12:00:00.123456'::timestamp_ns", "tz": "TIMESTAMPTZ '2020-02-29 12:00:00+02'",
    "js": "'{\"a\":1}'::json",
}
OTHER = {
    "list": "[1, 2]", "struct": "{'a': 1}", "map": "map {'a': 1}", "interval": "INTERVAL 3 MONTH", "blob": "'\\xff\\xfe'::blob",
    "hugeint": "170141183460469231731687303715884105727::hugeint", "ubigint": "18446744073709551615::ubigint",
    "bit": "'0101'::bit", "far": "DATE '20000-01-01'",
}
base = duckdb.connect()
base.execute("CREATE TYPE e AS ENUM ('a', 'b'); SET TimeZone = 'UTC'")


def write(columns, name):
    base.execute("CREATE OR REPLACE TABLE t AS SELECT 1 AS n, " + ", ".join(f"{v} AS {k}" for k, v in columns.items()))
    base.execute("INSERT INTO t (n) VALUES (2)")
    base.execute(f"COPY t TO '{sys.argv[1]}/{name}.parquet' (FORMAT parquet)")


write(KEPT, "duckdb")
for name, value in OTHER.items():
    write({f"odd_{name}": value}, f"duckdb-{name}")
