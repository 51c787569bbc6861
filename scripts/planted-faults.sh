#!/usr/bin/env bash
# Plants faults that a review once found into a build of their own, and shows that the neighbours' audit catches each: make test-all.
# FAULTS names some of them; PAIRS says how many pairs of files each may take.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

read -ra faults <<< "${FAULTS:-reading refusal observed-facts exact-floor library-kernel}"
pairs="${PAIRS:-18}"

# Its own folder: no build that anybody is given is ever made with this condition.
export UNDERSTUDY_PLANT_FAULTS=1
build=(swift build --scratch-path .build/planted --product understudy)
"${build[@]}"
program="$("${build[@]}" --show-bin-path)/understudy"
version="$("$program" --version)"
if [[ "$version" != *+planted-faults ]]; then
  echo "the program calls itself $version: no faults are planted in it" >&2
  exit 1
fi

failures=0
audit() { # what, status that it must have, further words of the command
  local what="$1" expected="$2" output status=0
  shift 2
  output="$("$program" audit neighbours "$@")" || status=$?
  printf '%-16s status %s: %s\n' "$what" "$status" "$(tail -n 1 <<< "$output")"
  if [[ "$status" != "$expected" ]]; then
    printf '%s\n' "$output"
    failures=$((failures + 1))
  fi
}

for fault in "${faults[@]}"; do
  export UNDERSTUDY_PLANTED_FAULT="$fault"
  audit "$fault" 3 --first --pairs "$pairs"
done
# The same build passes when it plants none: it is the fault that is caught, not the condition.
unset UNDERSTUDY_PLANTED_FAULT
audit "none" 0 --pairs 9

if ((failures > 0)); then
  echo "$failures of $((${#faults[@]} + 1)) audits did not end as they must" >&2
  exit 1
fi
