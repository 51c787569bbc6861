#!/usr/bin/env bash
# Installs the system packages that the build needs and this machine lacks. Running it again does nothing.
set -euo pipefail

if [[ "$(uname -s)" == "Darwin" ]]; then
  echo "macOS brings zlib, SQLite, Expat and certificates with it. PCRE2, OpenBLAS and ReadStat come with: brew install pcre2 openblas readstat"
  exit 0
fi

if ! command -v swift >/dev/null; then
  echo "No Swift toolchain found. Install Swift 6.2 or later from https://www.swift.org/install and run this again." >&2
  exit 1
fi

if ! command -v dpkg-query >/dev/null; then
  echo "This is not a Debian-like system. Please install the development files of Expat, OpenBLAS, PCRE2, ReadStat, zlib and SQLite 3, and CA certificates." >&2
  exit 0
fi

missing=()
for name in libexpat1-dev libopenblas-pthread-dev libpcre2-dev libreadstat-dev libsqlite3-dev zlib1g-dev ca-certificates; do
  status="$(dpkg-query --show --showformat='${db:Status-Status}' "$name" 2>/dev/null || true)"
  if [[ "$status" != "installed" ]]; then missing+=("$name"); fi
done

if ((${#missing[@]} == 0)); then
  exit 0
fi

as_root=()
if ((EUID != 0)); then
  if ! command -v sudo >/dev/null; then
    echo "Missing packages: ${missing[*]}. Without sudo, please have them installed by an administrator." >&2
    exit 1
  fi
  as_root=(sudo)
fi

echo "Installing ${missing[*]} …"
${as_root[@]+"${as_root[@]}"} apt-get update
${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}"
