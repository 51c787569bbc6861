#!/usr/bin/env bash
# Tests the R script against the built program: make test-r. Needs Debian's packages r-base-core and r-cran-jsonlite.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export UNDERSTUDY_BINARY="${UNDERSTUDY_BINARY:-$PWD/.build/release/understudy}"
export UNDERSTUDY_R="$PWD/r" UNDERSTUDY_GUIDE="$PWD/docs/researcher.md"
if ! command -v Rscript >/dev/null; then
  echo "There is no R: install Debian's packages r-base-core and r-cran-jsonlite." >&2
  exit 1
fi
Rscript --vanilla r/test.R
