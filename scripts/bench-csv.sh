#!/bin/sh
# Reads and writes a table of about 200 MB on one core, beside pandas and polars, and prints times and ratios.
# Usage: scripts/bench-csv.sh TABLE.csv    (the rows are repeated until the file is large enough)
# UNDERSTUDY_PYTHON names a Python that has pandas and polars; without it a virtual environment is made in .venv.
set -eu
cd "$(dirname "$0")/.."
table=$(realpath "${1:?name a CSV file with a header, such as ../shared/data/adult.csv}")
python=${UNDERSTUDY_PYTHON:-.venv/bin/python}
if [ ! -x "$python" ]; then
  python3 -m venv .venv
  .venv/bin/pip install --quiet pandas polars
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" - "$table" "$work/large.csv" <<'PYTHON'
import sys
header, _, rows = open(sys.argv[1], "rb").read().partition(b"\n")
rows = rows if rows.endswith(b"\n") else rows + b"\n"
with open(sys.argv[2], "wb") as large:
    large.write(header + b"\n")
    for _ in range(max(1, 200_000_000 // len(rows))):
        large.write(rows)
PYTHON
swift build -c release --build-tests
UNDERSTUDY_BENCH_CSV="$work/large.csv" UNDERSTUDY_BENCH_RESULT="$work/result.json" \
  taskset -c 0 swift test -c release --skip-build --filter CSVBenchmark >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
POLARS_MAX_THREADS=1 taskset -c 0 "$python" - "$work/large.csv" "$work/result.json" <<'PYTHON'
import json, os, sys, time
import pandas, polars

path, result = sys.argv[1], json.load(open(sys.argv[2]))
missing = ["", "NA", "N/A", "NaN", "nan", "NULL", "null", "?"]

# The answer before the time: the same rows, sums and numbers of labels.
frame = pandas.read_csv(path, na_values=missing, keep_default_na=False)
assert len(frame) == result["rows"], "row counts differ"
compared = 0
for name, fact in result["facts"].items():
    column = frame[name]
    if pandas.api.types.is_integer_dtype(column):
        assert int(column.sum()) == fact, name
    elif column.dtype == object or pandas.api.types.is_string_dtype(column):
        assert column.nunique() == fact, name
    else:
        continue
    compared += 1
print(f"{result['rows']} rows; sums and label counts of {compared} columns agree with pandas")
del frame

def best(action):
    times = []
    for _ in range(3):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)

size = os.path.getsize(path) / 1e6
ours = min(result["readSeconds"])
print(f"understudy  {ours:6.2f} s  {size / ours:6.0f} MB/s")
for name, action in [
    ("pandas", lambda: pandas.read_csv(path, na_values=missing, keep_default_na=False)),
    ("polars", lambda: polars.read_csv(path, null_values=missing)),
]:
    theirs = best(action)
    print(f"{name:10}  {theirs:6.2f} s  {size / theirs:6.0f} MB/s  ratio {theirs / ours:.2f}")
write = min(result["writeSeconds"])
print(f"write       {write:6.2f} s  {result['rows'] / write / 1e6:6.2f} M rows/s")
print(f"peak memory {result['peakMegabytes']:.0f} MB for {result['typedMegabytes']:.0f} MB of typed columns")
PYTHON
