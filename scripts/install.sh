#!/usr/bin/env bash
# Builds understudy and installs it with its manual page and completions: make install, or make install PREFIX="$HOME/.local".
#   UNDERSTUDY_BINARY: a program that is built already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

prefix="${PREFIX:-/usr/local}"

understudy="${UNDERSTUDY_BINARY:-}"
if [[ -z "$understudy" ]]; then
  scripts/install-dependencies.sh
  swift build -c release --product understudy
  understudy="$(swift build -c release --show-bin-path)/understudy"
fi

root="${DESTDIR:-}$prefix"
install -d "$root/bin" "$root/share/man/man1" "$root/share/bash-completion/completions" "$root/share/zsh/site-functions" \
  "$root/share/fish/vendor_completions.d"
install -m 755 "$understudy" "$root/bin/understudy"
scripts/man-page.sh "$understudy" "$("$understudy" --version)" "a private stand-in for a table of people" >"$root/share/man/man1/understudy.1"
"$understudy" --generate-completion-script bash >"$root/share/bash-completion/completions/understudy"
"$understudy" --generate-completion-script zsh >"$root/share/zsh/site-functions/_understudy"
"$understudy" --generate-completion-script fish >"$root/share/fish/vendor_completions.d/understudy.fish"
echo "Installed $root/bin/understudy, its manual page and completions for bash, zsh and fish."
