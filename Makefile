# make demo   the main job from end to end on an invented hospital
# make test   everything that must hold before a change is merged
.PHONY: demo test test-all bench lint format coverage dependencies clean

demo:
	scripts/demo.sh

test:
	scripts/test.sh

# The tests that need more than a few minutes too; they look for this variable.
test-all:
	UNDERSTUDY_LONG_TESTS=1 scripts/test.sh

# The table that `make bench` repeats until it is large.
TABLE ?= ../shared/data/adult.csv

# Reading and writing CSV beside pandas and polars, which it installs in an environment of its own.
bench: dependencies
	scripts/bench-csv.sh $(TABLE)

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
