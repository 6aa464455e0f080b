# Sourced by ./intarsia and by the app's launcher: how Java is started for a command.

# Whether one of the words names a file of more than 512 MiB, or a folder with one of more than 64.
is_large() {
  local word
  for word; do
    if [ -f "$word" ] && [ -n "$(find -L "$word" -prune -size +1048576 2> /dev/null)" ] \
        || [ -d "$word" ] && [ -n "$(find -L "$word" -maxdepth 1 -type f -size +131072 2> /dev/null)" ]; then
      return 0
    fi
  done
  return 1
}

# Whether the words are those of a command whose items others are to do: ... --on MASTER.
goes_out() {
  case "${1:-} $* " in
    fit\ *' --on '* | fit\ *' --on='* | study\ *' --on '* | study\ *' --on='*) true ;;
    *) false ;;
  esac
}

# start JAVA JARS CACHES ARGUMENTS...: becomes the program, whose jars are in one folder and whose caches of classes, if any, in another.
#
# The module of the Vector API brings a slower start, so only what computes for long loads it; the numbers are the same in plain Java, asked
# for by name so that nobody is warned. Objects begin at cache lines there: vectors that lie across two are read twice.
# The quick start compiles once, and quickly. Files that are read for long are worth both compilers.
start() {
  local java=$1 jars=$2 caches=$3 kind=full class_path
  shift 3
  case "${1:-} $*" in
    *--kernels*|*--device*) ;;
    predict\ *|describe\ *|impute\ *) is_large "$@" || kind=quick ;;
    ' '*|help\ *|-h\ *|--help\ *|-V\ *|--version\ *) kind=quick ;;
  esac
  local flags=(-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED)
  if [ $kind = quick ]; then
    flags+=(-XX:TieredStopAtLevel=1 -Dintarsia.kernels=scalar)
  else
    flags+=(-XX:ObjectAlignmentInBytes=64 --add-modules jdk.incubator.vector)
  fi
  # Spark itself still uses it.
  if goes_out "$@"; then
    flags+=(--sun-misc-unsafe-memory-access=allow)
  fi
  if [ -f "$caches/$kind.aot" ]; then
    # A cache that does not fit (the folder moved, say) is passed over without a word.
    flags+=(-XX:AOTCache="$caches/$kind.aot" '-Xlog:aot*=off,cds*=off,class+path=off')
  fi
  flags+=("${utf8_flags[@]}")
  printf -v class_path ':%s' "$jars"/*.jar
  if [ -t 2 ]; then
    flags+=(-Dintarsia.terminal=true)
    # The JDK warns of its incubating module before the program begins, at every start. A person is spared that line: the program writes to
    # the terminal itself. Wrong options of the JVM are said on standard error, too: who gives some sees all.
    if [ $kind = full ] && [ -z "${INTARSIA_JAVA_OPTS:-}" ] && exec 3>&2 && { : >> /dev/fd/3; } 2> /dev/null; then
      exec 2> /dev/null
      flags+=(-Dintarsia.errors=/dev/fd/3)
    fi
  fi
  # shellcheck disable=SC2086 # options are words
  # Drivers of databases, say, come after all of ours.
  exec "$java" "${flags[@]}" ${INTARSIA_JAVA_OPTS:-} -cp "${class_path:1}${INTARSIA_CLASS_PATH:+:$INTARSIA_CLASS_PATH}" \
      intarsia.cli.Main "$@"
}
