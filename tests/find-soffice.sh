#!/bin/sh
# Prints the path of LibreOffice with Writer and Calc, which opens the filled forms of the tests. Installs Debian's where
# apt-get can. Fails where it is not there; everything but the path goes to standard error.
set -eu

# Debian has Writer and Calc in packages of their own.
installed_soffice() {
  path=$(command -v soffice) && folder=$(dirname "$(readlink -f "$path")") && [ -d "$folder" ] || return 1
  case $(uname) in
  Linux) [ -e "$folder/libswlo.so" ] && [ -e "$folder/libsclo.so" ] || return 1 ;;
  esac
  echo "$path"
}

if ! installed_soffice; then
  echo "No LibreOffice here: installing Debian's libreoffice-writer-nogui and libreoffice-calc-nogui" >&2
  if ! { sh "$(dirname "$0")/apt-install.sh" libreoffice-writer-nogui libreoffice-calc-nogui >&2 && installed_soffice; }; then
    echo 'LibreOffice is not here: the tests that open filled forms are left out. They need Writer and Calc.' >&2
    exit 1
  fi
fi
