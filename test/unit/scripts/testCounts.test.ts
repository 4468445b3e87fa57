import { expect, test } from 'vitest'
import { countPlaywright, countVitest } from '../../../scripts/testCounts.mjs'

const file = (status: string, statuses: readonly string[]) => ({
  status,
  assertionResults: statuses.map((each) => ({ status: each })),
})

test('a test file that does not load counts as a failure', () => {
  const testResults = [file('passed', ['passed']), file('failed', [])]
  const report = { numPassedTests: 1, numFailedTests: 0, testResults }
  expect(countVitest(report, 1)).toEqual({ passed: 1, failed: 1 })
})

test('a failed test counts once, its file does not count again', () => {
  const testResults = [file('failed', ['passed', 'failed'])]
  const report = { numPassedTests: 1, numFailedTests: 1, testResults }
  expect(countVitest(report, 1)).toEqual({ passed: 1, failed: 1 })
})

test('a run that dies without a report is a failure, never a success', () => {
  expect(countVitest(undefined, 1)).toEqual({ passed: 0, failed: 1 })
  expect(countPlaywright(undefined, 1)).toEqual({ passed: 0, failed: 1 })
})

test('a project without tests passes nothing and fails nothing', () => {
  expect(countVitest({ numPassedTests: 0, numFailedTests: 0, testResults: [] }, 0)).toEqual({
    passed: 0,
    failed: 0,
  })
})

test('the end-to-end report adds up, skipped tests apart', () => {
  const stats = { expected: 3, unexpected: 1, flaky: 0, skipped: 2 }
  expect(countPlaywright({ stats }, 1)).toEqual({ passed: 3, failed: 1 })
})
