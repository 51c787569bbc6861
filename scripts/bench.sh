#!/usr/bin/env bash
# Benchmarks beside the references: make bench, or make bench-long for what takes more than a few minutes.
# Usage: scripts/bench.sh [SECTION...]    sections: see scripts/bench/run.py; the default is all that are quick
# Tables and the judge are looked for in ../shared, or where UNDERSTUDY_SHARED says.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# An environment for each reference: their requirements exclude each other.
environment() {
  local name="$1"
  shift
  if [[ ! -f ".venv/$name/ready" ]]; then
    echo "Installing $* …"
    python3 -m venv ".venv/$name"
    ".venv/$name/bin/pip" install --quiet "$@"
    touch ".venv/$name/ready"
  fi
}
environment judge numpy pandas polars scikit-learn
environment dpmm dpmm==0.1.9
environment mbi mbi==2.0.0
environment tenseal tenseal==0.3.18 numpy
environment ebm interpret-core==0.7.8 pandas scikit-learn joblib
# These bring gigabytes: only for the sections that need them.
for section in "$@"; do
  case "$section" in
    ctgan) environment ctgan ctgan==0.12.1 ;;
    dpctgan) environment smartnoise smartnoise-synth==1.0.8 packaging requests setuptools ;;
  esac
done

# What is measured inside tests is compiled as it is shipped.
export UNDERSTUDY_OPTIMISE_TESTS=1
swift build -c release --build-tests
swift build -c release --package-path Benchmarks
.venv/judge/bin/python scripts/bench/run.py "$@"
.venv/judge/bin/python scripts/bench/report.py
