#!/usr/bin/env bash
# The hub in a real browser: the story of five people, every screen by day and by night, on a phone and a desk, checked by axe
# and kept as pictures in .build/hub-browser; then the guided start, also of other tables: START_TABLES="FILE FILE:PERSON". Needs Debian's chromium and chromium-driver and, the first time, the network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

swift build -c release --product understudy
swift build --package-path Hub -c release --product understudy-hub
programs="$(swift build -c release --show-bin-path)"
hub="$(swift build --package-path Hub -c release --show-bin-path)"

venv=.build/hub-browser-venv
if [[ ! -x "$venv/bin/python" ]]; then
  python3 -m venv "$venv"
  # axe is for this test only and is not shipped.
  "$venv/bin/pip" install --quiet selenium axe-playwright-python
fi
axe="$(find "$venv" -name axe.min.js | head -1)"

folder=.build/hub-browser
rm -rf "$folder"
mkdir -p "$folder"
"$programs/understudy" example hospital --rows "${ROWS:-4000}" -o "$folder/patients.csv" --quiet
"$venv/bin/python" scripts/hub/browser.py "$hub/understudy-hub" "$folder" --axe "$axe" \
  --table "$folder/patients.csv" --schema "$folder/patients.schema.yaml"
tables=(--table "$folder/patients.csv:patient_id")
for table in ${START_TABLES:-}; do tables+=(--table "$table"); done
"$venv/bin/python" scripts/hub/start.py "$hub/understudy-hub" "$folder/start" \
  --understudy "$programs/understudy" --axe "$axe" "${tables[@]}"
