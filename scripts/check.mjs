import { fileURLToPath } from 'node:url'
import { installPackages } from './install.mjs'
import { projectEnv, projectNode, tool } from './projectNode.mjs'
import { run } from './run.mjs'
import { runMain } from './steps.mjs'
import { checkStep, withReport } from './checkStep.mjs'
import { countVitest } from './testCounts.mjs'

const TOOLS = [
  { name: 'format', command: () => tool('oxfmt'), args: ['--check'] },
  { name: 'lint', command: () => tool('oxlint'), args: [] },
  { name: 'types', command: () => tool('typescript', 'tsc'), args: ['-b'] },
  { name: 'dead code', command: () => tool('knip'), args: ['--no-progress'] },
]
const VITEST_PROJECTS = ['unit', 'contract']

/**
 * Runs every step of the check, also after one has failed.
 * Resolves to `{ passed, failed, tests }`; a tool counts as one.
 */
export async function check() {
  projectNode() // says what is missing once, not at every step
  const total = { passed: 0, failed: 0, tests: 0 }
  for (const { name, command, args } of TOOLS) {
    const counts = await checkStep(name, async () => runTool(command(), args))
    total.passed += counts.passed
    total.failed += counts.failed
  }
  for (const project of VITEST_PROJECTS) {
    const counts = await checkStep(project, () => runVitest(project))
    total.passed += counts.passed
    total.failed += counts.failed
    total.tests += counts.passed + counts.failed
  }
  return total
}

async function runTool([node, file], args) {
  const { code, output } = await run(node, [file, ...args], { env: projectEnv() })
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output }
}

function runVitest(project) {
  const [node, file] = tool('vitest')
  return withReport(async (report, read) => {
    const args = ['run', '--project', project, '--passWithNoTests', '--reporter=default']
    args.push('--reporter=json', `--outputFile.json=${report}`)
    const { code, output } = await run(node, [file, ...args], { env: projectEnv() })
    return { ...countVitest(read(), code), output, isTests: true }
  })
}

async function main() {
  await installPackages()
  const { failed } = await check()
  return failed === 0 ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runMain(main)
