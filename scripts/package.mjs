import { existsSync } from 'node:fs'
import { buildApp } from './build.mjs'
import { electronRuntime } from './electronRuntime.mjs'
import { installPackages } from './install.mjs'
import { projectEnv, tool } from './projectNode.mjs'
import { inProject, run } from './run.mjs'
import { Problem, runMain, say, step } from './steps.mjs'

const USAGE =
  'npm run package takes nothing (installers for this system), or --dir [--electron=npm] [--output=FOLDER] (an unpacked app to try).'

/**
 * Builds installers into `dist/`, or with `dir` an unpacked app. Only an unpacked one may be built on
 * the test runtime: what goes out to people is made with the official Electron.
 */
export async function packageApp({ dir, electron, output }) {
  await buildApp()
  const { folder, what } = await electronRuntime(electron)
  if (!dir) requireFfmpeg()
  const [node, file] = tool('electron-builder')
  const args = [file, '--publish=never', `--config.electronDist=${folder}`]
  if (dir) args.push('--dir')
  if (output !== undefined) args.push(`--config.directories.output=${output}`)
  const { code, output: said } = await step(`Packing the app with ${what}`, () =>
    run(node, args, { env: projectEnv() }),
  )
  if (code !== 0) throw new Problem(`The app cannot be packed:\n\n${said.trim()}`)
}

function requireFfmpeg() {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg'
  if (existsSync(inProject('node_modules', 'ffmpeg-static', name))) return
  throw new Problem(
    'An installer carries ffmpeg, and node_modules/ffmpeg-static has none: its download failed. ' +
      'Run npm rebuild ffmpeg-static where github.com can be reached.',
  )
}

function readOptions(args) {
  const options = { dir: false, electron: 'official', output: undefined }
  for (const arg of args) {
    if (arg === '--dir') options.dir = true
    else if (arg === '--electron=npm') options.electron = 'npm'
    else if (arg.startsWith('--output=')) options.output = arg.slice('--output='.length)
    else throw new Problem(`${arg} is not known. ${USAGE}`)
  }
  if (!options.dir && (options.electron === 'npm' || options.output !== undefined)) {
    throw new Problem(`The test runtime is never given to people. ${USAGE}`)
  }
  return options
}

async function main() {
  const options = readOptions(process.argv.slice(2))
  await installPackages()
  await packageApp(options)
  say(`Done: ${options.output ?? 'dist'}`)
  return 0
}

await runMain(main)
