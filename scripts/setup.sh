# Sourced by ./run and ./test: what both need before they start.

say() { printf '%s\n' "$*" >&2; }

need_dotnet() {
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  if ! command -v dotnet >/dev/null; then
    say "The .NET 10 SDK is missing. Install it from https://dot.net/download and put dotnet on PATH."
    exit 1
  fi
}

# A connection that is given says that PostgreSQL runs elsewhere.
wants_own_postgres() {
  [[ -n "${Orders__Connection:-}" ]] && return 1
  local argument
  for argument in "$@"; do
    [[ "$argument" == --connection || "$argument" == --connection=* ]] && return 1
  done
  return 0
}

has_postgres() {
  local folder
  for folder in /usr/lib/postgresql/*/bin; do
    [[ -x "$folder/postgres" && -x "$folder/initdb" ]] && return 0
  done
  command -v postgres >/dev/null && command -v initdb >/dev/null
}

as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

# install_quietly PACKAGE: by apt-get. What is wanted is the program: its service is not started, as Orders runs its own.
install_quietly() (
  if [[ $EUID -ne 0 ]] && ! command -v sudo >/dev/null; then
    say "$1 is missing and there is no sudo. As root: apt-get install $1"
    exit 1
  fi
  say "Installing $1 …"
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e "$policy" ]]; then
    trap 'as_root rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod +x "$policy"
  fi
  as_root apt-get update -qq >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Dpkg::Options::=--force-confold "$1" >&2
)

need_postgres() {
  has_postgres && return
  if ! command -v apt-get >/dev/null; then
    say "PostgreSQL is missing. Install the server and run this again:"
    say "  Fedora:  sudo dnf install postgresql-server"
    say "  Arch:    sudo pacman -S postgresql"
    say "  macOS:   brew install postgresql@17   (and put its bin folder on PATH)"
    exit 1
  fi
  # Orders starts a server of its own: Debian's default cluster is not wanted.
  if [[ ! -e /etc/postgresql-common/createcluster.conf ]]; then
    as_root mkdir -p /etc/postgresql-common
    echo "create_main_cluster = false" | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  install_quietly postgresql || exit 1
  has_postgres || { say "apt-get has installed postgresql, but no server was found below /usr/lib/postgresql."; exit 1; }
}

# An address that is given says that the broker runs elsewhere.
wants_own_rabbitmq() {
  local argument previous="" rabbitmq=1
  for argument in "$@"; do
    [[ "$argument" == --broker || "$argument" == --broker=* ]] && return 1
    [[ "$argument" == --transport=rabbitmq || "$previous $argument" == "--transport rabbitmq" ]] && rabbitmq=0
    previous=$argument
  done
  [[ -n "${Orders__Broker:-}" ]] && return 1
  return $rabbitmq
}

has_rabbitmq() {
  local folder
  for folder in /usr/lib/rabbitmq/bin /usr/local/opt/rabbitmq/sbin /opt/homebrew/opt/rabbitmq/sbin; do
    [[ -x "$folder/rabbitmq-server" ]] && return 0
  done
  command -v rabbitmq-server >/dev/null
}

need_rabbitmq() {
  has_rabbitmq && return
  if ! command -v apt-get >/dev/null; then
    say "RabbitMQ is missing. Install the server and run this again, or give --broker amqp://user:password@host:port/vhost:"
    say "  Fedora:  sudo dnf install rabbitmq-server"
    say "  macOS:   brew install rabbitmq"
    exit 1
  fi
  install_quietly rabbitmq-server || exit 1
  has_rabbitmq || { say "apt-get has installed rabbitmq-server, but no server was found below /usr/lib/rabbitmq."; exit 1; }
}

has_haproxy() { command -v haproxy >/dev/null || [[ -x /usr/sbin/haproxy ]]; }

# Only tests need it: where it cannot be had, they say that they are skipped.
want_haproxy() {
  has_haproxy || ! command -v apt-get >/dev/null || install_quietly haproxy || say "Without haproxy its tests are skipped."
}

# make_if_changed OUTPUT build|publish PROJECT-OR-SOLUTION [option …]: builds unless nothing is newer than the last build's stamp.
make_if_changed() {
  local output=$1 verb=$2 what=$3
  shift 3
  local stamp="$root/.build/$(basename "$what").stamp"
  if [[ -f "$output" && -f "$stamp" ]] && [[ -z "$(find "$root"/src "$root"/tests "$root"/Directory.*.props "$root"/global.json \
      "$root"/.editorconfig \( -name bin -o -name obj \) -prune -o -newer "$stamp" -type f -print -quit)" ]]; then
    return
  fi
  say "Building $(basename "$what") …"
  mkdir -p "$root/.build"
  touch "$stamp.started"
  if ! dotnet "$verb" "$what" -c Release -v quiet -nologo "$@" >&2; then
    say "The build failed."
    exit 1
  fi
  mv "$stamp.started" "$stamp"
}
