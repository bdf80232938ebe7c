# Shared by the scripts beside it: source it, do not run it.

failed=()
closing=()

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

# Programs that tests marked `tools` need, each with the apt package that brings it.
tools=(soffice=libreoffice-calc lowriter=libreoffice-writer pdftoppm=poppler-utils chromium=chromium
  chromedriver=chromium-driver npm=npm)

# have_everything: uv, the programs and axe-core; from then on a missing program is a failure and not a skip.
have_everything() {
  export OPTIMISER_TOOLS_REQUIRED=1
  have_uv && have_tools "${tools[@]}" && have_axe
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

# tests name command …: a step that runs pytest; the verdict repeats its closing line. 1 where it failed.
tests() {
  local name=$1 log ended
  shift
  log=$(mktemp)
  step "$name" "$@" 2>&1 | tee "$log"
  ended=${PIPESTATUS[0]}
  closing+=("$name:" "$(grep -E '(passed|failed|error|no tests ran).* in [0-9.]+s' "$log" | tail -n 1)")
  rm -f "$log"
  [ "$ended" -eq 0 ] || { failed+=("$name"); return 1; }
}

# code_is_tidy: lint, format and types.
code_is_tidy() {
  step "lint" uv run --group dev ruff check . || failed+=("lint")
  step "format" uv run --group dev ruff format --check . || failed+=("format")
  step "types" uv run --group dev mypy --strict optimiser || failed+=("types")
}

# interpreter 3.12: the one pyenv has (uv does not see those that are not switched on), or what uv finds or fetches.
interpreter() {
  local found=()
  command -v pyenv >/dev/null && found=("$(pyenv root)/versions/$1".*/bin/python)
  if [ -x "${found[0]:-}" ]; then echo "${found[0]}"; else echo "$1"; fi
}

# without_pins folder python [option …]: an environment with the project and what its tests need, as the ranges of
# pyproject.toml allow. --no-config: uv reads nothing of [tool.uv], where the pins are.
without_pins() {
  local folder=$1 python=$2
  shift 2
  uv venv --quiet --no-config --python "$(interpreter "$python")" "$folder" \
    && uv pip install --quiet --no-config --python "$folder" --editable . --group dev "$@"
}

# moved folder folder: which packages differ between two environments: name, version in the first → in the second.
moved() {
  LC_ALL=C join -t = -a 1 -a 2 -e none -o 0,1.2,2.2 <(versions "$1") <(versions "$2") \
    | awk -F = '$2 != $3 { print "  " $1 ": " $2 " → " $3; found = 1 } END { if (!found) print "  no package" }'
}

# versions folder: name=version of every package that an environment has from an index.
versions() {
  uv pip freeze --quiet --no-config --python "$1" | sed -n 's/==/=/p' | LC_ALL=C sort -t = -k 1,1
}

# verdict: pytest's closing lines, the last line, and the exit code.
verdict() {
  printf '\n%s' ""
  [ "${#closing[@]}" -eq 0 ] || printf '%s\n' "${closing[@]}"
  if [ "${#failed[@]}" -gt 0 ]; then
    echo "FAILED: ${failed[*]}"
    return 1
  fi
  echo "All steps passed."
}
