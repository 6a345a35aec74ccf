#!/usr/bin/env bash
# Makes the files of which base/kustomization.yaml makes Secrets: certificates, the controller's key, a token.
set -euo pipefail

namespace=${1:-streamgauge}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=$here/base/secrets
controller=streamgauge-controller
agent=streamgauge-agent

umask 077
mkdir -p "$dir"/{authority,controller,agent,user}
"$here/../certs.sh" "$dir/authority" \
  "$controller,$controller.$namespace,$controller.$namespace.svc,localhost,127.0.0.1" "$agent"

key=$dir/controller/controller.key
if ! [ -e "$key" ]; then
  openssl genpkey -algorithm ed25519 -out "$key.new"
  openssl pkey -in "$key.new" -pubout >> "$key.new"
  mv "$key.new" "$key"
fi
openssl pkey -in "$key" -pubout -out "$dir/controller/controller.pub"
[ -e "$dir/controller/token" ] || openssl rand -base64 32 > "$dir/controller/token"

for role in controller agent; do
  cp "$dir/authority/streamgauge-$role.crt" "$dir/$role/tls.crt"
  cp "$dir/authority/streamgauge-$role.key" "$dir/$role/tls.key"
  cp "$dir/authority/ca.crt" "$dir/$role/"
done
cp "$dir/controller/controller.pub" "$dir/agent/"
cp "$dir/authority/ca.crt" "$dir/controller/token" "$dir/user/"
echo "made $dir; keep authority/ca.key from everybody, and all of it out of version control"
