# shellcheck shell=bash
# Finds the Java that a clone is built and run with.
needed=25

# The feature version of the JDK or runtime in folder $1, by its release file; empty when there is none.
feature_of() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release"
}

# A folder with bin/java of at least $needed, and with bin/javac when $1 is "jdk".
find_java() {
  local on_path candidate feature
  on_path=$(command -v java || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "${JAVA25_HOME:-}" "$on_path" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.m2/jdks/* "$HOME"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$candidate" ] || continue
    feature=$(feature_of "$candidate")
    [ -n "$feature" ] && [ "$feature" -ge "$needed" ] || continue
    [ "$1" != jdk ] || [ -x "$candidate/bin/javac" ] || continue
    printf '%s\n' "$candidate"
    return 0
  done
}
