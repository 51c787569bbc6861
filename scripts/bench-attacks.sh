#!/usr/bin/env bash
# Attacks a synthetic table with understudy attack and with anonymeter, on anonymeter's example tables.
# Usage: scripts/bench-attacks.sh RESULT.json
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
result=${1:?name the file for the result}
if ! .build/release/understudy --help | grep -Eq "^ +attack "; then
  echo "this understudy has no attack command" >&2
  exit 1
fi
if [[ ! -f .venv/anonymeter/ready ]]; then
  python3 -m venv .venv/anonymeter
  .venv/anonymeter/bin/pip install --quiet anonymeter==1.1.0
  touch .venv/anonymeter/ready
fi
.venv/judge/bin/python scripts/bench/attacks.py "$result"
