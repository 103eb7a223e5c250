# Finds a JDK 25, for the scripts that start a program of this repository. To be sourced.

say() { printf '%s\n' "$*" >&2; }

# Whether the JDK at $1 is 25 or later, by its release file: no JVM is started to find out.
suits() {
  [[ -x $1/bin/java && -r $1/release ]] &&
    [[ $(<"$1/release") =~ JAVA_VERSION=\"([0-9]+) ]] && ((BASH_REMATCH[1] >= 25))
}

find_jdk() {
  local java home
  java=$(command -v java || true)
  for home in "${JAVA_HOME:-}" "${java:+$(dirname "$(dirname "$(readlink -f "$java")")")}" \
    /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    {/opt/homebrew,/usr/local}/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [[ -n $home ]] && suits "$home"; then
      jdk=$home
      return
    fi
  done
  say "needs JDK 25. Install one (Temurin, for example), or point JAVA_HOME at it."
  exit 69
}
