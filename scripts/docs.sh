#!/usr/bin/env bash
# Makes the documents a site that works from disk, in .build/docs-site: make docs. Fails if a link leads nowhere.
# Needs, the first time, the network for markdown-it-py.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The environment is made once, and anew when what it holds has changed.
environment=.build/docs-python
wanted="$(sha256sum scripts/docs/requirements.txt)"
if [[ "$(cat "$environment/made-from" 2>/dev/null)" != "$wanted" ]]; then
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r scripts/docs/requirements.txt
  echo "$wanted" >"$environment/made-from"
fi

export PYTHONDONTWRITEBYTECODE=1
"$environment/bin/python" -m unittest discover --quiet --start-directory scripts/docs
"$environment/bin/python" scripts/docs/build.py .build/docs-site
