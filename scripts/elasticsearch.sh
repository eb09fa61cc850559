#!/usr/bin/env bash
# A real Elasticsearch node for tests: start [NAME] | trio [NAME] | stop [NAME] | stop-all | destroy [NAME] | folder [NAME].
#
# `start` prints the node's URL on its last line. It fetches the minimal distribution from Maven Central once,
# unpacks it below .cache/, and runs one node per NAME on loopback: single node, 512 MB heap, as an unprivileged
# user when called by root. A node that runs already is left as it is; a stopped one keeps its port and data.
# `trio` starts three nodes of one cluster, NAME-1 to NAME-3 with 256 MB heap each, and prints their URLs with commas.
# A NAME that begins with “secure” gives a node with TLS and users: its folder (printed by `folder NAME`) holds the
# authority's certificate (config/certs/ca.crt) and the password of the user “admin” (password).
# ELASTICSEARCH_VERSION chooses the release. Needs Maven, unzip, openssl and Java: 17 or later for Elasticsearch 8, 21 or
# later for 9 (ES_JAVA_HOME, else the `java` on the path, else the newest in /usr/lib/jvm).
set -euo pipefail

version=${ELASTICSEARCH_VERSION:-8.19.16}
action=${1:-start}
name=${2:-tests}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${YUQING_CACHE:-$root/.cache}/elasticsearch
start_seconds=120
heap=512m

fail() { echo "elasticsearch.sh: $*" >&2; exit 1; }

