"""A release from a table that is counted where it is: statements, bytes, CPU seconds and memory. Called by scripts/bench-sources.sh."""
import glob
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

# The numbers of values of the columns; every third column holds texts, whole numbers, or numbers with a half.
SIZES = [3, 3, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 20, 30, 51]
TICKS = os.sysconf("SC_CLK_TCK")


def label(column, value):
    return f"label {column} {value:02d}"


def make_table(rows, folder):
    """Writes the table as Parquet and CSV, the same for every run, once."""
    import duckdb

    parquet, delimited = folder / f"{rows}.parquet", folder / f"{rows}.csv"
    if parquet.exists() and delimited.exists():
        return parquet, delimited

    def uniform(seed):
        return f"(hash(i * 31 + {seed} * 7919) % 1000003) / 1000003.0"

    columns = []
    for column, size in enumerate(SIZES):
        shared = f"{uniform(column)} * 0.6 + {uniform(100 + column % 3)} * 0.4"
        trait = f"({shared})" if column % 2 else f"pow({uniform(column)}, 1.6)"
        value = f"CAST(floor({trait} * {size}) AS INTEGER)"
        texts = [
            f"'label {column} ' || lpad(CAST({value} AS VARCHAR), 2, '0')",
            f"CAST({value} + 18 AS INTEGER)",
            f"CAST({value} * 0.5 AS DOUBLE)",
        ]
        columns.append(f"{texts[column % 3]} AS c{column}")
    folder.mkdir(parents=True, exist_ok=True)
    base = duckdb.connect()
    base.execute(f"COPY (SELECT {', '.join(columns)} FROM range({rows}) AS t(i)) TO '{parquet}' (FORMAT parquet)")
    base.execute(f"COPY (SELECT * FROM '{parquet}') TO '{delimited}' (FORMAT csv, HEADER)")
    return parquet, delimited


def schema_text(rows):
    lines = [
        "version: 5", "facts: declared", "table: measured", "people: nobody", f"rows: {{about: {rows}}}", "format:", "  delimiter: comma",
        "  header: yes", '  missing: [""]', "unit: row", "columns:",
    ]
    for column, size in enumerate(SIZES):
        kind = [
            f"    type: category\n    categories: [{', '.join(label(column, v) for v in range(size))}]",
            f"    type: integer\n    bounds: [18, {17 + size}]",
            f"    type: decimal\n    digits: 1\n    bounds: [0.0, {(size - 1) / 2}]",
        ][column % 3]
        lines.append(f"  - name: c{column}\n{kind}")
    return "\n".join(lines) + "\n"


class Server:
    """The server that scripts/with-postgres.sh started."""

    def __init__(self):
        self.address = os.environ["UNDERSTUDY_TEST_POSTGRES"]
        home = pathlib.Path(os.environ["PGPASSFILE"]).parent
        self.process = int((home / "server/data/postmaster.pid").read_text().split()[0])

    def run(self, *statements):
        words = [word for statement in statements for word in ("-c", statement)]
        subprocess.run([os.environ["UNDERSTUDY_TEST_PSQL"], self.address, "-q", "-v", "ON_ERROR_STOP=1", *words], check=True)

    def load(self, delimited):
        types = ["text", "integer", "double precision"]
        columns = ", ".join(f"c{column} {types[column % 3]}" for column in range(len(SIZES)))
        self.run(
            f"CREATE TABLE measured ({columns})",
            f"\\copy measured FROM '{delimited}' WITH (FORMAT csv, HEADER)",
            "VACUUM ANALYZE measured",
            "CREATE ROLE reader LOGIN PASSWORD 'reader-canary-PW'",
            "GRANT SELECT ON measured TO reader",
        )

    def seconds(self):
        """CPU seconds of the server, with its processes that ended."""
        total = 0
        for path in glob.glob("/proc/[0-9]*/stat"):
            try:
                fields = pathlib.Path(path).read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(path.split("/")[2]) == self.process or int(fields[1]) == self.process:
                total += sum(map(int, fields[11:15]))
        return total / TICKS


class Spark:
    """The server that scripts/with-spark.sh started."""

    def __init__(self):
        self.address = os.environ["UNDERSTUDY_TEST_SPARK"]
        self.process = os.environ["UNDERSTUDY_TEST_SPARK_PROCESS"]

    def load(self, parquet):
        statement = f"CREATE TABLE measured USING parquet OPTIONS (path '{parquet}')"
        subprocess.run([os.environ["UNDERSTUDY_TEST_SPARK_SQL"], statement], check=True)

    def seconds(self):
        """CPU seconds of the server, which is one process."""
        fields = pathlib.Path("/proc", self.process, "stat").read_text().rsplit(")", 1)[1].split()
        return sum(map(int, fields[11:15])) / TICKS


def main():
    engine, rows, mode = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    parquet, delimited = make_table(rows, pathlib.Path(".build/bench-sources").absolute())
    server = None
    source = [str(parquet)]
    if engine == "postgres":
        server = Server()
        server.load(delimited)
        source = [server.address.replace("tester@", "reader@"), "--table", "measured"]
    if engine == "spark":
        server = Spark()
        server.load(parquet)
        source = [server.address, "--table", "measured"]
    with tempfile.TemporaryDirectory() as folder:
        schema = pathlib.Path(folder, "schema.yaml")
        schema.write_text(schema_text(rows))
        words = [os.environ["UNDERSTUDY_BENCH_PROGRAM"], "synthesize", *source, mode, "--schema", str(schema)]
        words += ["--epsilon", "1", "--seed", "1", "--quiet", "--json", "--no-owner-report" if mode == "--stream" else "--counts-only"]
        plan = subprocess.run(words + ["--plan"], capture_output=True, text=True)
        if plan.returncode:
            sys.exit(plan.stdout + plan.stderr)
        print("announced:", json.dumps(json.loads(plan.stdout).get("counting")))
        before, start = server.seconds() if server else 0, time.time()
        run = subprocess.run(words + ["-o", f"{folder}/release", "--ledger", f"{folder}/ledger.sqlite"], capture_output=True, text=True)
        wall = time.time() - start
        if run.returncode:
            sys.exit(run.stdout + run.stderr)
        time.sleep(1)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        found = re.search(r"(\d+) statements were run where the table is \(([^)]*)\), and (\d+) bytes", run.stdout + run.stderr)
        print("asked:", found and f"{found[1]} statements ({found[2]}), {int(found[3]) / 1e6:.2f} MB")
        if server:
            print(f"server: {server.seconds() - before:.1f} CPU s")
        print(f"here: {used.ru_utime + used.ru_stime:.1f} CPU s, {used.ru_maxrss / 1024:.0f} MiB at most, {wall:.0f} s in all")


main()
