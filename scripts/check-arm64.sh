#!/usr/bin/env bash
# Compiles the C code of the package for processors that this machine does not have: scripts/check-arm64.sh
# For Linux on arm64 with the headers of Debian's libc6-dev-arm64-cross, to object files; for macOS on arm64, whose headers no Linux has, each
# file up to the headers of the system that it takes. Swift's code has no line that only x86-64 compiles: the script looks for such lines.
# Nothing is run. What Swift compiles needs a library of Swift for the other machine, which is not at hand.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

clang="$(dirname "$(readlink -f "$(command -v swift)")")/clang"
headers=/usr/aarch64-linux-gnu/include
if [[ ! -d "$headers" ]]; then
  echo "There are no headers of arm64: install Debian's package libc6-dev-arm64-cross." >&2
  exit 1
fi
made="$(mktemp -d)"
trap 'rm -rf "$made"' EXIT

count=0
while read -r file; do
  folder="$(dirname "$file")"
  while [[ ! -d "$folder/include" ]]; do folder="$(dirname "$folder")"; done
  options=(-std=gnu11 -O2 -Wall -Werror -Wno-unused-command-line-argument -I "$folder/include" -I "$folder")
  "$clang" --target=aarch64-linux-gnu -isystem "$headers" "${options[@]}" -c "$file" -o "$made/$count.o"
  # The freestanding headers of the compiler stand for those of macOS where a file takes no others.
  if ! "$clang" --target=arm64-apple-macos15 -ffreestanding -fsyntax-only "${options[@]}" "$file" 2>"$made/said"; then
    if ! grep -q "file not found" "$made/said"; then
      cat "$made/said" >&2
      exit 1
    fi
    echo "macOS, not beyond its headers: $file ($(sed -n "s/.*error: '\([^']*\)' file not found.*/\1/p" "$made/said" | head -1))"
  fi
  count=$((count + 1))
done < <(find Sources -name '*.c' | sort)

# Lines for one processor alone have an #else beside them.
alone="$(grep -rn -E '^ *#if .*(arch\(x86_64\)|__x86_64__)' Sources --include='*.swift' --include='*.c' --include='*.h' | cut -d: -f1 | sort -u | while read -r file; do
  grep -q '#else' "$file" || echo "$file"
done)"
if [[ -n "$alone" ]]; then
  echo "These have code for x86-64 and none for others: $alone" >&2
  exit 1
fi
echo "$count C files compile for arm64 on Linux."
