#!/usr/bin/env bash
# Builds in release and runs all tests, the quick ones first: make test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/install-dependencies.sh
scripts/lint.sh
swift build -c release --build-tests
swift test -c release --skip-build --filter '^TidyTests\.'
swift test -c release --skip-build --skip '^TidyTests\.' "$@"
