import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { buildApp } from './build.mjs'
import { electronRuntime } from './electronRuntime.mjs'
import { installPackages } from './install.mjs'
import { projectEnv, tool } from './projectNode.mjs'
import { inProject, projectDir, run } from './run.mjs'
import { Problem, runMain, say, step } from './steps.mjs'

const USAGE =
  'npm run package takes nothing (installers for this system), or --dir [--deb] [--electron=npm] [--output=FOLDER] ' +
  '(an unpacked app to try; with --deb also as a .deb, by dpkg-deb).'

/**
 * Builds installers into `dist/`, or with `dir` an app to try. Only that may be built on the test
 * runtime: what goes out to people is made with the official Electron.
 */
export async function packageApp({ dir, deb, electron, output }) {
  await buildApp()
  const { folder, what } = await electronRuntime(electron)
  if (!dir) requireFfmpeg()
  const [node, file] = tool('electron-builder')
  const args = [file, '--publish=never', `--config.electronDist=${folder}`]
  if (deb) args.push('--linux', 'deb', TRIAL_HOMEPAGE)
  else if (dir) args.push('--dir')
  if (output !== undefined) args.push(`--config.directories.output=${output}`)
  const { code, output: said } = await step(`Packing the app with ${what}`, () =>
    run(node, args, { env: { ...projectEnv(), ...(deb && { CUSTOM_FPM_PATH: DEB_MAKER }) } }),
  )
  if (code !== 0) throw new Problem(`The app cannot be packed:\n\n${said.trim()}`)
}

/** Where fpm cannot be downloaded; see there. */
const DEB_MAKER = inProject('scripts', 'debByDpkg.mjs')
/** A .deb names a homepage, and one to try has none but the folder that it was made from. */
const TRIAL_HOMEPAGE = `--config.extraMetadata.homepage=${pathToFileURL(projectDir).href}`

function requireFfmpeg() {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg'
  if (existsSync(inProject('node_modules', 'ffmpeg-static', name))) return
  throw new Problem(
    'An installer carries ffmpeg, and node_modules/ffmpeg-static has none: its download failed. ' +
      'Run npm rebuild ffmpeg-static where github.com can be reached.',
  )
}

function readOptions(args) {
  const options = { dir: false, deb: false, electron: 'official', output: undefined }
  for (const arg of args) {
    if (arg === '--dir') options.dir = true
    else if (arg === '--deb') options.deb = true
    else if (arg === '--electron=npm') options.electron = 'npm'
    else if (arg.startsWith('--output=')) options.output = arg.slice('--output='.length)
    else throw new Problem(`${arg} is not known. ${USAGE}`)
  }
  const isTrial = options.deb || options.electron === 'npm' || options.output !== undefined
  if (!options.dir && isTrial) {
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
