# Finds Java and starts the command line. Both launchers source this file: the one of a checkout (/callflow) and
# the one of the archive (bin/callflow).

# Reads the version from Java's release file, which is faster than starting Java.
java_version() {
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

is_usable_java() {
  [ -x "$1/bin/java" ] && [ "$(java_version "$1")" -ge 21 ] 2>/dev/null
}

java_on_path() {
  java=$(command -v java) || return 1
  java=$(readlink -f "$java" 2>/dev/null || echo "$java")
  dirname "$(dirname "$java")"
}

# Sets java_home to the first Java that is new enough, or returns 1 if there is none.
look_for_java() {
  for java_home in "$JAVA_HOME" "$(java_on_path)" \
    /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_usable_java "$java_home"; then
      return
    fi
  done
  return 1
}

# Sets java_home, or ends the launcher. The arguments say what is needed, and the end of its Debian package.
find_java() {
  look_for_java && return
  echo "Callflow needs $1 21 or newer, but none was found in JAVA_HOME, on the PATH" >&2
  echo "or in the usual folders." >&2
  echo "Install one (for instance: apt install openjdk-21-$2) or set JAVA_HOME." >&2
  exit 69
}

# Replaces the launcher by Java. The first argument is the folder with examples/data, the second the folder with
# the jars; the others are those of the command line.
start() {
  home=$1
  lib=$2
  shift 2

  # Java decodes file names in the locale; in the locale C it cannot decode non-ASCII names.
  case ${LC_ALL:-${LC_CTYPE:-$LANG}} in
    *[Uu][Tt][Ff]*) ;;
    *) LC_ALL=C.UTF-8 && export LC_ALL ;;
  esac

  # A host runs for a long time and benefits from the optimising compiler; other commands end too soon.
  runs_long=
  for argument; do
    case $argument in host | simulate) runs_long=yes ;; esac
  done

  # What is added first comes last: the user's options take precedence over those below.
  set -f
  # shellcheck disable=SC2086
  set -- $CALLFLOW_JAVA_OPTS -cp "$lib/*" dev.callflow.cli.Main "$@"
  set -- --enable-native-access=ALL-UNNAMED "-Dcallflow.home=$home" "$@"
  if [ -z "$runs_long" ]; then
    set -- -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$@"
    # These commands print their own output, so the log is off unless CALLFLOW_LOG is set.
    [ -n "$CALLFLOW_LOG" ] || set -- -DCALLFLOW_LOG=OFF -DCALLFLOW_LOG_OF_OTHERS=OFF "$@"
  fi

  # The class archive speeds up the start. Java writes it at the end of the first run, if it may.
  classes=$lib/callflow.jsa
  if [ -w "$classes" ] || { [ ! -e "$classes" ] && [ -w "$lib" ]; }; then
    set -- -XX:+AutoCreateSharedArchive "$@"
  fi
  if [ -w "$lib" ] || [ -r "$classes" ]; then
    set -- "-XX:SharedArchiveFile=$classes" -Xlog:cds=off -Xlog:cds+dynamic=off -Xshare:auto "$@"
  fi

  exec "$java_home/bin/java" "$@"
}
