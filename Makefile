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

bench: dependencies
	@test -f Benchmarks/Package.swift || { echo "There are no benchmarks in this checkout yet."; exit 1; }
	swift run -c release --package-path Benchmarks

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
