#!/usr/bin/env bash
# Tells the story of docs/why-privacy.md anew and puts its figures and picture into the page: make why-privacy.
# Fails where the story does not hold; the page then says so too. About seven minutes of processor time.
# Options are those of understudy audit rare-people; with any of them the page is left as it is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/install-dependencies.sh
swift build -c release --product understudy
understudy="$(swift build -c release --show-bin-path)/understudy"

work=.build/why-privacy
page=docs/why-privacy.md
rm -rf "$work"
status=0
"$understudy" audit rare-people -o "$work" "$@" || status=$?
if [[ ! -f "$work/figures.md" || $# -gt 0 ]]; then
  exit "$status"
fi

# What stands between the first and the last line of the figures, these included, is replaced.
awk '
  FNR == NR { if (NR == 1) first = $0; if ($0 != "") last = $0; text = text $0 "\n"; next }
  $0 == first { printf "%s", text; inside = 1; found = 1 }
  !inside { print }
  $0 == last { inside = 0 }
  END { exit !found || inside }
' "$work/figures.md" "$page" > "$work/page.md"
mv "$work/page.md" "$page"
cp "$work/why-privacy.svg" docs/why-privacy.svg
echo "The page: $page"
exit "$status"
