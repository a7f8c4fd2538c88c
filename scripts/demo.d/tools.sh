# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the demo's jobs share. Each job is a program of its own that reads this and is told in the
# environment: SPINDLE, DEGRADE, MAKE_DUMP, MAKE_SHELF, PACKAGE (programs), WORK (a folder that goes),
# SHOW (one that stays).
set -euo pipefail

if [ -t 1 ]; then bold=$'\e[1m' plain=$'\e[0m'; else bold='' plain=''; fi
title() { printf '\n%s%s%s\n\n' "$bold" "$*" "$plain"; }
row() { # row NAME TEXT [REMARK]
    printf '  %-12s%-44s %s\n' "$1" "$2" "${3:-}"
}
stop() { printf 'demo: %s\n' "$*" >&2; exit 1; }

# expect DESCRIPTION AWK-CONDITION: stops the demo when a number is not what it should be.
expect() {
    awk "BEGIN { exit !($2) }" || stop "WRONG: $1 ($2)"
}
clock() { awk -v s="$1" 'BEGIN { printf "%d:%05.2f", s / 60, s % 60 }'; }

# Opens a picture where somebody is there to see it.
show_picture() {
    row picture "$1"
    if [ -t 1 ] && [ -z "${CI:-}" ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && command -v xdg-open >/dev/null; then
        xdg-open "$1" >/dev/null 2>&1 || true
    fi
}
