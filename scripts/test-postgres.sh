#!/usr/bin/env bash
# Tests of tables in DuckDB and in PostgreSQL, in a server that is started for them and removed: make test-postgres. Installs what is missing.
# Ends with 3, and says why, if the server or the drivers are not here and cannot be installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cannot() {
  echo "NOT TESTED: tables in PostgreSQL and DuckDB. $1" >&2
  exit 3
}

has_server() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; }
if ! has_server && ((EUID == 0)) && command -v apt-get >/dev/null; then
  echo "Installing postgresql …"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql; } >/dev/null 2>&1 || true
fi
has_server || cannot "There is no PostgreSQL server here. On Debian: apt-get install postgresql."
scripts/install-drivers.sh || cannot "The drivers could not be installed. See scripts/install-drivers.sh."

swift build -c release --build-tests
scripts/with-postgres.sh swift test -c release --skip-build --filter 'Source(Run|Fault|Facts|Count|End|Identity)Tests'
