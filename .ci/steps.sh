# Shared by the scripts beside it: source it, do not run it.

failed=()

# have_uv: uv from the path, or installed by pip for this user.
have_uv() {
  command -v uv >/dev/null && return 0
  python3 -m pip install --quiet uv 2>/dev/null \
    || python3 -m pip install --quiet --user --break-system-packages uv \
    || { echo "uv could not be installed: python3 -m pip install uv" >&2; return 1; }
  hash -r
  command -v uv >/dev/null || PATH="$(python3 -c 'import sysconfig; print(sysconfig.get_path("scripts"))'):$HOME/.local/bin:$PATH"
  command -v uv >/dev/null || { echo "uv was installed but is not on the path" >&2; return 1; }
}

# have_tools program=package …: installs, by apt-get, only the programs that are missing.
have_tools() {
  local pair program missing=()
  for pair in "$@"; do
    program=${pair%%=*}
    command -v "$program" >/dev/null || missing+=("${pair#*=}")
  done
  [ "${#missing[@]}" -eq 0 ] && return 0
  command -v apt-get >/dev/null || { echo "please install: ${missing[*]}" >&2; return 1; }
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq && "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# have_axe: axe-core, with which the tests look at the report's page as those with disabilities meet it. Tests only.
have_axe() {
  axe=$(mktemp -d)
  npm install --silent --no-audit --no-fund --prefix "$axe" axe-core@4 >/dev/null \
    || { echo "axe-core could not be installed: npm install axe-core" >&2; return 1; }
  export OPTIMISER_AXE="$axe/node_modules/axe-core/axe.min.js"
}

# step name command …: a heading, then the command.
step() {
  printf '\n--- %s\n' "$1"
  shift
  "$@"
}

# verdict: the last line, and the exit code.
verdict() {
  if [ "${#failed[@]}" -gt 0 ]; then
    echo "FAILED: ${failed[*]}"
    return 1
  fi
  echo "All steps passed."
}
