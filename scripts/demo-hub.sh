#!/usr/bin/env bash
# A hub on this machine with the example hospital, five invented people and a request in each state: make demo-hub.
# Prints the address and the accounts, and serves until Ctrl-C. PORT and ROWS may be set in the environment.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/install-dependencies.sh
swift build -c release --product understudy
swift build --package-path Hub -c release --product understudy-hub
programs="$(swift build -c release --show-bin-path)"
hub="$(swift build --package-path Hub -c release --show-bin-path)"

# A fresh start: the demo's ledger forgets earlier demos. Never do that to the ledger of real people.
rm -rf demo-hub
mkdir demo-hub
"$programs/understudy" example hospital --rows "${ROWS:-20000}" -o demo-hub/patients.csv --quiet
exec python3 scripts/hub/demo.py "$hub/understudy-hub" demo-hub/hub --port "${PORT:-8443}" \
  --table demo-hub/patients.csv --schema demo-hub/patients.schema.yaml
