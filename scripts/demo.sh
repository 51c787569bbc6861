#!/usr/bin/env bash
# The main job from end to end on an invented hospital, as a data steward would want to see it done: make demo.
# ROWS, EPSILON and the folder DEMO may be set in the environment, and UNDERSTUDY_BINARY to a program that is built already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# As many people as a hospital has: with 20,000 rows, epsilon 1 leaves single columns right and blurs how they go together.
rows="${ROWS:-100000}"
epsilon="${EPSILON:-1}"

understudy="${UNDERSTUDY_BINARY:-}"
if [[ -z "$understudy" ]]; then
  scripts/install-dependencies.sh
  swift build -c release --product understudy
  understudy="$(swift build -c release --show-bin-path)/understudy"
fi

# A fresh start: the demo's ledger forgets earlier demos. Never do that to the ledger of real people.
demo="${DEMO:-demo}"
rm -rf "$demo"
mkdir "$demo"
cd "$demo"
export UNDERSTUDY_LEDGER="$PWD/ledger.sqlite"

step() { printf '\n== %s\n' "$1"; }

step "1. An example hospital: $rows admissions of invented people, and as many of other people"
"$understudy" example hospital --rows "$rows" -o patients.csv
"$understudy" example hospital --rows "$rows" --seed 7 -o strangers.csv --quiet

step "2. What is in the table (for its owner's eyes)"
"$understudy" inspect patients.csv -o seen.schema.yaml

step "3. The stand-in, with epsilon $epsilon: attacked before it is published, and published only if it meets the policy 'partners'"
"$understudy" synthesize patients.csv --schema patients.schema.yaml --epsilon "$epsilon" --target readmitted_30d \
  --policy partners -o release

step "4. Is it what was signed, and does its claim add up?"
"$understudy" verify release

step "5. How close it comes, and what a model learns from it (for the owner's eyes)"
"$understudy" evaluate patients.csv release/synthetic.csv --target readmitted_30d

step "6. What an adversary learns of the people in the table that they do not learn of strangers"
"$understudy" attack patients.csv release/synthetic.csv --control strangers.csv

step "7. What is left of the budget"
"$understudy" budget show

step "Done"
echo "The synthetic table:              $demo/release/synthetic.csv"
echo "The report that travels with it:  $demo/release/report.html"
for page in owner/*/owner-report.html; do
  if [[ -f "$page" ]]; then echo "The owner's report (not private): $demo/$page"; fi
done
