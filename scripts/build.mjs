import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { projectEnv, tool } from './projectNode.mjs'
import { inProject, run } from './run.mjs'
import { Problem, step } from './steps.mjs'

const BUILT = inProject('out', 'main', 'index.js')

/** Builds the desktop app into `out/`, unless nothing changed since the last build. */
export async function buildApp() {
  if (!existsSync(inProject('src', 'main', 'index.ts'))) {
    throw new Problem('There is no desktop app to build: src/main/index.ts is missing.')
  }
  if (existsSync(BUILT) && newestSource() < statSync(BUILT).mtimeMs) return
  const [node, file] = tool('electron-vite')
  const { code, output } = await step('Building the app', () =>
    run(node, [file, 'build'], { env: projectEnv() }),
  )
  if (code !== 0) throw new Problem(`The app does not build:\n\n${output.trim()}`)
}

function newestSource() {
  const files = readdirSync(inProject('src'), { recursive: true, withFileTypes: true })
  // Folders count too: their time changes when a file is removed.
  const paths = files.map((entry) => join(entry.parentPath, entry.name))
  paths.push(inProject('electron.vite.config.ts'), inProject('package-lock.json'))
  return Math.max(...paths.map((path) => statSync(path).mtimeMs))
}
