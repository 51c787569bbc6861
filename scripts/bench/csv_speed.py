"""Reads and writes a table of about 200 MB on one core, beside pandas and polars. The answers are compared before any time is reported."""
import json, os, time

from common import environment, run


def repeat(table, large):
    """The rows of a table again and again until the file is large enough."""
    header, _, rows = open(table, "rb").read().partition(b"\n")
    rows = rows if rows.endswith(b"\n") else rows + b"\n"
    with open(large, "wb") as out:
        out.write(header + b"\n")
        for _ in range(max(1, 200_000_000 // len(rows))):
            out.write(rows)


def measure(table, work):
    large, result = work / "large.csv", work / "csv.json"
    repeat(table, large)
    run(["taskset", "-c", "0", "swift", "test", "-c", "release", "--skip-build", "--filter", "CSVBenchmark"],
        UNDERSTUDY_BENCH_CSV=str(large), UNDERSTUDY_BENCH_RESULT=str(result))
    output, _ = run(["taskset", "-c", "0", environment("judge"), __file__, large, result], POLARS_MAX_THREADS="1")
    ours = json.loads(result.read_text())
    found = {"megabytes": large.stat().st_size / 1e6, "rows": ours["rows"], "readSeconds": min(ours["readSeconds"]),
             "writeSeconds": min(ours["writeSeconds"]), "peakMegabytes": ours["peakMegabytes"], "typedMegabytes": ours["typedMegabytes"],
             **json.loads(output)}
    print(f"reading: {found['pandasSeconds'] / found['readSeconds']:.2f} times pandas, {found['polarsSeconds'] / found['readSeconds']:.2f} times polars")
    return found


def references(path, result):
    """In a process of its own, on one core: pandas' and polars' CPU seconds, after pandas' sums and numbers of labels agreed with ours."""
    import pandas, polars

    missing = ["", "NA", "N/A", "NaN", "nan", "NULL", "null", "?"]
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
    assert compared > 0, "no column could be compared"
    del frame

    def best(action):
        times = []
        for _ in range(3):
            start = time.process_time()
            action()
            times.append(time.process_time() - start)
        return min(times)

    return {"comparedColumns": compared, "pandas": pandas.__version__, "polars": polars.__version__,
            "pandasSeconds": best(lambda: pandas.read_csv(path, na_values=missing, keep_default_na=False)),
            "polarsSeconds": best(lambda: polars.read_csv(path, null_values=missing))}


if __name__ == "__main__":
    import sys
    print(json.dumps(references(sys.argv[1], json.load(open(sys.argv[2])))))
