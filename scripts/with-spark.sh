#!/usr/bin/env bash
# Starts a Spark Connect server of its own on two cores, runs a command with its address in UNDERSTUDY_TEST_SPARK, and ends the server,
# also if it is interrupted. Spark (PyPI's pyspark, 456 MB) and the driver are fetched once into .build/spark; nothing is installed.
#   scripts/with-spark.sh scripts/bench/spark-sql.py 'SELECT version()'
# Ends with 3, and says why, if the server cannot be had.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

spark=4.3.0
driver=0.3.0
home="$PWD/.build/spark"
cannot() {
  echo "NOT STARTED: a Spark server. $1" >&2
  exit 3
}

command -v python3 >/dev/null || cannot "There is no Python 3, by which it is fetched."
if ! command -v java >/dev/null && ((EUID == 0)) && command -v apt-get >/dev/null; then
  echo "Installing Java 17 …"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless; } >/dev/null 2>&1 || true
fi
command -v java >/dev/null || cannot "There is no Java. On Debian: apt-get install openjdk-17-jre-headless."

mkdir -p "$home"
fetch() { python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$home/fetched" "$@"; }
if [[ ! -d "$home/spark-$spark" ]]; then
  echo "Fetching Spark $spark (456 MB) …"
  rm -rf "$home/partial"
  mkdir -p "$home/partial"
  fetch --no-binary pyspark "pyspark==$spark" || cannot "PyPI's pyspark $spark could not be fetched."
  tar xzf "$home/fetched/pyspark-$spark.tar.gz" -C "$home/partial" "pyspark-$spark/deps"
  chmod +x "$home/partial/pyspark-$spark/deps"/*bin/*
  mv "$home/partial/pyspark-$spark/deps" "$home/spark-$spark"
  rm -rf "$home/partial" "$home/fetched/pyspark-$spark.tar.gz"
fi
if [[ ! -d "$home/python" ]]; then
  rm -rf "$home/partial"
  python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$home/partial" \
    "adbc-driver-spark==$driver" adbc-driver-manager typing-extensions || cannot "PyPI's adbc-driver-spark $driver could not be fetched."
  chmod -R go-w "$home/partial"
  mv "$home/partial" "$home/python"
fi
library="$(find "$home/python/adbc_driver_spark" -name 'libadbc_driver_spark.*' | head -1)"
mkdir -p "$home/drivers"
printf 'manifest_version = 1\nname = "spark"\nversion = "%s"\n\n[Driver]\nentrypoint = "AdbcDriverInit"\nshared = "%s"\n' \
  "$driver" "$library" > "$home/drivers/spark.toml"
chmod go-w "$home/drivers/spark.toml"

folder="$(mktemp -d "${TMPDIR:-/tmp}/understudy-spark-XXXXXX")"
port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
export SPARK_HOME="$home/spark-$spark" SPARK_LOCAL_IP=127.0.0.1 SPARK_CONF_DIR="$folder/conf"
mkdir "$folder/conf" "$folder/tables" "$folder/local"
# In a session of its own, so that all its processes end with it.
cd "$folder"
setsid "$SPARK_HOME/bin/spark-submit" --class org.apache.spark.sql.connect.service.SparkConnectServer --master "local[2]" \
  --driver-memory "${UNDERSTUDY_SPARK_MEMORY:-4g}" --conf spark.connect.grpc.binding.address=127.0.0.1 --conf spark.connect.grpc.binding.port="$port" \
  --conf spark.ui.enabled=false --conf spark.local.dir="$folder/local" --conf spark.sql.warehouse.dir="$folder/tables" \
  spark-internal > "$folder/log" 2>&1 < /dev/null &
server=$!
cd - >/dev/null
stop() {
  kill -- "-$server" 2>/dev/null || true
  for _ in $(seq 50); do kill -0 -- "-$server" 2>/dev/null || break; sleep 0.1; done
  kill -9 -- "-$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

for _ in $(seq 1200); do
  if grep -q 'Spark Connect server started' "$folder/log"; then break; fi
  kill -0 "$server" 2>/dev/null || { tail -5 "$folder/log" >&2; cannot "It ended by itself."; }
  sleep 0.25
done
grep -q 'Spark Connect server started' "$folder/log" || cannot "It did not start within five minutes."

export UNDERSTUDY_TEST_SPARK="sc://127.0.0.1:$port" UNDERSTUDY_TEST_SPARK_PROCESS="$server" UNDERSTUDY_TEST_SPARK_FOLDER="$folder"
export UNDERSTUDY_TEST_SPARK_SQL="$PWD/scripts/bench/spark-sql.py" UNDERSTUDY_TEST_SPARK_LIBRARY="$library"
export UNDERSTUDY_TEST_SPARK_PYTHON="$home/python"
export ADBC_DRIVER_PATH="$home/drivers${ADBC_DRIVER_PATH:+:$ADBC_DRIVER_PATH}"
"$@"
