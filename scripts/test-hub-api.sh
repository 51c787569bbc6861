#!/usr/bin/env bash
# The hub's interface for programs, by the tools of others: schemathesis against its OpenAPI description, the catalogue by SHACL
# (pyshacl), a release's Croissant description by mlcroissant, its RO-Crate by a test of its own, and the hub's own client.
# Needs the network the first time. EXAMPLES may set the cases of an operation.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

swift build -c release --product understudy
swift build --package-path Hub -c release --product understudy-hub
programs="$(swift build -c release --show-bin-path)"
hub="$(swift build --package-path Hub -c release --show-bin-path)"

venv=.build/hub-api-venv
if [[ ! -x "$venv/bin/schemathesis" ]]; then
  python3 -m venv "$venv"
  # They are for this test only and are not shipped.
  "$venv/bin/pip" install --quiet schemathesis==4.32.5 pyshacl==0.40.1 mlcroissant==1.1.1
fi

folder=.build/hub-api
rm -rf "$folder"
mkdir -p "$folder"
"$programs/understudy" example hospital --rows "${ROWS:-2000}" -o "$folder/patients.csv" --quiet
"$venv/bin/python" scripts/hub/api.py "$hub/understudy-hub" "$folder" --understudy "$programs/understudy" \
  --tools "$venv/bin" --examples "${EXAMPLES:-40}" \
  --table "$folder/patients.csv" --schema "$folder/patients.schema.yaml"
