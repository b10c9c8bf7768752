#!/bin/sh
# Prints the path of a Chromium with Japanese fonts for the browser tests: $CHROMIUM, Debian's headless shell, any other
# that is installed, or Playwright's. Installs what is missing where apt-get can. The headless shell comes first, since it
# runs the tests in half the time: the whole Chromium starts a second renderer for each window.
# Usage: find-chromium.sh PATH-OF-PLAYWRIGHT. Everything but the path goes to standard error.
set -eu
playwright=$1

first_command() {
  for name in "$@"; do
    command -v "$name" && return 0
  done
  return 1
}

apt_install() { sh "$(dirname "$0")/apt-install.sh" "$@" >&2; }

playwright_chromium() {
  "$playwright" install chromium >&2 && "$(dirname "$playwright")/python" -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    print(p.chromium.executable_path)'
}

# Without fontconfig (macOS, Windows) the system brings Japanese fonts; tests/browser/test_japanese_fonts.py checks them.
has_japanese_font() {
  ! command -v fc-list >/dev/null || [ -n "$(fc-list :lang=ja family)" ]
}

if [ -n "${CHROMIUM:-}" ]; then
  path=$CHROMIUM
elif ! path=$(first_command chromium-headless-shell); then
  echo "Installing Debian's chromium-headless-shell with Japanese fonts" >&2
  apt_install chromium-headless-shell fonts-noto-cjk || true
  if ! path=$(first_command chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable) &&
    ! path=$(playwright_chromium); then
    echo 'No Chromium could be installed. Install one, or name it: make test CHROMIUM=/path/to/chromium' >&2
    exit 1
  fi
fi

if ! has_japanese_font; then
  echo "No Japanese font here: installing Debian's fonts-noto-cjk" >&2
  apt_install fonts-noto-cjk || true
  if ! has_japanese_font; then
    echo 'No Japanese font could be installed: Chromium would draw Japanese as empty boxes.' >&2
    echo 'Install one (Noto Sans CJK JP, for example), then run make test again.' >&2
    exit 1
  fi
fi
echo "$path"
