#!/usr/bin/env bash
# Writes the manual page of a built understudy to standard output: its helps, one after the other.
#   scripts/man-page.sh PROGRAM > understudy.1
set -euo pipefail
program="$1"

# Lines as they stand; a leading dot or quote would be a command of the formatter.
literal() { sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e "s/^\([.']\)/\\\\\&\1/"; }

help_of() {
  printf '.nf\n'
  COLUMNS=80 "$program" "$@" --help | literal
  printf '.fi\n'
}

# The names behind "SUBCOMMANDS:" of a help.
commands_of() { COLUMNS=80 "$program" "$@" --help | sed -n '/^SUBCOMMANDS:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p'; }

printf '.TH UNDERSTUDY 1 "" "understudy %s"\n' "$("$program" --version)"
printf '.SH NAME\nunderstudy \\- a private stand\\-in for a table of people\n.SH SYNOPSIS\n.B understudy\nCOMMAND [OPTIONS]\n.SH DESCRIPTION\n'
help_of
for command in $(commands_of); do
  printf '.SH "UNDERSTUDY %s"\n' "$(tr '[:lower:]' '[:upper:]' <<<"$command")"
  help_of "$command"
  for below in $(commands_of "$command"); do
    printf '.SS "understudy %s %s"\n' "$command" "$below"
    help_of "$command" "$below"
  done
done
