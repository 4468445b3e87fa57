// How many tests passed and failed, read from the JSON reports of the test runners.
// A run that exits badly without naming a failed test (a file that does not load, an error outside
// any test) still counts as one failure.

/** @param report Vitest's JSON report, or undefined when there is none. */
export function countVitest(report, exitCode) {
  const passed = report?.numPassedTests ?? 0
  const broken = (report?.testResults ?? []).filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'),
  )
  return atLeastOne({ passed, failed: (report?.numFailedTests ?? 0) + broken.length }, exitCode)
}

/** @param report Playwright's JSON report, or undefined when there is none. */
export function countPlaywright(report, exitCode) {
  const stats = report?.stats ?? {}
  const passed = (stats.expected ?? 0) + (stats.flaky ?? 0)
  return atLeastOne({ passed, failed: stats.unexpected ?? 0 }, exitCode)
}

const atLeastOne = ({ passed, failed }, exitCode) => ({
  passed,
  failed: failed === 0 && exitCode !== 0 ? 1 : failed,
})
