#!/usr/bin/env bash
# Builds the hub and runs its tests: make test-hub, or scripts/test-hub.sh --filter NAME. The first build takes about 15 minutes on 2 cores.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/install-dependencies.sh
# The guided start as a page runs the program.
swift build -c release --product understudy
swift build --package-path Hub -c release --build-tests
swift test --package-path Hub -c release --skip-build "$@"
