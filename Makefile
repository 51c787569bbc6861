# make demo   the main job from end to end on an invented hospital
# make install   the program, its manual page and completions; PREFIX=/usr/local
# make test   everything that must hold before a change is merged
# make test-postgres   tables in a PostgreSQL server that it starts and removes
# make test-spark   tables on a Spark server that it starts and ends
# make why-privacy   what networks and maps without privacy betray of people, and with privacy do not
# make test-python   the Python package, against the built program
# make docs   the documents as a site that works from disk, in .build/docs-site
# make dist   a wheel, a tar ball and a .deb of the built program, in .build/dist
# make dist-twice   makes them in two folders and compares the bytes
# make test-dist   installs them in an empty Debian 12 and runs the tour
# make demo-hub   a hub with the example hospital, five invented people and a request in each state
# make test-hub   the hub, a package of its own
# make test-hub-browser   the hub in a real browser
# make test-hub-services   its units, its two users of the machine, and servers and workers that are killed
# make test-r   the R script, against the built program
.PHONY: demo demo-hub test-hub test-hub-browser test-hub-services install dist dist-twice docs test test-dist test-python test-r test-postgres test-spark test-all why-privacy bench bench-long lint format coverage dependencies clean

demo:
	scripts/demo.sh

# Serves until Ctrl-C, on this machine only.
demo-hub:
	scripts/demo-hub.sh

install:
	PREFIX="$(PREFIX)" scripts/install.sh

test:
	scripts/test.sh

# Needs no built program; the first build takes about 15 minutes on 2 cores.
test-hub:
	scripts/test-hub.sh

# Needs Debian's chromium and chromium-driver and, the first time, the network for selenium and axe.
test-hub-browser:
	scripts/test-hub-browser.sh

# Needs root for the users of the machine.
test-hub-services:
	scripts/test-hub-services.sh

# Needs the built program and, the first time, the network for pytest, pandas, polars and pyarrow.
test-python:
	scripts/test-python.sh

# Plain pages with a search; fails if a link leads nowhere. Needs, the first time, the network for a library.
docs:
	scripts/docs.sh

# Packages of the built program; two runs give the same bytes.
dist:
	scripts/dist.sh

# About two hours on 2 cores.
dist-twice:
	scripts/dist-twice.sh

# Needs root, debootstrap and, the first time, the network.
test-dist:
	scripts/test-dist.sh

# Needs the built program, and Debian's packages r-base-core and r-cran-jsonlite.
test-r:
	scripts/test-r.sh

# Tables in DuckDB and in PostgreSQL, in a server of its own; the first time, needs the network for the server and the drivers.
test-postgres:
	scripts/test-postgres.sh

# Tables on Spark, in servers of its own; needs Java and, the first time, the network for Spark (456 MB) and its driver.
test-spark:
	scripts/test-spark.sh

# The tests that need more than a few minutes too; they look for this variable. Faults are planted in a build of their own.
test-all:
	UNDERSTUDY_LONG_TESTS=1 scripts/test.sh
	scripts/planted-faults.sh

# Writes the figures and the picture of docs/why-privacy.md; fails where they do not say what the page says.
why-privacy:
	scripts/why-privacy.sh

# The references are installed in environments of their own; the figures go to docs/benchmarks.md.
bench: dependencies
	scripts/bench.sh

# What takes more than a few minutes: ten million rows, a hundred columns, the reference at its defaults, networks beside theirs.
bench-long: dependencies
	scripts/bench.sh length-long wide reference-default networks ctgan dpctgan

lint:
	scripts/lint.sh

format:
	scripts/lint.sh --fix

coverage:
	scripts/coverage.sh

dependencies:
	scripts/install-dependencies.sh

clean:
	swift package clean
	rm -rf demo
