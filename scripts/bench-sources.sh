#!/usr/bin/env bash
# Figures of docs/decisions/0055-passes.md: a table of 15 columns with 3 to 51 values that is counted where it is, with the CPU seconds of its engine.
#   scripts/bench-sources.sh duckdb|postgres|spark ROWS [--stream]
# Needs the built program and the drivers (scripts/install-drivers.sh). Leaves nothing but the table, in .build/bench-sources.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

engine="${1:?duckdb, postgres or spark}"
rows="${2:?the number of rows}"
mode="${3:---counts-only}"
export UNDERSTUDY_BENCH_PROGRAM="${UNDERSTUDY_BENCH_PROGRAM:-$PWD/.build/release/understudy}"
library="${XDG_DATA_HOME:-$HOME/.local/share}/understudy/drivers"
PYTHONPATH="$(find "$library" -maxdepth 1 -name 'duckdb-*' | sort -V | tail -1)"
export PYTHONPATH
case "$engine" in
  duckdb) exec python3 scripts/bench/sources.py duckdb "$rows" "$mode" ;;
  postgres) exec scripts/with-postgres.sh python3 scripts/bench/sources.py postgres "$rows" "$mode" ;;
  spark) exec scripts/with-spark.sh python3 scripts/bench/sources.py spark "$rows" "$mode" ;;
  *) echo "The engines are duckdb, postgres and spark." >&2; exit 2 ;;
esac
