# shellcheck shell=sh disable=SC2086,SC2154
# How the tool is started, for the launcher of a clone and for that of a release. They say before: $java (the
# program), $jar, $aot (where the cache of quick starts is kept) and $base (flags for starts without that cache).

# Measured at 50,000 events/s on one core (bench): the second compiler (C2) takes as much of the core
# as it saves, and from the stamps of the first seconds; the serial collector pauses half as long as G1; young
# memory is not given away in large parts to threads of which most need little; with 96 MB of metaspace at hand the first second needs no full collection (31
# ms) to make room for it. Netty's events for a flight recorder would be made at each start.
flags="-XX:TieredStopAtLevel=1
  -XX:+UseSerialGC -XX:TLABSize=256k -XX:MetaspaceSize=96m
  -Dio.netty.jfr.enabled=false
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

say() { printf 'streamgauge: %s\n' "$*" >&2; }

# The heap: at most $STREAMGAUGE_HEAP, half of it young: a collection stops the load for tens of milliseconds,
# and so most levels end before the first.
size_heap() {
  heap=${STREAMGAUGE_HEAP:-1g}
  digits=${heap%[mMgG]}
  while case "$digits" in 0?*) ;; *) false ;; esac do digits=${digits#0}; done
  case "$heap:$digits" in
    *[!mMgG]:* | *: | *:*[!0-9]* | *:????????*) heap_mb=0 ;;
    *[gG]:*) heap_mb=$((digits * 1024)) ;;
    *) heap_mb=$digits ;;
  esac
  if [ "$heap_mb" -lt 64 ] || [ "$heap_mb" -gt 1048576 ]; then
    say "STREAMGAUGE_HEAP: $heap is not valid, expected a size from 64m to 1024g such as 512m or 2g"
    exit 2
  fi
  young_mb=$((heap_mb < 2048 ? heap_mb / 2 : 1024))
  flags="$flags -Xmx${heap_mb}m -Xms$((heap_mb < young_mb + 128 ? heap_mb : young_mb + 128))m -Xmn${young_mb}m"
}

# Java reads arguments and names of files by the locale, and loses what that has no letters for.
speak_utf8() {
  if [ "$(locale charmap 2> /dev/null)" != UTF-8 ]; then
    export LC_ALL=C.UTF-8
  fi
}

# Has the JVM keep what a run loads and links, which halves the time to its first request: a run of a second
# against an engine in a process of its own. The program works without; the cache holds for the very jar and the
# very flags. What is said meanwhile goes to train.log beside it.
train() {
  scratch=$(mktemp -d)
  draft="$scratch/streamgauge.aot"
  log="$(dirname "$aot")/train.log"
  {
    "$java" $flags -jar "$jar" simulate --port 0 > "$scratch/engine" &
    engine=$!
    while kill -0 "$engine" && ! [ -s "$scratch/engine" ]; do sleep 0.1; done
    STREAMGAUGE_CACHE="$scratch" "$java" $flags -XX:AOTCacheOutput="$draft" -jar "$jar" \
      run --url "$(grep -o 'http:[^ ]*' "$scratch/engine")" \
      --duration 1s --max-tokens 32 --quiet --output "$scratch" || true
    kill "$engine" && wait "$engine" || true
  } > "$log" 2>&1 < /dev/null
  # Another file system may lie between: what others see is whole at any time.
  if [ -f "$draft" ] && cp "$draft" "$aot.$$" && mv -f "$aot.$$" "$aot"; then :; else : > "$aot"; say "no quick starts: see $log"; fi
  rm -rf "$scratch"
}

# The commands that open Vert.x profit from the cache; the others would only wait for it to be mapped.
choose_cache() {
  cached=
  case "${1:-}" in
    run | simulate | calibrate)
      if [ ! "$aot" -nt "$jar" ] && mkdir -p "${aot%/*}" 2> /dev/null && [ -w "${aot%/*}" ]; then
        say "preparing quick starts (once; some seconds)"
        train
      fi
      [ ! -s "$aot" ] || cached=$aot
      ;;
  esac
}

# Becomes the tool, with the arguments of the command line.
launch() {
  # A connection is an open file: as many as the host allows.
  ulimit -Sn "$(ulimit -Hn)" 2> /dev/null || true
  choose_cache "$@"
  if [ -n "$cached" ]; then
    # Mapped where it was laid out, its pages need no change, which takes 20 ms of a core.
    exec "$java" $flags -XX:AOTCache="$cached" -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 \
      -Xlog:aot=off -Xlog:cds=off ${STREAMGAUGE_JAVA_OPTS:-} -jar "$jar" "$@"
  fi
  exec "$java" $flags ${base:+"$base"} -Xlog:aot=off -Xlog:cds=off ${STREAMGAUGE_JAVA_OPTS:-} -jar "$jar" "$@"
}
