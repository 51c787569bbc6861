#!/usr/bin/env bash
# Checks the format of all Swift code: make lint.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folders=(Package.swift Sources Tests Snippets)
if [[ -d Benchmarks ]]; then
  folders+=(Benchmarks/Package.swift Benchmarks/Sources)
fi
if [[ -d Hub ]]; then
  folders+=(Hub/Package.swift Hub/Sources Hub/Tests)
fi
if [[ "${1:-}" == "--fix" ]]; then
  swift format --in-place --parallel --recursive "${folders[@]}"
else
  swift format lint --strict --parallel --recursive "${folders[@]}"
fi
