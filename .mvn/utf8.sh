# Sourced by ./intarsia: Java writes the names of files, and reads its arguments, in the encoding of the locale. In containers, under cron
# and under LC_ALL=C there is none, and every letter beyond ASCII would be lost. What files and streams hold is UTF-8 anyway.
utf8_flags=(-Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8)

use_utf8() {
  local name
  for name in "${LC_ALL:-}" C.UTF-8 C.utf8 en_US.UTF-8 en_US.utf8; do
    if [ "$(env ${name:+LC_ALL="$name"} locale charmap 2>/dev/null)" = UTF-8 ]; then
      [ -z "$name" ] || export LC_ALL=$name
      return 0
    fi
  done
  { export LC_ALL=C.UTF-8; } 2>/dev/null
}
