# Starts an engine in a process group of its own, tells how it ended, and sees to it that nothing of it outlives the
# agent. Not in a session of its own: Linux may schedule each session as one unit, and would then take the processor
# from the agent for a tenth of a second at a time.
#
# Arguments: the file in which the agent notes the engine's processes, the log, then the command.
# The agent holds the other end of standard input. Its words: "signal NAME" for the group, "done" when nothing is left.
# The end of input without "done" is the agent's death.
notes=$1 log=$2
shift 2
trap : INT TERM HUP QUIT # caught, not ignored: what is ignored stays so in the engine
exec 3<&0 4>&1 </dev/null >>"$log" 2>&1
set -m
"$@" 3<&- 4>&- &
engine=$!
trap '' INT TERM HUP QUIT

# The fields of process $1 from its state on; nothing when it is gone.
stat_of() {
  { read -r line <"/proc/$1/stat"; } 2>/dev/null && echo "${line##*) }"
}

descendants() {
  local -A parent
  local folder pid up
  for folder in /proc/[0-9]*; do
    { read -r line <"$folder/stat"; } 2>/dev/null || continue
    set -- ${line##*) }
    parent[${folder#/proc/}]=$2
  done
  for pid in "${!parent[@]}"; do
    up=${parent[$pid]}
    while [ "${up:-0}" -gt 1 ]; do
      [ "$up" != "$engine" ] || { echo "$pid"; break; }
      up=${parent[$up]:-0}
    done
  done
}

# Those of other groups too, each only if it is still the process that was noted.
end_all() {
  local kind pid start found
  found=$(descendants)
  kill -KILL -- "-$engine" $found 2>/dev/null
  while read -r kind pid start; do
    [ "$kind" = process ] || continue
    set -- $(stat_of "$pid")
    [ "${20:-}" != "$start" ] || kill -KILL "$pid" 2>/dev/null
  done <"$notes"
  # A draft of the notes stays when the agent dies while it writes them.
  rm -rf -- "$notes" "${notes%.notes}.own" "${notes%/*}/.${notes##*/}".*.tmp
}

watch_agent() {
  local word signal
  while read -r word signal <&3; do
    case $word in
      signal) kill -s "$signal" -- "-$engine" 2>/dev/null ;;
      done) return ;;
    esac
  done
  end_all
}

watch_agent 4>&- &
exec 3<&- >/dev/null 2>&1 # the log is the engine's: nothing of a shell's own about how jobs end
echo "pid $engine" >&4
wait "$engine"
echo "exit $?" >&4
exec 4>&-
wait
