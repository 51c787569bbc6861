#!/usr/bin/env bash
# Finds identifiers in simulated notes with understudy scan and with Presidio, and compares both with what was planted.
# Usage: scripts/bench-identifiers.sh RESULT.json
# Presidio runs with its patterns and a blank English pipeline: the models that find names for it are not on PyPI.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
result=${1:?name the file for the result}
if ! .build/release/understudy --help | grep -Eq "^ +scan "; then
  echo "this understudy has no scan command" >&2
  exit 1
fi
if [[ ! -f .venv/presidio/ready ]]; then
  python3 -m venv .venv/presidio
  .venv/presidio/bin/pip install --quiet presidio-analyzer==2.2.366
  touch .venv/presidio/ready
fi
.venv/judge/bin/python scripts/bench/identifiers.py "$result"
