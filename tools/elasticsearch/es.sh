#!/usr/bin/env bash
# A real Elasticsearch for the tests, from Maven Central: es.sh start | stop | url. Listens on 127.0.0.1 only; never for production.
#
# The server is Elastic's own integration-test build, unmodified and checked by its SHA-256. It lacks the analysis-common and
# rest-root modules of the full distribution: TestAnalysisPlugin.java stands in for them with Lucene's own filters, and refuses
# a setting that it does not implement. Needs JDK 17 (javac, jar) and Maven; LB_ES_DIR, LB_ES_PORT, LB_ES_HEAP change the defaults.
set -euo pipefail
VERSION=8.19.21
SHA256=215d5f3dbf0609a149f6218a9e47b6ae2df34ebbff3c5754e35f15a5e5393c8a
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
WORK=${LB_ES_DIR:-/var/tmp/lapinblanc-elasticsearch}
HOME_DIR=$WORK/elasticsearch-$VERSION
PORT=${LB_ES_PORT:-9219}
HEAP=${LB_ES_HEAP:-512m}
PID_FILE=$WORK/es.pid
export ES_JAVA_HOME=${ES_JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}

# Elasticsearch refuses to run as root.
as_user() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=nobody --regid="$(id -gn nobody)" --clear-groups "$@"; else "$@"; fi; }

install_server() {
  [ -x "$HOME_DIR/bin/elasticsearch" ] && return
  mkdir -p "$WORK/download"
  mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
    -Dartifact=org.elasticsearch.distribution.integ-test-zip:elasticsearch:$VERSION:zip -DoutputDirectory="$WORK/download" >&2
  echo "$SHA256  $WORK/download/elasticsearch-$VERSION.zip" | sha256sum --check --quiet
  (cd "$WORK" && jar xf "download/elasticsearch-$VERSION.zip")
  chmod +x "$HOME_DIR"/bin/elasticsearch*
  rm -r "$WORK/download"
}

install_plugin() {
  local folder=$HOME_DIR/plugins/test-analysis source=$HERE/TestAnalysisPlugin.java classes
  if [ "$source" -nt "$folder/test-analysis.jar" ]; then
    classes=$(mktemp -d)
    javac --release 17 -nowarn -cp "$HOME_DIR/lib/*" -d "$classes" "$source"
    mkdir -p "$folder"
    jar cf "$folder/test-analysis.jar" -C "$classes" .
    rm -r "$classes"
  fi
  printf '%s\n' name=test-analysis 'description=analysis-common and rest-root subset for tests' version=1 \
    classname=testes.TestAnalysisPlugin java.version=17 elasticsearch.version=$VERSION > "$folder/plugin-descriptor.properties"
}

configure() {
  printf '%s\n' cluster.name:\ test node.name:\ test-1 discovery.type:\ single-node network.host:\ 127.0.0.1 \
    http.port:\ "$PORT" transport.port:\ $((PORT + 100)) xpack.security.enabled:\ false \
    cluster.routing.allocation.disk.threshold_enabled:\ false > "$HOME_DIR/config/elasticsearch.yml"
  printf -- '-Xms%s\n-Xmx%s\n-XX:TieredStopAtLevel=1\n' "$HEAP" "$HEAP" > "$HOME_DIR/config/jvm.options.d/heap.options"
  if [ "$(id -u)" = 0 ]; then chown -R nobody "$WORK"; fi
}

alive() { [ -f "$PID_FILE" ] && kill -0 "$(cat "$PID_FILE")" 2>/dev/null; }

start() { # returns when the node answers: `elasticsearch -d` waits for it
  if alive; then url; return; fi
  install_server
  install_plugin
  configure
  rm -f "$PID_FILE"
  export CLI_JAVA_OPTS='-XX:TieredStopAtLevel=1'
  (cd "$HOME_DIR" && as_user bin/elasticsearch -d -p "$PID_FILE" > "$WORK/start.log" 2>&1) || { tail -40 "$WORK/start.log" >&2; exit 1; }
  url
}

stop() {
  alive || return 0
  local pid; pid=$(cat "$PID_FILE"); kill "$pid"
  for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  rm -f "$PID_FILE"
}

url() { echo "http://127.0.0.1:$PORT"; }
"$@"
