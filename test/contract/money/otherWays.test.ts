import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { planRequest, routeOrder } from '../../../src/cli/batchOptions.ts'
import { openCli } from '../../../src/main/composeCli.ts'
import type { JobView, PlannedJob } from '../../../src/shared/domain/job.ts'
import { startCli, type CliProcess, type Ended } from '../../helpers/cli.ts'
import { folderWith } from '../../helpers/folder.ts'
import { KEYS } from '../../helpers/providerBench.ts'
import type { ServerOptions } from '../../servers/base.ts'
import { startDouble } from '../../servers/start.ts'
import type { BillLine, Fault, ServerControl } from '../../servers/types.ts'

const WORDS = [
  'A tram crosses a bridge',
  'Rain on a tin roof',
  'A cat folds a map',
  'Salt and light',
]
const CSV = ['prompt,duration', ...WORDS.map((words) => `${words},5`)].join('\n')
const REFUSED: Fault = { on: 'create', how: { kind: 'status', status: 401 }, times: 99 }
const NO_CREDIT: Fault = { ...REFUSED, how: { kind: 'status', status: 402 } }

interface House {
  readonly fal: ServerControl
  readonly replicate: ServerControl
  /** A process of the command line. */
  start(...args: string[]): CliProcess
  /** `run` of the batch in this process, fal preferred; what it came to. */
  run(how?: How): Promise<{ jobs: readonly JobView[]; said: readonly string[] }>
  /** The first job of the batch as it would be planned now. */
  planned(env?: How['env']): Promise<PlannedJob | undefined>
  taken(): Promise<{ fal: readonly BillLine[]; replicate: readonly BillLine[] }>
}
interface How {
  readonly env?: Readonly<Record<string, string>>
  readonly provider?: string
  readonly prefer?: string
  readonly budget?: number
}

/** Two providers of one model, each with a bill: $1.515 a clip on fal, $0.90 on Replicate. */
async function house(onReplicate: ServerOptions = {}): Promise<House> {
  const fal = await startDouble('fal')
  const replicate = await startDouble('replicate', onReplicate)
  onTestFinished(() => Promise.all([fal.close(), replicate.close()]).then(() => undefined))
  const folder = folderWith({ 'batch.csv': CSV })
  const dataDir = join(folder, 'data')
  const env = {
    ...fal.env,
    ...replicate.env,
    FAL_KEY: KEYS.fal,
    REPLICATE_API_TOKEN: KEYS.replicate,
    NODE_ENV: 'test',
    DAILIES_TIME_SCALE: '200',
    DAILIES_POLL_MIN_MS: '20',
  }
  const start = (...args: string[]): CliProcess =>
    startCli({ args: [...args, '--data-dir', dataDir, '--json'], cwd: folder, env })
  const planned = async ({ env: own = {}, prefer = 'fal', provider, budget }: How) => {
    const all = { ...env, DAILIES_FALL_OVER: '1', ...own }
    const tools = await openCli({ dataDir, env: all, timeScale: 200, pollMs: 20 })
    const read = await tools.planFile(
      planRequest(join(folder, 'batch.csv'), {
        ...(provider === undefined ? {} : { provider }),
        ...(budget === undefined ? {} : { budget }),
        model: 'seedance-2.0',
        expand: { kind: 'product' },
        color: false,
        prefer: routeOrder(prefer),
      }),
    )
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    return { tools, plan: read.value.plan }
  }
  return {
    fal,
    replicate,
    start,
    planned: async (own) => {
      const { tools, plan } = await planned({ env: own ?? {} })
      await tools.close()
      return plan.jobs[0]
    },
    run: async (how = {}) => {
      const { tools, plan } = await planned(how)
      const opened = await tools.openEngine()
      if (!opened.ok) throw new Error(opened.error.message)
      const engine = opened.value
      await engine.commands.admit(plan, { again: false })
      engine.start({ obeyWindows: false })
      await engine.settled({})
      const jobs = engine.queries.jobs({ filter: {}, after: null, limit: 50 }).rows
      const said = engine.queries.moves().map(({ words, jobs: n }) => `${n} ${words}`)
      await engine.stop()
      await tools.close()
      return { jobs, said }
    },
    taken: async () => ({
      fal: (await fal.bill()).filter(({ accepted }) => accepted),
      replicate: (await replicate.bill()).filter(({ accepted }) => accepted),
    }),
  }
}

