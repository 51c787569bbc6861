#!/usr/bin/env bash
# The hub as its services run it: the unit files looked at by systemd-analyze, if it is there; their lines walked by two users of the
# machine; and servers and workers killed while clients work. Needs root for the users. KILLED=0 leaves out the last part.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

swift build -c release --product understudy
swift build --package-path Hub -c release --product understudy-hub
programs="$(swift build -c release --show-bin-path)"
hub="$(swift build --package-path Hub -c release --show-bin-path)/understudy-hub"

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
"$programs/understudy" example hospital --rows "${ROWS:-3000}" -o "$folder/patients.csv" --quiet
table=(--table "$folder/patients.csv" --schema "$folder/patients.schema.yaml")

if command -v systemd-analyze >/dev/null; then
  mkdir "$folder/units"
  for unit in scripts/hub/*.service; do
    # The program and its manual need not be installed here.
    sed "s|/usr/bin/understudy-hub|$hub|; /^Documentation=/d" "$unit" >"$folder/units/$(basename "$unit")"
  done
  systemd-analyze verify "$folder"/units/*.service
  for unit in "$folder"/units/*.service; do
    # At most 2.0 of 10: less is safer.
    systemd-analyze security --offline=yes --threshold=20 --no-pager "$unit" | tail -1
  done
fi
if [[ "$(id -u)" == 0 ]]; then
  python3 scripts/hub/users.py "$hub" "$folder/machine" "${table[@]}"
fi
if [[ "${KILLED:-1}" != 0 ]]; then
  python3 scripts/hub/killed.py "$hub" "$folder/killed" "${table[@]}"
fi
