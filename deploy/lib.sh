# What deploy/quickstart and tests/run share: saying what happens, and installing packages.
# Sourced by bash scripts that set `top` to the top of the tree.

say() { printf '==> %s\n' "$*"; }
note() { printf '    %s\n' "$*"; }

# Ends the script with a reason that a person can act on.
fail() {
  printf '\nFAILED: %s\n' "$*" >&2
  exit 1
}

# Seconds as m:ss.
minutes() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

# The packages of the groups named, from deploy/packages.
packages_of() {
  local group
  for group in "$@"; do
    sed -n "s/^$group //p" "$top/deploy/packages"
  done | tr ' ' '\n' | sort -u
}

is_installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed$'; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "installing packages needs root: run this as root, install sudo, or install by hand: ${missing[*]}"
  fi
}

# Runs a command quietly. While it runs, a dot every few seconds shows that it lives; when it fails,
# the end of its output is shown. run_quietly LOG COMMAND...
run_quietly() {
  local log=$1 status=0
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 &
  local running=$! waited=0
  while kill -0 "$running" 2>/dev/null; do
    sleep 0.2
    waited=$((waited + 1))
    [ $((waited % 25)) -ne 0 ] || printf '.'
  done
  wait "$running" || status=$?
  [ "$waited" -lt 25 ] || printf '\n'
  [ "$status" -eq 0 ] || tail -n 30 "$log" >&2
  return "$status"
}

# A network may fail once: three attempts, with a pause between them.
run_with_retries() {
  local attempt
  for attempt in 1 2 3; do
    ! run_quietly "$@" || return 0
    [ "$attempt" -eq 3 ] || { note "attempt $attempt failed, trying again"; sleep $((attempt * 5)); }
  done
  return 1
}

install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get -o Acquire::Retries=3 update -q &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 \
      install -y -q --no-install-recommends "$@"
}

# Makes sure that the packages of the groups named are there; touches nothing when they are.
need_packages() {
  local package missing=()
  command -v dpkg-query >/dev/null ||
    fail "this is not Debian: install what deploy/packages names, then use the CMake lines of README.md"
  for package in $(packages_of "$@"); do
    is_installed "$package" || provided_otherwise "$package" || missing+=("$package")
  done
  if [ ${#missing[@]} -eq 0 ]; then
    say "packages ($*): all there"
    return
  fi
  say "packages ($*): installing ${#missing[@]}: ${missing[*]}"
  # Asked for before the output is hidden.
  [ "$(id -u)" -eq 0 ] || as_root true
  run_with_retries "$top/build/logs/packages.log" install_packages "${missing[@]}" ||
    fail "packages could not be installed; all of the output: build/logs/packages.log"
}

# A JVM or Maven from elsewhere is as good as Debian's.
provided_otherwise() {
  case $1 in
    openjdk-*) command -v java >/dev/null ;;
    maven) command -v mvn >/dev/null ;;
    curl | python3) command -v "$1" >/dev/null ;;
    *) return 1 ;;
  esac
}

# Configures and builds: build_tree DIRECTORY "TARGET..." CMAKE_OPTION... A directory that was
# configured before keeps its generator and compiler.
build_tree() {
  local directory=$1 targets=$2 generator=(-G Ninja)
  shift 2
  [ ! -f "$directory/CMakeCache.txt" ] || generator=()
  run_quietly "$top/build/logs/configure.log" \
    cmake -S "$top" -B "$directory" "${generator[@]}" "$@" ||
    fail "cmake cannot configure ${directory#"$top"/}: see the lines above"
  # shellcheck disable=SC2086  # Target names are words.
  cmake --build "$directory" --parallel "$(nproc)" --target $targets ||
    fail "${directory#"$top"/} does not build: see the lines above"
}
