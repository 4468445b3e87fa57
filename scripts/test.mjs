import { existsSync, readdirSync } from 'node:fs'
import { buildApp } from './build.mjs'
import { check } from './check.mjs'
import { checkStep, withReport } from './checkStep.mjs'
import { electronRuntime } from './electronRuntime.mjs'
import { ensureFfmpeg } from './ffmpeg.mjs'
import { installPackages } from './install.mjs'
import { projectEnv, tool } from './projectNode.mjs'
import { inProject, run } from './run.mjs'
import { requireSandbox } from './sandbox.mjs'
import { Problem, runMain, say } from './steps.mjs'
import { ensureVirtualDisplay, hasDisplay } from './systemPackages.mjs'
import { countPlaywright } from './testCounts.mjs'

async function main() {
  await installPackages()
  const ffmpeg = await ensureFfmpeg()
  if (ffmpeg !== 'ffmpeg') process.env.FFMPEG_PATH = ffmpeg
  const total = await check()
  if (hasEndToEndTests()) {
    const { passed, failed } = await endToEnd()
    total.passed += passed
    total.failed += failed
    total.tests += passed + failed
  }
  if (total.tests === 0) say('No test ran.')
  say(`\n${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 && total.tests > 0 ? 0 : 1
}

function hasEndToEndTests() {
  const folder = inProject('test', 'e2e')
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.spec.ts'))
}

/** The real app in a real window; what is missing for it counts as one failure. */
async function endToEnd() {
  try {
    await buildApp()
    const { folder, what } = await electronRuntime('any')
    requireSandbox(folder)
    if (!hasDisplay()) await ensureVirtualDisplay()
    say(`The end-to-end tests run in ${what}.`)
    return await checkStep('e2e', () => runPlaywright(folder))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    say(error.message)
    return { passed: 0, failed: 1 }
  }
}

function runPlaywright(electronFolder) {
  const [program, file] = tool('@playwright/test', 'playwright')
  const args = [file, 'test', '--reporter=list,json']
  return withReport(async (report, read) => {
    const env = {
      ...projectEnv(),
      ELECTRON_OVERRIDE_DIST_PATH: electronFolder,
      ELECTRON_RUN_AS_NODE: undefined,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    }
    const { code, output } = await run(program, args, { env })
    return { ...countPlaywright(read(), code), output, isTests: true }
  })
}

await runMain(main)
