import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { eventsOf, runCli } from '../../helpers/cli.ts'
import { folderWith } from '../../helpers/folder.ts'
import { startDouble } from '../../servers/start.ts'

const KEY = 'lmnfl_app-canary-51d0c7e2a94b38f6'
const kept = (place: 'file' | 'keyring', secret: string) => ({
  version: 1,
  keys: [
    {
      id: 'key-0a1b2c3d',
      provider: 'lumenfall',
      name: 'main',
      last4: '38f6',
      addedAt: 1,
      place,
      secret,
    },
  ],
})

test('a key and an address that the app set are found, used, and written nowhere else', async () => {
  const server = await startDouble('lumenfall')
  onTestFinished(() => server.close())
  const baseUrls = {
    base: server.env['LUMENFALL_BASE_URL'] ?? '',
    api: server.env['LUMENFALL_API_URL'] ?? '',
  }
  const dataDir = folderWith({
    'keys.json': JSON.stringify(kept('file', KEY)),
    'settings.json': JSON.stringify({ providers: { lumenfall: { baseUrls } } }),
    'batch.csv': 'prompt,model,duration\nA ferry leaves the pier,wan-2.6,5\n',
  })
  const args = ['run', join(dataDir, 'batch.csv'), '--provider', 'lumenfall', '--json', '--yes']
  const env = { DAILIES_LOG: 'debug', DAILIES_POLL_MIN_MS: '20' }
  const ran = await runCli({ args: [...args, '--data-dir', dataDir], env })
  expect(ran.code).toBe(0)
  expect((await server.bill()).filter(({ accepted }) => accepted)).toHaveLength(1)
  const sent = JSON.stringify((await server.requests()).map(({ headers }) => headers))
  expect(sent).toContain(KEY)
  expect(ran.stdout + ran.stderr).not.toContain(KEY)
  const holders = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, 'latin1').includes(KEY))
  expect(holders).toEqual([join(dataDir, 'keys.json')])
})

test('a key in the keyring is said to be there, and what to do without it', async () => {
  const dataDir = folderWith({ 'keys.json': JSON.stringify(kept('keyring', 'AAAA')) })
  const { stdout } = await runCli({ args: ['providers', '--data-dir', dataDir] })
  expect(stdout).toContain('its key is in the system’s keyring')
  expect(stdout).toContain('set LUMENFALL_API_KEY')
})

test('the order of providers that the app set counts, unless another is given', async () => {
  const prefer = { by: 'listed', providers: ['replicate'] }
  const dataDir = folderWith({
    'settings.json': JSON.stringify({ routes: { prefer } }),
    'batch.csv': 'prompt,model,duration\nA ferry leaves the pier,kling-v3,5\n',
  })
  const planned = async (...more: readonly string[]) => {
    const args = ['plan', join(dataDir, 'batch.csv'), '--json', '--data-dir', dataDir, ...more]
    const [job] = eventsOf(await runCli({ args }), 'planned')
    return [job?.['route'], job?.['routeWhy']]
  }
  expect(await planned()).toEqual(['replicate/kling-v3', 'your order’s first of 3 ways'])
  expect(await planned('--prefer', 'lumenfall,fal')).toEqual([
    'lumenfall/kling-v3',
    'your order’s first of 3 ways',
  ])
  expect(await planned('--prefer', 'speed')).toEqual([
    'fal/kling-v3',
    'no time is measured yet: the catalogue’s first of 3 ways',
  ])
  expect(await planned('--provider', 'lumenfall', '--prefer', 'price')).toEqual([
    'lumenfall/kling-v3',
    null,
  ])
})
