#!/bin/sh
# Prints the path of a Chromium for the browser tests: $CHROMIUM, one that is installed, Debian's, or Playwright's own.
# Usage: find-chromium.sh PATH-OF-PLAYWRIGHT. Everything but the path goes to standard error.
set -eu
playwright=$1

installed() {
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return 0
  done
  return 1
}

if [ -n "${CHROMIUM:-}" ]; then echo "$CHROMIUM"; exit 0; fi
installed && exit 0

if command -v apt-get >/dev/null; then
  as_root=
  [ "$(id -u)" = 0 ] || as_root='sudo -n'
  echo "No Chromium here: installing Debian's" >&2
  if $as_root apt-get update >&2 && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y --no-install-recommends chromium >&2; then
    installed && exit 0
  fi
fi

echo "No Chromium here: installing Playwright's" >&2
if "$playwright" install chromium >&2; then
  "$(dirname "$playwright")/python" -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    print(p.chromium.executable_path)'
  exit 0
fi
echo 'No Chromium could be installed. Install one, or name it: make test CHROMIUM=/path/to/chromium' >&2
exit 1
