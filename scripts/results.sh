# Sourced by ./test: adds up what the runs of the test projects say.

passed=0 failed=0 skipped=0

# filters OPTION …: whether options of the runner choose among the tests, so that a project may have none to run.
filters() {
  local option
  for option in "$@"; do
    [[ $option =~ ^-(class|method|namespace|trait|filter|id)-?$ ]] && return 0
  done
  return 1
}

# count NAME LOG EXIT-CODE [option …]: counts one project's tests.
count() {
  local name=$1 log=$2 code=$3 summary bad
  shift 3
  summary=$(grep -aE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -1)
  if [[ $summary =~ Total:\ ([0-9]+),\ Errors:\ ([0-9]+),\ Failed:\ ([0-9]+),\ Skipped:\ ([0-9]+),\ Not\ Run:\ ([0-9]+) ]]; then
    bad=$((BASH_REMATCH[2] + BASH_REMATCH[3]))
    failed=$((failed + bad))
    skipped=$((skipped + BASH_REMATCH[4]))
    passed=$((passed + BASH_REMATCH[1] - BASH_REMATCH[3] - BASH_REMATCH[4] - BASH_REMATCH[5]))
    [[ $code -ne 0 && $bad -eq 0 ]] && failed=$((failed + 1))
  elif ! grep -aq 'Total: 0' "$log"; then
    # The runner itself has died: that is a failure, even without a test to blame.
    say "$name ended with exit code $code and no summary."
    failed=$((failed + 1))
  elif ! filters "$@"; then
    say "$name ran no test at all."
    failed=$((failed + 1))
  fi
  return 0
}
