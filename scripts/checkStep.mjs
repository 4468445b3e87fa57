import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Problem, say, seconds } from './steps.mjs'

/** Prints one line for a step, and what it said only when it failed. A Problem is one failure. */
export async function checkStep(name, work) {
  const started = Date.now()
  process.stdout.write(name.padEnd(10))
  const { passed, failed, output, isTests } = await work().catch(asFailure)
  const time = seconds(Date.now() - started).padStart(9)
  say(`${failed === 0 ? '✓' : '✗'}${time}${isTests ? `  ${passed} passed, ${failed} failed` : ''}`)
  if (failed > 0) say(output.trimEnd().replace(/^/gm, '    '))
  return { passed, failed }
}

function asFailure(error) {
  const output = error instanceof Problem ? error.message : error.stack
  return { passed: 0, failed: 1, output }
}

/** Calls `work(file, read)` with a place for a JSON report; `read()` is undefined when none came. */
export async function withReport(work) {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-check-'))
  const file = join(folder, 'report.json')
  try {
    return await work(file, () => readJson(file))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined // the run died before it could write one; its exit code tells
  }
}
