#!/usr/bin/env bash
# Tests of tables on Spark, on servers that are started for them and ended: make test-spark. About half an hour on 2 cores.
# Ends with 3, and says why, if a server cannot be had.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/install-drivers.sh
swift build -c release --build-tests
tests=(.build/release/understudyPackageTests.xctest --testing-library swift-testing --filter)
export UNDERSTUDY_LONG_TESTS=1
scripts/with-spark.sh "${tests[@]}" '^EndToEndTests\.(Source(Spark|Identity)Tests|SourceCountTests/hostileNames)'
UNDERSTUDY_TEST_SPARK_MAY_END=1 scripts/with-spark.sh "${tests[@]}" 'SourceSparkTests/aKilledServer'
