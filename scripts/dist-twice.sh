#!/usr/bin/env bash
# Makes the packages of the commit twice, in two folders with names of different lengths, and compares them byte by byte: make dist-twice
#   DIST_TWICE: the folder for both, kept as it is, so that what was begun is gone on with; by default a new one, which is removed.
# Each of the two builds everything anew, libraries and program: about an hour on 2 cores and 8 GB of memory each. The hub gets no package here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

root="$PWD"
place="${DIST_TWICE:-}"
if [[ -z "$place" ]]; then
  place="$(mktemp -d)"
  trap 'rm -rf "$place"' EXIT
fi
commit="$(git rev-parse HEAD)"
if [[ -n "$(git status --porcelain --untracked-files=no)" ]]; then
  echo "NOTE: what is not committed is not in the packages that are compared."
fi

make_in() {  # FOLDER
  if [[ ! -d "$1/.git" ]]; then
    git clone --quiet --no-checkout "$root" "$1"
    mkdir -p "$1/.build"
    # What was fetched once is not fetched again.
    if [[ -d .build/checkouts ]]; then cp -a .build/checkouts .build/repositories .build/workspace-state.json "$1/.build/"; fi
  fi
  git -C "$1" fetch --quiet "$root" HEAD
  git -C "$1" checkout --quiet --force "$commit"
  (cd "$1" && scripts/dist.sh >"$place/$(basename "$1").log" 2>&1) || {
    tail -20 "$place/$(basename "$1").log" >&2
    exit 1
  }
}

first="$place/first" second="$place/another-folder-of-a-longer-name/second"
mkdir -p "$(dirname "$second")"
make_in "$first"
make_in "$second"

differ=0
for made in "$first"/.build/dist/understudy?*.* "$first/.build/dist/understudy/understudy"; do
  other="$second/${made#"$first/"}"
  if cmp --silent "$made" "$other"; then
    echo "the same bytes: $(basename "$made")  $(sha256sum "$made" | cut -c1-16)"
  else
    echo "DIFFERENT: $(basename "$made")"
    differ=1
  fi
done
exit "$differ"
