import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installPackages } from './install.mjs'
import { projectEnv, tool } from './projectNode.mjs'
import { run } from './run.mjs'
import { runMain, say, seconds } from './steps.mjs'
import { countVitest } from './testCounts.mjs'

const STEPS = [
  { name: 'format', command: () => tool('oxfmt'), args: ['--check'] },
  { name: 'lint', command: () => tool('oxlint'), args: [] },
  { name: 'types', command: () => tool('typescript', 'tsc'), args: ['-b'] },
  { name: 'dead code', command: () => tool('knip'), args: ['--no-progress'] },
  { name: 'unit', vitest: true },
  { name: 'contract', vitest: true },
]

/** Runs every step of the check, also after one has failed, and adds up what passed and failed. */
export async function check() {
  const total = { passed: 0, failed: 0, tests: 0 }
  for (const step of STEPS) {
    const started = Date.now()
    const { passed, failed, output } = step.vitest
      ? await runVitest(step.name)
      : await runTool(step)
    total.passed += passed
    total.failed += failed
    if (step.vitest) total.tests += passed + failed
    const facts = step.vitest ? `  ${passed} passed, ${failed} failed` : ''
    const time = seconds(Date.now() - started).padStart(8)
    say(`${failed === 0 ? '✓' : '✗'} ${step.name.padEnd(10)}${time}${facts}`)
    if (failed > 0) say(indent(output))
  }
  return total
}

/** A tool is one check: it passes or fails as a whole. */
async function runTool({ command, args }) {
  const [node, file] = command()
  const { code, output } = await run(node, [file, ...args], { env: projectEnv() })
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output }
}

async function runVitest(project) {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-check-'))
  const report = join(folder, 'vitest.json')
  const [node, file] = tool('vitest')
  const args = ['run', '--project', project, '--passWithNoTests', '--reporter=default']
  args.push('--reporter=json', `--outputFile.json=${report}`)
  const { code, output } = await run(node, [file, ...args], { env: projectEnv() })
  const counts = countVitest(readReport(report), code)
  rmSync(folder, { recursive: true, force: true })
  return { ...counts, output }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined // the run died before it could write one; its exit code tells
  }
}

const indent = (text) => text.trimEnd().replace(/^/gm, '    ')

async function main() {
  await installPackages()
  const { failed } = await check()
  return failed === 0 ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runMain(main)