# Whether `nobody` may go to a folder; a checkout below a private home is out of its reach.
reachable() { setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$1" 2>/dev/null; }

mkdir -p "$cache"
if [ "$(id -u)" = 0 ] && ! reachable "$cache"; then
  cache=${TMPDIR:-/tmp}/yuqing-elasticsearch
  mkdir -p "$cache"
fi
home=$cache/elasticsearch-$version
node=$cache/$name-$version

secure() { [[ $name == secure* ]]; }
url() { if secure; then echo "https://127.0.0.1:$(cat "$node/port")"; else echo "http://127.0.0.1:$(cat "$node/port")"; fi; }
running() { [ -s "$node/pid" ] && kill -0 "$(cat "$node/pid")" 2>/dev/null; }
healthy() {
  local access=()
  if secure; then access=(--cacert "$node/config/certs/ca.crt" -u "admin:$(cat "$node/password")"); fi
  curl -sf -m 5 "${access[@]}" "$(url)/_cluster/health?wait_for_status=yellow&timeout=4s" >/dev/null
}

fetch() {
  [ -d "$home" ] && return
  command -v mvn >/dev/null || fail "Maven is missing; install it, or unpack the distribution to $home."
  command -v unzip >/dev/null || fail "unzip is missing."
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
    "-Dartifact=org.elasticsearch.distribution.integ-test-zip:elasticsearch:$version:zip" \
    "-DoutputDirectory=$cache" >&2 || fail "Maven gave no Elasticsearch $version; see its message above."
  unzip -q "$cache/elasticsearch-$version.zip" -d "$cache/unpacking"
  mv "$cache/unpacking/elasticsearch-$version" "$home"
  rm -rf "$cache/unpacking" "$cache/elasticsearch-$version.zip"
  chmod -R a+rX "$home"
}

java_home() {
  if [ -n "${ES_JAVA_HOME:-}" ]; then echo "$ES_JAVA_HOME"; return; fi
  local needed=17 found=() home
  if [ "${version%%.*}" -ge 9 ]; then needed=21; fi
  if command -v java >/dev/null; then found+=("$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")"); fi
  while read -r home; do found+=("$home"); done < <(ls -dvr /usr/lib/jvm/*/ 2>/dev/null)
  for home in "${found[@]}"; do
    if [ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null || true)" -ge "$needed" ] 2>/dev/null; then
      echo "${home%/}"
      return
    fi
  done
  fail "Elasticsearch $version needs Java $needed or later; install a JDK, or set ES_JAVA_HOME."
}

# Below the ports that the system hands out, so that nobody takes the one of a node that is stopped.
free_port() {
  python3 -c '
import random, socket
while True:
    port = random.randrange(15_000, 32_000)
    with socket.socket() as tried:
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            continue
    print(port)
    break'
}

# How the node finds its cluster: alone, or by the transport ports of the other two.
discovery() {
  if [ -z "${trio:-}" ]; then
    printf 'discovery.type: single-node\ntransport.port: 0\n'
    return
  fi
  local seeds=() number
  for number in 1 2 3; do seeds+=("127.0.0.1:$(cat "$cache/$trio-$number-$version/transport")"); done
  printf 'transport.port: %s\n' "$(cat "$node/transport")"
  printf 'discovery.seed_hosts: [%s]\n' "$(IFS=,; echo "${seeds[*]}")"
  printf 'cluster.initial_master_nodes: [%s-1, %s-2, %s-3]\n' "$trio" "$trio" "$trio"
}

configure() {
  mkdir -p "$node"/{config,data,logs,tmp,snapshots}
  [ -s "$node/port" ] || free_port >"$node/port"
  cp "$home"/config/{jvm.options,log4j2.properties} "$node/config/"
  cat >"$node/config/elasticsearch.yml" <<YML
cluster.name: yuqing-${trio:-$name}
node.name: $name
$(discovery)
network.host: 127.0.0.1
http.port: $(cat "$node/port")
path.data: $node/data
path.logs: $node/logs
path.repo: $node/snapshots
action.auto_create_index: false
cluster.routing.allocation.disk.threshold_enabled: false
xpack.security.enabled: $(secure && echo true || echo false)
YML
  if secure; then configure_security; fi
}

# An authority of its own, a certificate for loopback, and one user who may do everything.
configure_security() {
  local certs=$node/config/certs
  if [ ! -s "$certs/node.crt" ]; then
    mkdir -p "$certs"
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=yuqing test authority" \
      -keyout "$certs/ca.key" -out "$certs/ca.crt" 2>/dev/null
    openssl req -newkey rsa:2048 -nodes -subj "/CN=localhost" \
      -keyout "$certs/node.key" -out "$certs/node.csr" 2>/dev/null
    openssl x509 -req -days 3650 -in "$certs/node.csr" -CA "$certs/ca.crt" -CAkey "$certs/ca.key" -CAcreateserial \
      -extfile <(echo "subjectAltName=DNS:localhost,IP:127.0.0.1") -out "$certs/node.crt" 2>/dev/null
  fi
  cat >>"$node/config/elasticsearch.yml" <<YML
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.key: certs/node.key
xpack.security.http.ssl.certificate: certs/node.crt
YML
  if [ ! -s "$node/password" ]; then
    local password java
    password=$(openssl rand -hex 16)
    java=$(java_home)
    touch "$node"/config/{users,users_roles}
    ES_JAVA_HOME="$java" ES_PATH_CONF="$node/config" \
      "$home/bin/elasticsearch-users" useradd admin -p "$password" -r superuser >&2
    (umask 077; echo "$password" >"$node/password")
  fi
}

start() {
  fetch
  if running && healthy; then return; fi
  configure
  launch
  await
}

# Three nodes at once: none of them answers before two have found each other. One that was stopped comes back alone.
trio() {
  local trio=$name heap=256m number urls=() began=()
  fetch
  for number in 1 2 3; do
    node=$cache/$trio-$number-$version
    mkdir -p "$node"
    [ -s "$node/transport" ] || free_port >"$node/transport"
  done
  for number in 1 2 3; do
    name=$trio-$number node=$cache/$trio-$number-$version
    if running; then continue; fi
    configure
    launch
    began+=("$number")
  done
  for number in "${began[@]}"; do
    node=$cache/$trio-$number-$version
    await
  done
  for number in 1 2 3; do
    node=$cache/$trio-$number-$version
    urls+=("$(url)")
  done
  (IFS=,; echo "${urls[*]}")
}

launch() {
  local run=() java
  java=$(java_home)
  if [ "$(id -u)" = 0 ]; then
    chown -R 65534:65534 "$node"
    run=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  fi
  rm -rf "$node"/tmp/final-flags*  # each start leaves one
  env ES_JAVA_HOME="$java" ES_PATH_CONF="$node/config" ES_TMPDIR="$node/tmp" HOME="$node/tmp" \
    CLI_JAVA_OPTS="-Djava.io.tmpdir=$node/tmp" \
    ES_JAVA_OPTS="-Xms$heap -Xmx$heap ${ES_JAVA_OPTS:-}" \
    "${run[@]}" setsid "$home/bin/elasticsearch" --pidfile "$node/pid" >"$node/logs/console.log" 2>&1 </dev/null 9>&- &
  echo $! >"$node/launched"
}

await() {
  local deadline=$((SECONDS + start_seconds))
  until healthy; do
    [ $SECONDS -lt $deadline ] || fail "the node did not answer within $start_seconds s; see $node/logs/console.log."
    kill -0 "$(cat "$node/launched")" 2>/dev/null || fail "the node ended: $(tail -n 3 "$node/logs/console.log")"
    sleep 0.5
  done
}

stop() {
  running || return 0
  local pid
  pid=$(cat "$node/pid")
  kill "$pid"
  while kill -0 "$pid" 2>/dev/null; do sleep 0.2; done
}

# Every node below the cache, whatever its name and release.
stop_all() {
  local file
  for file in "$cache"/*/pid; do
    [ -s "$file" ] || continue
    node=$(dirname "$file")
    stop
  done
}

exec 9>"$cache/$name.lock"
flock 9
case $action in
  start) start; url ;;
  trio) trio ;;
  stop) stop ;;
  stop-all) stop_all ;;
  destroy) stop; rm -rf "$node" ;;
  folder) echo "$node" ;;
  *) fail "“$action” is not known; use start, trio, stop, stop-all, destroy or folder." ;;
esac
