import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
let project: string

/** A command line that says what it got, and ends 200 ms after a signal or at once. */
const CLI = `
const say = (line: string): void => { process.stdout.write(line + '\\n') }
const stop = (): void => { say('stopped'); setTimeout(() => process.exit(130), 200) }
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
say(JSON.stringify(process.argv.slice(2)))
if (process.argv[2] === 'wait') setInterval(() => undefined, 1000)
else process.exitCode = 7
`

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'dailies-launcher-'))
  mkdirSync(join(project, 'src', 'cli'), { recursive: true })
  writeFileSync(join(project, 'src', 'cli', 'index.ts'), CLI)
  cpSync(join(root, 'scripts'), join(project, 'scripts'), { recursive: true })
  cpSync(join(root, 'package.json'), join(project, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
})

afterAll(() => {
  rmSync(project, { recursive: true, force: true })
})

/** As a terminal starts it: npm, the launcher and the engine share one process group. */
function dailies(...args: string[]): ChildProcess {
  const npm = ['run', '--silent', 'dailies', '--', ...args]
  return spawn('npm', npm, { cwd: project, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function ended(child: ChildProcess): Promise<{ code: number | null; lines: string[] }> {
  if (child.stdout === null) throw new Error('no output')
  const output = text(child.stdout)
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, lines: (await output).trim().split('\n') }
}

const running = async (child: ChildProcess): Promise<void> => {
  if (child.stdout !== null) await once(child.stdout, 'readable')
}

describe.skipIf(process.platform === 'win32')('npm run dailies', () => {
  test('passes its arguments on, keeps the exit code and prints nothing of its own', async () => {
    const { code, lines } = await ended(dailies('plan', 'my batch.csv', '--json'))
    expect({ code, lines }).toEqual({ code: 7, lines: ['["plan","my batch.csv","--json"]'] })
  })

  test('Ctrl+C once arrives once, and the exit code is the engine’s', async () => {
    const child = dailies('wait')
    const end = ended(child)
    await running(child)
    process.kill(-(child.pid ?? 0), 'SIGINT')
    expect(await end).toEqual({ code: 130, lines: ['["wait"]', 'stopped'] })
  })

  test('SIGTERM sent to npm alone reaches the engine', async () => {
    const child = dailies('wait')
    const end = ended(child)
    await running(child)
    child.kill('SIGTERM')
    expect(await end).toEqual({ code: 130, lines: ['["wait"]', 'stopped'] })
  })

  test('without packages it says what to do', async () => {
    const bare = join(project, 'bare')
    cpSync(join(root, 'scripts'), join(bare, 'scripts'), { recursive: true })
    const child = spawn(process.execPath, [join(bare, 'scripts', 'dailies.mjs'), 'status'])
    const said = text(child.stderr)
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(2)
    expect(await said).toContain('Run npm ci')
  })
})