const statuses = (jobs: readonly JobView[]): readonly string[] => jobs.map(({ status }) => status)
const four = <T>(value: T): readonly T[] => [value, value, value, value]

describe('a model that two providers have', () => {
  it.each<{ name: string; fault?: Fault; env?: Readonly<Record<string, string>>; why: string }>([
    { name: 'refuses the key', fault: REFUSED, why: 'fal refuses the key' },
    { name: 'has no credit left', fault: NO_CREDIT, why: 'fal has no credit left' },
    {
      name: 'cannot be reached',
      env: { FAL_QUEUE_URL: 'http://127.0.0.1:9' },
      why: 'fal cannot be reached',
    },
  ])('is taken from the next one while the first $name', async ({ fault, env = {}, why }) => {
    const { run, taken, fal, planned } = await house()
    expect(await planned(env)).toMatchObject({ provider: 'fal' })
    if (fault !== undefined) await fal.fault(fault)
    const { jobs, said } = await run({ env })
    expect(statuses(jobs)).toEqual(four('succeeded'))
    const { fal: atFal, replicate } = await taken()
    expect([atFal.length, replicate.length]).toEqual([0, 4])
    expect(new Set(replicate.map(({ bodySha256 }) => bodySha256)).size).toBe(4)
    // What is planned from now on goes the next way at once, at its own price.
    const routeWhy = 'the only one of 3 ways that is not held'
    expect(await planned(env)).toMatchObject({ provider: 'replicate', routeWhy })
    expect(said).toEqual([`4 moved from fal to Replicate ($0.90 instead of $1.52) because ${why}`])
  })

  it('is not taken elsewhere unasked, nor for a row that named its provider', async () => {
    for (const how of [{ env: { DAILIES_FALL_OVER: '0' } }, { provider: 'fal' }]) {
      const { run, taken, fal } = await house()
      await fal.fault(REFUSED)
      const { jobs, said } = await run(how)
      expect(statuses(jobs).every((status) => status === 'queued' || status === 'waiting')).toBe(
        true,
      )
      expect(said).toEqual([])
      expect(await taken()).toEqual({ fal: [], replicate: [] })
    }
  })

  it('is taken at a higher price only as far as the cap allows, and the rest says why it stays', async () => {
    const { run, taken, replicate } = await house()
    await replicate.fault(REFUSED)
    const { jobs } = await run({ prefer: 'replicate', budget: 3_600_000 })
    expect(statuses(jobs).toSorted()).toEqual(['succeeded', 'succeeded', 'waiting', 'waiting'])
    expect((await taken()).fal).toHaveLength(2)
    const reasons = jobs.flatMap(({ status, reason }) => (status === 'waiting' ? [reason] : []))
    expect(reasons[0]).toContain(
      'not moved to fal: it costs $1.52, above what is left of the batch cap',
    )
  })

  it('is paid for once when the engine is killed as the first request goes the other way', async () => {
    let kill = (): void => undefined
    const { fal, start, taken } = await house({
      onRequest: (kind) => {
        if (kind === 'create') kill()
      },
    })
    await fal.fault(REFUSED)
    const way = ['--model', 'seedance-2.0', '--prefer', 'fal', '--fall-over', '--yes']
    const engine = start('run', 'batch.csv', ...way)
    kill = () => void engine.child.kill('SIGKILL')
    expect((await engine.ended).code).toBeNull()
    kill = () => undefined
    const again = await start('resume', '--fall-over').ended
    // The lost answer of the moment of the kill is found in Replicate's list, or is the person's to settle.
    expect([0, 3]).toContain(again.code)
    const { fal: atFal, replicate } = await taken()
    expect(atFal).toEqual([])
    expect(new Set(replicate.map(({ bodySha256 }) => bodySha256)).size).toBe(replicate.length)
    expect(movedIn(await start('status').ended)).toEqual([
      expect.objectContaining({ from: 'fal/seedance-2.0', to: 'replicate/seedance-2.0', jobs: 4 }),
    ])
  })
})

const movedIn = ({ events }: Ended) => events.filter(({ event }) => event === 'moved')
