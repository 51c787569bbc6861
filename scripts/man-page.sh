#!/usr/bin/env bash
# Writes the manual page of a built program to standard output: its helps, one after the other.
#   scripts/man-page.sh PROGRAM VERSION WORDS > understudy.1, with a few words on what the program is.
set -euo pipefail
program="$1" version="$2" words="$3"
name="$(basename "$program")"
title="$(tr '[:lower:]' '[:upper:]' <<<"$name")"

# Lines as they stand; a leading dot or quote would be a command of the formatter.
literal() { sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e "s/^\([.']\)/\\\\\&\1/"; }

help_of() {
  printf '.nf\n'
  COLUMNS=80 "$program" "$@" --help | literal
  printf '.fi\n'
}

# The names behind "SUBCOMMANDS:" of a help.
commands_of() { COLUMNS=80 "$program" "$@" --help | sed -n '/^SUBCOMMANDS:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p'; }

printf '.TH %s 1 "" "understudy %s"\n' "$title" "$version"
printf '.SH NAME\n%s \\- %s\n.SH SYNOPSIS\n.B %s\nCOMMAND [OPTIONS]\n.SH DESCRIPTION\n' \
  "$(literal <<<"$name")" "$(literal <<<"$words")" "$(literal <<<"$name")"
help_of
for command in $(commands_of); do
  printf '.SH "%s %s"\n' "$title" "$(tr '[:lower:]' '[:upper:]' <<<"$command")"
  help_of "$command"
  for below in $(commands_of "$command"); do
    printf '.SS "%s %s %s"\n' "$name" "$command" "$below"
    help_of "$command" "$below"
  done
done
