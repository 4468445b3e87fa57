import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderWith } from '../../helpers/folder.ts'
import { moneyLab, type MoneyLab } from '../../helpers/moneyLab.ts'
import { HOSTED, KEYS, type HostedId } from '../../helpers/providerBench.ts'
import type { Fault } from '../../servers/types.ts'

/** Everything that can make an engine speak, or write down what it was told. */
const FAULTS: readonly Fault[] = [
  { on: 'create', skip: 1, how: { kind: 'destroy', when: 'afterBody' }, accept: true },
  { on: 'create', skip: 1, how: { kind: 'html' }, accept: true },
  { on: 'create', skip: 1, how: { kind: 'status', status: 429, retryAfter: '0' } },
  { on: 'create', skip: 1, how: { kind: 'status', status: 500 } },
  { on: 'create', skip: 1, how: { kind: 'status', status: 422 } },
  { on: 'look', how: { kind: 'status', status: 500 }, times: 2 },
  { on: 'look', how: { kind: 'cut' }, times: 2 },
  { on: 'file', how: { kind: 'truncate' }, times: 2 },
  { on: 'file', how: { kind: 'status', status: 403 } },
  { on: 'list', how: { kind: 'status', status: 403 } },
]

/** The key as it is, and as it may hide in a header, a URL or a form. */
function formsOf(key: string): readonly string[] {
  const secret = key.split(/[:.]/).at(-1) ?? key
  const texts = [key, encodeURIComponent(key), secret]
  return [
    ...texts,
    ...[key, `${key}:`, `Bearer ${key}`, `Key ${key}`].map((text) =>
      Buffer.from(text).toString('base64').replace(/=+$/, ''),
    ),
    Buffer.from(key).toString('hex'),
  ]
}

function placesOf(key: string, texts: ReadonlyMap<string, string>): readonly string[] {
  return [...texts].flatMap(([name, text]) =>
    formsOf(key).some((form) => text.includes(form)) ? [name] : [],
  )
}

function filesIn(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return new Map(names.map((name) => [name, readFileSync(name, 'latin1')]))
}

/** Runs twice, killed once, with every log line there is, and refused for its key at the end. */
async function spokenBy(lab: MoneyLab): Promise<ReadonlyMap<string, string>> {
  const env = { DAILIES_LOG: 'debug' }
  const texts = new Map<string, string>()
  for (const fault of FAULTS) await lab.server.fault(fault)
  const killed = lab.spawn({ env })
  await killed.seen('take')
  killed.child.kill('SIGKILL')
  const first = await killed.ended
  const run = lab.spawn({ env })
  await run.seen('settled')
  const second = await run.ended
  for (const [name, { lines, stderr }] of Object.entries({ first, second }))
    texts.set(name, `${JSON.stringify(lines)}\n${stderr}`)
  return texts
}

describe.each(HOSTED)('the key of %s', (id: HostedId) => {
  it('reaches the provider and nothing that is written, whatever goes wrong', async () => {
    const outDir = join(folderWith(), 'out')
    const lab = await moneyLab(id, { jobs: 6, outDir })
    const spoken = await spokenBy(lab)
    // OpenAI's refusal repeats the key.
    await lab.server.set({ badKeys: [KEYS[id]] })
    const { engine } = await lab.open({ DAILIES_LOG: 'debug' })
    await engine.commands.admit({ ...lab.plan, digest: 'other' }, { again: true })
    engine.start({ obeyWindows: false })
    await engine.settled({})
    const told = JSON.stringify([
      engine.queries.jobs({ filter: {}, after: null, limit: 100 }),
      engine.queries.needsYou(),
      engine.queries.lanes(),
    ])
    await engine.stop()
    const sent = JSON.stringify((await lab.server.requests()).map(({ headers }) => headers))
    expect(sent).toContain(KEYS[id])
    const texts = new Map([...spoken, ...filesIn(lab.dataDir), ...filesIn(outDir), ['told', told]])
    const looked = [...texts.keys()].map((name) => basename(name))
    expect(looked).toEqual(
      expect.arrayContaining(['dailies.db', 'submits.ndjson', 'dailies.log', 'second', 'told']),
    )
    expect(looked.some((name) => name.endsWith('.json'))).toBe(true)
    if (id === 'openai-videos') expect(told).toContain('[key]')
    expect(placesOf(KEYS[id], texts)).toEqual([])
  })
})
