#!/usr/bin/env bash
# Line coverage of Sources by the tests: make coverage. A debug build of its own, so it takes a while the first time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/install-dependencies.sh
scratch=.build/coverage
swift test --enable-code-coverage --scratch-path "$scratch"
python3 - "$(swift test --show-codecov-path --scratch-path "$scratch")" <<'PY'
import collections, json, os, sys

rooms = collections.defaultdict(lambda: [0, 0])
root = os.getcwd() + "/Sources/"
for file in json.load(open(sys.argv[1]))["data"][0]["files"]:
    if file["filename"].startswith(root):
        lines = file["summary"]["lines"]
        room = file["filename"][len(root):].split("/")[1]
        rooms[room][0] += lines["covered"]
        rooms[room][1] += lines["count"]
for room, (covered, count) in sorted(rooms.items()):
    print(f"{room:24} {covered:6} of {count:6} lines  {100 * covered / max(count, 1):5.1f} %")
PY
