import { buildApp } from './build.mjs'
import { electronArgs, electronRuntime } from './electronRuntime.mjs'
import { ensureFfmpeg } from './ffmpeg.mjs'
import { installPackages } from './install.mjs'
import { projectDir, run } from './run.mjs'
import { requireSandbox } from './sandbox.mjs'
import { runSample } from './sample.mjs'
import { Problem, runMain, say } from './steps.mjs'
import { hasDisplay } from './systemPackages.mjs'

async function main() {
  const source = readSource(process.argv.slice(2))
  await installPackages()
  const ffmpeg = await ensureFfmpeg()
  if (hasDisplay()) return openApp(source, ffmpeg)
  say('There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.')
  await runSample(ffmpeg)
  say('\nThe same engine works from the command line: npm run -s dailies -- --help')
  return 0
}

function readSource(args) {
  const [option, ...rest] = args
  if (option === undefined || option === '--electron=official') return 'official'
  if (option === '--electron=npm' && rest.length === 0) return 'npm'
  throw new Problem(
    `npm start does not know ${args.join(' ')}. It takes --electron=npm or nothing.`,
  )
}

async function openApp(source, ffmpeg) {
  await buildApp()
  const { executable, folder, what } = await electronRuntime(source)
  requireSandbox(folder)
  say(`Opening Dailies in ${what}.`)
  const { code } = await run(executable, [...electronArgs(), projectDir], {
    show: true,
    // Set by some editors' terminals; it would turn Electron into a plain Node.
    env: { ELECTRON_RUN_AS_NODE: undefined, ...(ffmpeg !== 'ffmpeg' && { FFMPEG_PATH: ffmpeg }) },
  })
  return code
}

await runMain(main)
