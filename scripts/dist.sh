#!/usr/bin/env bash
# Makes packages of the program: make dist. A wheel, a tar ball and a .deb go to .build/dist, and a .deb of the hub, if that is built
# (swift build --package-path Hub -c release --product understudy-hub); two runs give the same bytes, in whatever folder
# (scripts/dist-twice.sh). The hub's program is linked from its ordinary build, which names its folder.
#   SOURCE_DATE_EPOCH: the time of all files, by default that of the commit.
# The program is built anew, for size and as a whole (docs/decisions/0049-one-binary.md), in .build/dist-build, and is one file that needs
# nothing but glibc. The first run takes about half an hour on 2 cores and 8 GB of memory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

hub=Hub/.build/release/understudy-hub
dist=.build/dist
stage="$dist/understudy"
newest_glibc=2.36  # Debian 12; the tag manylinux_2_36 of the wheel.
largest=45000000  # Bytes of the program.
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}"
export LC_ALL=C

for tool in readelf ldd python3 swift gcc make curl xz; do
  if ! command -v "$tool" >/dev/null; then
    echo "There is no $tool, which packages are made with." >&2
    exit 1
  fi
done

rm -rf "$dist"
mkdir -p "$stage/share/man/man1" "$stage/share/bash-completion/completions" \
  "$stage/share/zsh/site-functions" "$stage/share/fish/vendor_completions.d"

# 1. The program.
scripts/dist-libraries.sh
build="$PWD/.build/dist-build"
if [[ -d .build/checkouts && ! -d "$build" ]]; then  # What was fetched once is not fetched again.
  mkdir -p "$build"
  cp -a .build/checkouts .build/repositories .build/workspace-state.json "$build/"
fi
# The folder's name must not be in the program: C's libraries write the names of their files into it.
names="-ffile-prefix-map=$PWD=."
UNDERSTUDY_COMPACT=1 swift build -c release --target understudy-cli -j 2 --scratch-path "$build" --experimental-lto-mode full \
  -Xswiftc -Xfrontend -Xswiftc -conditional-runtime-records -Xswiftc -Xfrontend -Xswiftc -internalize-at-link \
  -Xcc "$names" -Xcxx "$names" -Xswiftc -file-prefix-map -Xswiftc "$PWD=."
find "$build/release/" -path '*.build/*' \( -name '*.o' -o -name '*.bc' \) | sort | sed "s/.*/'&'/" >"$dist/objects"
scripts/dist-link.sh "$dist/objects" understudy_cli_main "$stage/understudy" -flto=full

# The hub's program, if it is built, of the objects of that build.
programs=("$stage/understudy")
if [[ -x "$hub" ]]; then
  mkdir -p "$dist/hub"
  scripts/dist-link.sh Hub/.build/release/understudy-hub.product/Objects.LinkFileList understudy_hub_main "$dist/hub/understudy-hub"
  programs+=("$dist/hub/understudy-hub")
else
  echo "There is no program $hub: the hub gets no package."
fi

# 2. What they still need.
needs="$(readelf --version-info --wide "${programs[@]}" | grep -o 'GLIBC_2[0-9.]*' | sort -Vu | tail -1)"
if [[ "$(printf '%s\n' "GLIBC_$newest_glibc" "$needs" | sort -V | tail -1)" != "GLIBC_$newest_glibc" ]]; then
  echo "The program needs $needs, and Debian 12 has glibc $newest_glibc." >&2
  exit 1
fi
outside="$(for program in "${programs[@]}"; do readelf --dynamic --wide "$program"; done | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u)"
if grep -v -q -E '^(lib(c|m|dl|pthread|rt|resolv)\.so\.|ld-linux-(x86-64|aarch64)\.so\.[12]$)' <<<"$outside"; then
  echo "The program needs more than glibc:" $outside >&2
  exit 1
fi
size="$(stat --format %s "$stage/understudy")"
echo "Highest symbol version: $needs. Taken from the system:" $outside
awk -v size="$size" 'BEGIN {printf "The program: %.1f MB.\n", size / 1e6}'
if ((size > largest)); then
  echo "The program is larger than $largest bytes." >&2
  exit 1
fi

# 3. Manual page and completions, from the program itself.
version="$("$stage/understudy" --version)"
scripts/man-page.sh "$stage/understudy" "$version" "a private stand-in for a table of people" >"$stage/share/man/man1/understudy.1"
"$stage/understudy" --generate-completion-script bash >"$stage/share/bash-completion/completions/understudy"
"$stage/understudy" --generate-completion-script zsh >"$stage/share/zsh/site-functions/_understudy"
"$stage/understudy" --generate-completion-script fish >"$stage/share/fish/vendor_completions.d/understudy.fish"

# 4. The packages.
python3 scripts/dist-packages.py "$stage" .build/dist-libraries/parts "$dist"
if [[ -x "$dist/hub/understudy-hub" ]]; then
  shares="$dist/hub/share" program="$dist/hub/understudy-hub"
  mkdir -p "$shares"/{man/man1,bash-completion/completions,zsh/site-functions,fish/vendor_completions.d}
  scripts/man-page.sh "$program" "$version" "pages for teams, and for a guided start" >"$shares/man/man1/understudy-hub.1"
  "$program" --generate-completion-script bash >"$shares/bash-completion/completions/understudy-hub"
  "$program" --generate-completion-script zsh >"$shares/zsh/site-functions/_understudy-hub"
  "$program" --generate-completion-script fish >"$shares/fish/vendor_completions.d/understudy-hub.fish"
  python3 scripts/dist-packages.py --hub "$dist/hub" .build/dist-libraries/parts "$dist"
fi
(cd "$dist" && ls -l understudy?* | awk '!/^d/ && NF > 8 {printf "%6.1f MB  %s\n", $5 / 1e6, $9}' && sha256sum understudy?*.*)
