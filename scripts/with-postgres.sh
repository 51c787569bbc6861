#!/usr/bin/env bash
# Starts a PostgreSQL server of its own in a temporary folder, runs a command with its address in UNDERSTUDY_TEST_POSTGRES, and removes it.
#   scripts/with-postgres.sh swift test --filter PostgresTests
set -euo pipefail

programs="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)"
if [[ -z "$programs" ]]; then programs="$(dirname "$(command -v initdb || echo none/none)")"; fi
if [[ ! -x "$programs/initdb" ]]; then
  echo "There is no PostgreSQL server here. On Debian: apt-get install postgresql." >&2
  exit 1
fi

# A server does not run as root.
as_server() { if ((EUID == 0)); then su postgres -s /bin/bash -c "$1"; else bash -c "$1"; fi; }

folder="$(mktemp -d "${TMPDIR:-/tmp}/understudy-postgres-XXXXXX")"
chmod 755 "$folder"
mkdir "$folder/server"
if ((EUID == 0)); then chown postgres "$folder/server"; fi
stop() {
  as_server "'$programs/pg_ctl' -D '$folder/server/data' -m immediate stop" >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT

password="$(head -c 18 /dev/urandom | base64 | tr '+/' 'ab')"
port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
printf '%s\n' "$password" > "$folder/server/password"
if ((EUID == 0)); then chown postgres "$folder/server/password"; fi
as_server "'$programs/initdb' -A scram-sha-256 -U tester --pwfile='$folder/server/password' -E UTF8 --locale=C.UTF-8 -D '$folder/server/data'" >/dev/null
rm "$folder/server/password"
as_server "'$programs/pg_ctl' -w -D '$folder/server/data' -l '$folder/server/log' -o '-p $port -k $folder/server -c listen_addresses=127.0.0.1 -c fsync=off' start" >/dev/null

touch "$folder/pgpass"
chmod 600 "$folder/pgpass"
printf '127.0.0.1:%s:*:tester:%s\n127.0.0.1:%s:*:reader:reader-canary-PW\n' "$port" "$password" "$port" > "$folder/pgpass"
export PGPASSFILE="$folder/pgpass"
export UNDERSTUDY_TEST_POSTGRES="postgresql://tester@127.0.0.1:$port/postgres"
export UNDERSTUDY_TEST_PSQL="$programs/psql"
"$@"
