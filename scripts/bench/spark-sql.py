#!/usr/bin/env python3
"""Runs statements on the server that scripts/with-spark.sh started, and prints nothing."""
import os
import sys

sys.path.insert(0, os.environ["UNDERSTUDY_TEST_SPARK_PYTHON"])
import adbc_driver_manager as adbc  # noqa: E402

with adbc.AdbcDatabase(driver=os.environ["UNDERSTUDY_TEST_SPARK_LIBRARY"], uri=os.environ["UNDERSTUDY_TEST_SPARK"]) as database:
    with adbc.AdbcConnection(database) as connection:
        for text in sys.argv[1:]:
            with adbc.AdbcStatement(connection) as statement:
                statement.set_sql_query(text)
                statement.execute_query()
