#!/bin/sh
# Prints the path of a Firefox for the browser tests: $FIREFOX, an installed one, or Debian's, which it installs where
# apt-get can. Fails where there is none; everything but the path goes to standard error.
set -eu

installed_firefox() {
  if [ -n "${FIREFOX:-}" ]; then echo "$FIREFOX"; return 0; fi
  for name in firefox-esr firefox /Applications/Firefox.app/Contents/MacOS/firefox; do
    command -v "$name" && return 0
  done
  return 1
}

if ! installed_firefox; then
  echo "No Firefox here: installing Debian's firefox-esr" >&2
  if ! { sh "$(dirname "$0")/apt-install.sh" firefox-esr >&2 && installed_firefox; }; then
    echo 'Firefox is not here: its tests are skipped. Install it, or name it: make test FIREFOX=/path/to/firefox' >&2
    exit 1
  fi
fi
