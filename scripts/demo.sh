#!/usr/bin/env bash
# The main job from end to end on an invented hospital: make demo.
# ROWS and EPSILON may be set in the environment.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

rows="${ROWS:-20000}"
epsilon="${EPSILON:-1}"

scripts/install-dependencies.sh
swift build -c release --product understudy
understudy="$(swift build -c release --show-bin-path)/understudy"

# A fresh start: the demo's ledger forgets earlier demos. Never do that to the ledger of real people.
rm -rf demo
mkdir demo

step() { printf '\n== %s\n' "$1"; }

step "1. An example hospital: $rows admissions of invented people"
"$understudy" example hospital --rows "$rows" -o demo/patients.csv

step "2. What is in the table (for its owner's eyes)"
"$understudy" inspect demo/patients.csv -o demo/patients.inspected.yaml

step "3. The stand-in, with epsilon $epsilon"
"$understudy" synthesize demo/patients.csv --schema demo/patients.schema.yaml --epsilon "$epsilon" \
  --target readmitted_30d --ledger demo/ledger.sqlite -o demo/release

step "4. How close it comes (for the owner's eyes)"
"$understudy" evaluate --original demo/patients.csv --synthetic demo/release/synthetic.csv

step "Done"
echo "The synthetic table:              demo/release/synthetic.csv"
echo "The report that travels with it:  demo/release/report.html"
for page in demo/owner/*/owner-report.html; do
  if [[ -f "$page" ]]; then echo "The owner's report (not private): $page"; fi
done
