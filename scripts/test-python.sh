#!/usr/bin/env bash
# Tests the Python package against the built program: make test-python, or scripts/test-python.sh -k NAME.
#   --quick: only what needs nothing but Python and pytest (Debian's python3-pytest), which is installed if it is missing.
#   UNDERSTUDY_BINARY: another program than .build/release/understudy. UNDERSTUDY_DATA: the folder of public tables.
# Where the libraries are not installed and cannot be fetched, it says so and runs the quick part.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export UNDERSTUDY_BINARY="${UNDERSTUDY_BINARY:-$PWD/.build/release/understudy}"
if [[ ! -x "$UNDERSTUDY_BINARY" ]]; then
  echo "There is no program $UNDERSTUDY_BINARY: build it with swift build -c release --product understudy." >&2
  exit 1
fi

quick() {
  if ! python3 -c "import pytest" 2>/dev/null && ! /usr/bin/python3 -c "import pytest" 2>/dev/null \
    && ((EUID == 0)) && command -v apt-get >/dev/null; then
    apt-get update --quiet && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends python3-pytest
  fi
  for python in python3 /usr/bin/python3; do
    if "$python" -c "import pytest" 2>/dev/null; then
      cd python
      PYTHONPATH="$PWD/src" exec "$python" -m pytest -q -p no:cacheprovider tests/test_plain.py tests/test_faults.py "$@"
    fi
  done
  echo "There is no pytest: install Debian's package python3-pytest." >&2
  exit 1
}

# Whether the index of packages that pip uses answers.
index_answers() {
  local index
  index="$(python3 -m pip config get global.index-url 2>/dev/null || echo https://pypi.org/simple)"
  python3 -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1].rstrip("/") + "/pytest/", timeout=30)' \
    "${PIP_INDEX_URL:-$index}" 2>/dev/null
}

if [[ "${1:-}" == "--quick" ]]; then
  shift
  quick "$@"
fi

# The environment is made once, and anew when what it holds has changed.
environment=.build/python
wanted="$(sha256sum python/pyproject.toml)"
if [[ "$(cat "$environment/made-from" 2>/dev/null)" != "$wanted" ]]; then
  rm -rf "$environment"
  python3 -m venv "$environment"
  if ! "$environment/bin/pip" install --quiet --disable-pip-version-check -e 'python[test]' mypy ruff; then
    rm -rf "$environment"
    if index_answers; then
      echo "The libraries for the Python tests cannot be installed." >&2
      exit 1
    fi
    echo "NOTE: the index of Python packages cannot be reached. Only the quick part of the Python tests runs: no frames, no guides, no notebooks."
    quick "$@"
  fi
  echo "$wanted" >"$environment/made-from"
fi

cd python
scripts=(../scripts/dist-packages.py ../scripts/pack-lists.py ../scripts/trim-icu.py ../scripts/docs)
"../$environment/bin/ruff" check --quiet . "${scripts[@]}"
"../$environment/bin/ruff" format --check --quiet . "${scripts[@]}"
"../$environment/bin/mypy"
"../$environment/bin/pytest" -q "$@"
