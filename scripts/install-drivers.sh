#!/usr/bin/env bash
# Installs the database drivers that sources are read by, for this user: DuckDB (for Parquet) and PostgreSQL, from PyPI, and writes a
# manifest for each into the user's ADBC folder. Running it again does nothing. Nothing of Python runs when they are used.
set -euo pipefail

duckdb=2.0.1
postgresql=1.13.0
settings="${XDG_CONFIG_HOME:-$HOME/.config}/adbc/drivers"
home="${XDG_DATA_HOME:-$HOME/.local/share}/understudy/drivers"
if [[ "$(uname -s)" == "Darwin" ]]; then settings="$HOME/Library/Application Support/ADBC/Drivers"; fi

if ! command -v python3 >/dev/null; then
  echo "Without Python 3 the drivers cannot be fetched. Install it, or install ADBC drivers yourself (docs/sources.md)." >&2
  exit 1
fi

# install NAME PACKAGE VERSION FILE-PATTERN ENTRY-POINT
install_driver() {
  local name="$1" package="$2" version="$3" pattern="$4" entry="$5"
  local folder="$home/$name-$version"
  if [[ ! -d "$folder" ]]; then
    echo "Installing $package $version …"
    mkdir -p "$home"
    rm -rf "$folder.partial"
    python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder.partial" "$package==$version"
    chmod -R go-w "$folder.partial"
    mv "$folder.partial" "$folder"
  fi
  local library
  library="$(find "$folder" -name "$pattern" -type f | head -1)"
  if [[ -z "$library" ]]; then
    echo "$package $version has no $pattern for this system." >&2
    exit 1
  fi
  mkdir -p "$settings"
  printf 'manifest_version = 1\nname = "%s"\nversion = "%s"\n\n[Driver]\nentrypoint = "%s"\nshared = "%s"\n' \
    "$name" "$version" "$entry" "$library" > "$settings/$name.toml"
  chmod go-w "$settings/$name.toml"
}

install_driver duckdb duckdb "$duckdb" '_duckdb*.so' duckdb_adbc_init
install_driver postgresql adbc-driver-postgresql "$postgresql" 'libadbc_driver_postgresql*' AdbcDriverInit
echo "The manifests are in $settings."
