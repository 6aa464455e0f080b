# Sourced by ./build and ./intarsia: sets JAVA_HOME to a JDK 25, or says in one line what is needed and where it was looked for.
# Order: INTARSIA_JDK, JAVA_HOME, the java on the PATH, the system's JVM folders, SDKMAN's, the IDEs'. Looking costs no JVM start: a JDK's
# own `release` file names its version.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[.""]' "$1/release"
}

find_jdk() {
  local path_java path_home="" candidate
  path_java=$(command -v javac 2>/dev/null) && path_home=$(dirname "$(dirname "$(readlink -f "$path_java")")")
  if [ -n "${INTARSIA_JDK:-}" ] && ! is_jdk_25 "$INTARSIA_JDK"; then
    echo "intarsia: INTARSIA_JDK=$INTARSIA_JDK is not a JDK 25 (no bin/javac, or its release file names another version)" >&2
    return 2
  fi
  for candidate in "${INTARSIA_JDK:-}" "${JAVA_HOME:-}" "$path_home" \
      /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
      "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
      export JAVA_HOME="$candidate"
      return 0
    fi
  done
  echo "intarsia: needs a JDK 25; looked at INTARSIA_JDK, JAVA_HOME (${JAVA_HOME:-unset}), javac on the PATH (${path_home:-none})," \
      "/usr/lib/jvm, /usr/java, /opt, ~/.sdkman, ~/.jdks: none is one. Install a JDK 25 or set INTARSIA_JDK to it" >&2
  return 2
}
