#!/usr/bin/env bash
# Makes a certificate authority (once) and a certificate for each host, with openssl.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: certs.sh DIR HOST[,ALTNAME...] [HOST[,ALTNAME...] ...]

Makes in DIR:
  ca.crt     the authority's certificate: --tls-ca on every host
  ca.key     its key: stays where it was made
  HOST.crt   a host's certificate: --tls-cert on that host
  HOST.key   its key: --tls-key on that host

HOST and ALTNAME are names or addresses; each one by which others reach the host
must be given, above all the address in its --bind. Certificates hold for 397 days,
for servers and clients. What is there and still good is kept: run it again to add
hosts, or to renew what expires within 30 days. Another list of names renews too.

  certs.sh certs 10.0.0.5,load-1.example 10.0.0.6
TEXT
}

readonly LOCK_SECONDS=60 CA_DAYS=3650 NODE_DAYS=397 RENEW_SECONDS=$((30 * 24 * 3600))

fail() {
  printf 'certs.sh: %s\n' "$1" >&2
  exit "${2:-1}"
}

is_address() {
  [[ $1 == *:* || $1 =~ ^[0-9]+(\.[0-9]+){3}$ ]]
}

# The names of a host as openssl's extension: DNS:a,IP:1.2.3.4
alt_names() {
  local name names=() list=""
  IFS=, read -r -a names <<<"$1"
  for name in "${names[@]}"; do
    [[ $name =~ ^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$ || $name =~ ^::[0-9A-Fa-f:.]*$ ]] ||
      fail "'$name' in '$1' is not valid, expected a name or an address" 2
    if is_address "$name"; then
      list+=",IP:$name"
    else
      list+=",DNS:$name"
    fi
  done
  printf '%s' "${list#,}"
}

new_key() {
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>"$work/log" ||
    fail "openssl made no key: $(cat "$work/log")"
}

# One at a time in a folder: two that made an authority at once would each keep half of it.
lock() {
  local dir=$1 tries=0
  if command -v flock >/dev/null; then
    exec 9<"$dir"
    flock -w "$LOCK_SECONDS" 9 || fail "another certs.sh is at work in $dir"
    return
  fi
  until mkdir "$dir/.lock" 2>/dev/null; do
    ((++tries <= LOCK_SECONDS)) ||
      fail "another certs.sh is at work in $dir; if there is none, remove $dir/.lock"
    sleep 1
  done
  locked=$dir/.lock
}

make_ca() {
  local dir=$1
  [[ -e $dir/ca.key && -e $dir/ca.crt ]] && return
  [[ -e $dir/ca.key || -e $dir/ca.crt ]] &&
    fail "$dir holds only one of ca.key and ca.crt: bring the other one back, or remove it"
  cat >"$work/ca.cnf" <<TEXT
[req]
distinguished_name = name
prompt = no
x509_extensions = extensions
[name]
CN = Streamgauge CA $(openssl rand -hex 4)
[extensions]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
TEXT
  new_key "$work/ca.key"
  openssl req -new -x509 -sha256 -days "$CA_DAYS" -config "$work/ca.cnf" \
    -key "$work/ca.key" -out "$work/ca.crt" 2>"$work/log" ||
    fail "openssl made no authority: $(cat "$work/log")"
  chmod 644 "$work/ca.crt"
  mv "$work/ca.key" "$work/ca.crt" "$dir/"
  printf 'made %s\n' "$dir/ca.crt"
}

# Whether a host's certificate is of this authority, has these names and its key, and lasts.
is_good() {
  local dir=$1 file=$2 names=$3
  [[ -e $file.crt && -e $file.key && -e $file.names ]] || return 1
  [[ $(cat "$file.names") == "$names" ]] || return 1
  openssl verify -CAfile "$dir/ca.crt" "$file.crt" >/dev/null 2>&1 || return 1
  openssl x509 -checkend "$RENEW_SECONDS" -noout -in "$file.crt" >/dev/null || return 1
  [[ $(openssl x509 -pubkey -noout -in "$file.crt") == $(openssl pkey -pubout -in "$file.key") ]]
}

make_node() {
  local dir=$1 list=$2 host=${2%%,*} names file
  names=$(alt_names "$list")
  [[ $host == ca ]] && fail "'ca' is not valid, expected a host that is not named as the authority" 2
  file=$dir/${host//:/_}
  if is_good "$dir" "$file" "$names"; then
    printf 'kept %s\n' "$file.crt"
    return
  fi
  cat >"$work/node.cnf" <<TEXT
[req]
distinguished_name = name
prompt = no
[name]
CN = ${host:0:64}
[extensions]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth, clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = $names
TEXT
  new_key "$work/node.key"
  { openssl req -new -sha256 -config "$work/node.cnf" -key "$work/node.key" -out "$work/node.csr" &&
    openssl x509 -req -sha256 -days "$NODE_DAYS" -set_serial "0x$(openssl rand -hex 16)" \
      -in "$work/node.csr" -CA "$dir/ca.crt" -CAkey "$dir/ca.key" \
      -extfile "$work/node.cnf" -extensions extensions -out "$work/node.crt"; } 2>"$work/log" ||
    fail "openssl made no certificate for $host: $(cat "$work/log")"
  printf '%s' "$names" >"$work/node.names"
  chmod 644 "$work/node.crt"
  mv "$work/node.key" "$file.key"
  mv "$work/node.crt" "$file.crt"
  mv "$work/node.names" "$file.names"
  printf 'made %s\n' "$file.crt"
}

main() {
  local dir list
  if [[ ${1:-} == -h || ${1:-} == --help ]]; then
    usage
    return
  fi
  if (($# < 2)); then
    usage >&2
    exit 2
  fi
  command -v openssl >/dev/null || fail "openssl is not there, install it first"
  dir=$1
  shift
  for list in "$@"; do
    alt_names "$list" >/dev/null
  done
  umask 077
  mkdir -p "$dir"
  work="" locked=""
  trap 'rm -rf ${work:+"$work"} ${locked:+"$locked"}' EXIT
  lock "$dir"
  work=$(mktemp -d "$dir/.work.XXXXXX")
  make_ca "$dir"
  for list in "$@"; do
    make_node "$dir" "$list"
  done
}

main "$@"
