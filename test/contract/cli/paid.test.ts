import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { NightReport } from '../../../src/main/nights/nightReport.ts'
import { eventsOf, runCli } from '../../helpers/cli.ts'
import { folderWith } from '../../helpers/folder.ts'
import { startDouble } from '../../servers/start.ts'

const CANARY = 'canary-4f1e77c0d2'
const CSV = 'prompt,model,duration\ngood one,fal/kling-v3,5\nbad one,fal/kling-v3,5\n'

/** A batch for fal, and the double that stands for it. */
async function atFal(csv = CSV) {
  const server = await startDouble('fal', {
    settings: {
      renders: { mode: 'instant' },
      outcomes: [{ includes: 'bad one', outcome: { kind: 'fail', message: 'It broke.' } }],
    },
  })
  onTestFinished(() => server.close())
  const env = {
    ...server.env,
    FAL_KEY: CANARY,
    DAILIES_TIME_SCALE: '50',
    DAILIES_POLL_MIN_MS: '10',
  }
  const cwd = folderWith({ 'b.csv': csv })
  const say = (...args: string[]) =>
    runCli({ args: [...args, '--data-dir', 'data', '--json'], cwd, env })
  return { server, cwd, say }
}

describe('a paid provider', () => {
  test('plan shows the exact request of every job, asks nobody and tells no key', async () => {
    const { server, say } = await atFal()
    const { code, events, stdout, stderr } = await say('plan', 'b.csv')
    expect(code).toBe(0)
    expect(events).toMatchObject([
      {
        event: 'planned',
        row: 2,
        take: 1,
        provider: 'fal',
        model: 'kling-v3',
        route: 'fal/kling-v3',
        mode: 'textToVideo',
        wire: { method: 'POST', body: { prompt: 'good one' } },
        estimate: { currency: 'USD', estimated: true },
      },
      { event: 'planned', row: 3 },
    ])
    expect(`${stdout}${stderr}`).not.toContain(CANARY)
    expect(await server.requests()).toEqual([])
  })

  test('plan asks the provider for prices when it is told to: once a kind of job, and buys nothing', async () => {
    const three =
      'prompt,model,duration\none,fal/kling-v3,5\ntwo,fal/kling-v3,5\nten,fal/kling-v3,10\n'
    const { server, say } = await atFal(three)
    const asked = await say('plan', 'b.csv', '--ask-prices')
    expect(asked.code).toBe(0)
    expect(eventsOf(asked, 'price')).toMatchObject([
      { provider: 'fal', durationSeconds: 5, jobs: 2, said: { currency: 'USD' }, trouble: null },
      { provider: 'fal', durationSeconds: 10, jobs: 1, catalogue: { currency: 'USD' } },
    ])
    expect(await server.bill()).toEqual([])
    await server.set({ badKeys: [CANARY] })
    const refused = await say('plan', 'b.csv', '--ask-prices')
    expect(refused.code).toBe(0)
    expect(eventsOf(refused, 'planned')).toHaveLength(3)
    expect(eventsOf(refused, 'price')[0]).toMatchObject({ said: null })
    expect(`${asked.stdout}${refused.stdout}${refused.stderr}`).not.toContain(CANARY)
  })

  test('a failed job ends run with 1 and says why; its key is nowhere in what was written', async () => {
    const { cwd, say } = await atFal()
    const ended = await say('run', 'b.csv')
    expect(ended.code).toBe(1)
    expect(ended.events.at(-1)).toMatchObject({
      event: 'summary',
      succeeded: 1,
      failed: 1,
      waiting: 0,
    })
    const failed = eventsOf(ended, 'job').filter(({ status }) => status === 'failed')
    expect(failed).toMatchObject([{ row: 3, error: { kind: expect.any(String) as string } }])
    const written = readdirSync(join(cwd, 'data'), { recursive: true, withFileTypes: true })
    for (const entry of written.filter((each) => each.isFile())) {
      expect(readFileSync(join(entry.parentPath, entry.name)).includes(CANARY)).toBe(false)
    }
    expect(`${ended.stdout}${ended.stderr}`).not.toContain(CANARY)
  })

  test('a cap holds what does not fit: 3, nothing is sent, and a higher one lets it go on', async () => {
    const { server, say } = await atFal('prompt,model,duration\ngood one,fal/kling-v3,5\n')
    const held = await say('run', 'b.csv', '--budget', '0.01')
    expect(held.code).toBe(3)
    expect(held.events.at(-1)).toMatchObject({ event: 'summary', succeeded: 0, waiting: 1 })
    expect(await server.bill()).toEqual([])
    // No engine runs now: what waits, and for what, is told all the same, by the night's report, too.
    const reason = /^batch cap \$0\.01 reached: \$0\.00 spent or reserved, the next needs \$\d/
    expect(String((await say('jobs')).events[0]?.['reason'])).toMatch(reason)
    const [report] = eventsOf(await say('report'), 'report')
    const facts = JSON.parse(readFileSync(String(report?.['jsonPath']), 'utf8')) as NightReport
    expect(facts.held).toMatchObject([{ batch: 'b', jobs: 1 }])
    expect(facts.held[0]?.words).toMatch(reason)
    const raised = await say('resume', '--budget', '50')
    expect(raised.code).toBe(0)
    expect(raised.events.at(-1)).toMatchObject({ succeeded: 1, waiting: 0 })
    expect(await server.bill()).toHaveLength(1)
  })

  test('a cap for the night holds what does not fit, and goes on when it is raised for this once', async () => {
    const { server, say } = await atFal('prompt,model,duration\ngood one,fal/kling-v3,5\n')
    const set = await say('caps', '--night', '0.01', '--month', '100')
    expect(set.events).toMatchObject([
      { event: 'cap', scope: 'month' },
      { event: 'cap', scope: 'night', cap: { micros: 10_000, currency: 'USD' } },
    ])
    expect((await say('run', 'b.csv')).code).toBe(3)
    expect(await server.bill()).toEqual([])
    const once = await say('caps', '--night', '5', '--once')
    expect(once.events[1]).toMatchObject({ extraMicros: 4_990_000 })
    expect((await say('resume')).code).toBe(0)
    expect((await say('caps', '--night', 'none')).events).toMatchObject([{ scope: 'month' }])
    expect(await server.bill()).toHaveLength(1)
  })

  test('a create whose answer was lost needs a person: 3, with its evidence and ways on', async () => {
    const { server, say } = await atFal('prompt,model,duration\ngood one,fal/kling-v3,5\n')
    const list = {
      lagMs: 3_600_000,
      lagCalls: 0,
      pageSize: 50,
      hidesInputs: false,
      hidesRunning: false,
    }
    await server.set({ list })
    await server.fault({ on: 'create', how: { kind: 'destroy', when: 'afterBody' }, accept: true })
    const ended = await say('run', 'b.csv')
    expect(ended.code).toBe(3)
    const needs = eventsOf(ended, 'needsYou')
    expect(needs).toMatchObject([{ row: 2, code: expect.any(String) as string }])
    expect(ended.events.at(-2)).toMatchObject({ event: 'needsYou' })
    expect(await server.bill()).toHaveLength(1)
  })
})
