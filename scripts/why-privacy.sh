#!/usr/bin/env bash
# Tells the stories of docs/why-privacy.md anew and puts their figures and pictures into the page: make why-privacy.
# Fails where one does not hold; the page then says so too. About nine minutes of processor time.
# Options are those of understudy audit rare-people; with any of them the page is left as it is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/install-dependencies.sh
swift build -c release --product understudy
understudy="$(swift build -c release --show-bin-path)/understudy"

work=.build/why-privacy
page=docs/why-privacy.md
rm -rf "$work" "$work-town" "$work-models"
status=0
"$understudy" audit rare-people -o "$work" "$@" || status=$?
if [[ ! -f "$work/figures.md" || $# -gt 0 ]]; then
  exit "$status"
fi

# What stands between the first and the last line of the figures, these included, is replaced.
insert() {
  awk '
    FNR == NR { if (NR == 1) first = $0; if ($0 != "") last = $0; text = text $0 "\n"; next }
    $0 == first { printf "%s", text; inside = 1; found = 1 }
    !inside { print }
    $0 == last { inside = 0 }
    END { exit !found || inside }
  ' "$1/figures.md" "$page" > "$1/page.md"
  mv "$1/page.md" "$page"
}
insert "$work"
cp "$work/why-privacy.svg" docs/why-privacy.svg

"$understudy" audit town -o "$work-town" || status=$?
insert "$work-town"
cp "$work-town/why-places.svg" docs/why-places.svg

"$understudy" audit models -o "$work-models" || status=$?
insert "$work-models"
cp "$work-models/why-models.svg" "$work-models/why-faces.svg" docs/
echo "The page: $page"
exit "$status"
