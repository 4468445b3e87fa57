import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { planRequest } from '../../src/cli/batchOptions.ts'
import { openCli, type CliTools } from '../../src/main/composeCli.ts'
import type { Engine } from '../../src/main/engine.ts'
import type { JobView, NeedsYou } from '../../src/shared/domain/job.ts'
import type { TakeView } from '../../src/shared/domain/take.ts'
import type { ServerOptions } from '../servers/base.ts'
import { startDouble } from '../servers/start.ts'
import type { BillLine, RenderView, ServerControl } from '../servers/types.ts'
import { startCli, type CliProcess, type Ended } from './cli.ts'
import { folderWith } from './folder.ts'
import { keyIn } from './moneyPlan.ts'
import type { HostedId } from './providerBench.ts'

/** A model of the catalogue on each provider; the retired one runs, since the server is one's own. */
const MODELS: Readonly<Record<HostedId, string>> = {
  lumenfall: 'kling-v3',
  'openai-videos': 'sora-2',
  fal: 'kling-v3',
  replicate: 'seedance-2.0',
}

/** A provider's double, a data folder and a batch; engines come and go, in this process or another. */
export interface MoneyHouse {
  readonly server: ServerControl
  readonly dataDir: string
  /** Starts the command line: `run` of the batch, or what `args` say. */
  start(...args: string[]): CliProcess
  run(...args: string[]): Promise<Ended>
  /** An engine in this process works until nothing goes on by itself. `admits`: on the batch, too. */
  work(how: WorkOptions): Promise<void>
  audit(): Promise<Audit>
}
export interface WorkOptions {
  readonly admits: boolean
  readonly env?: Readonly<Record<string, string>>
  /** The batch's cap, in millionths. */
  readonly budget?: number
  /** Called when the engine has begun. */
  readonly meanwhile?: (engine: Engine) => Promise<void>
  /** Stops after `meanwhile`, whatever is still under way. */
  readonly stopsThen?: boolean
}

/** Resolves when something has happened that is looked at again and again. */
export async function until(happened: () => Promise<boolean>): Promise<void> {
  while (!(await happened())) await new Promise((done) => setImmediate(done))
}

/** What became of the money, told by the bill, the takes on disk and the jobs. */
export interface Audit {
  readonly accepted: readonly BillLine[]
  /** Prompts that were taken more than once. */
  readonly paidTwice: readonly string[]
  /** Renders that were taken and are neither a take on disk nor with the person. */
  readonly lost: readonly string[]
  /** Takes whose file is not what the provider made. */
  readonly corrupt: readonly string[]
  readonly takes: readonly TakeView[]
  readonly jobs: readonly JobView[]
  readonly needsYou: readonly NeedsYou[]
  /** Confirmed, in millionths. */
  readonly spentMicros: number
}

export interface HouseOptions extends ServerOptions {
  readonly rows?: number | undefined
  /** Instead of `rows`: the file itself. */
  readonly csv?: string | undefined
}

export async function moneyHouse(
  id: HostedId,
  { rows = 4, csv, ...options }: HouseOptions = {},
): Promise<MoneyHouse> {
  const server = await startDouble(id, {
    settings: { renders: { mode: 'clock', minMs: 30, maxMs: 150 } },
    ...options,
  })
  onTestFinished(() => server.close())
  const lines = Array.from({ length: rows }, (_, row) => `Row number ${row} crosses a bridge`)
  const folder = folderWith({ 'batch.csv': csv ?? ['prompt', ...lines].join('\n') })
  const dataDir = join(folder, 'data')
  const env = {
    ...server.env,
    ...keyIn(id),
    NODE_ENV: 'test',
    DAILIES_TIME_SCALE: '200',
    DAILIES_POLL_MIN_MS: '20',
  }
  const open = (own: Readonly<Record<string, string>> = {}): Promise<CliTools> =>
    openCli({ dataDir, env: { ...env, ...own }, timeScale: 200, pollMs: 20 })
  const start = (...args: string[]): CliProcess => {
    const what =
      args.length > 0
        ? args
        : ['run', 'batch.csv', '--provider', id, '--model', MODELS[id], '--yes']
    return startCli({ args: [...what, '--data-dir', dataDir, '--json'], cwd: folder, env })
  }
  return {
    server,
    dataDir,
    start,
    run: (...args) => start(...args).ended,
    work: async ({ admits, env: own, budget, meanwhile, stopsThen = false }) => {
      const tools = await open(own)
      const opened = await tools.openEngine()
      if (!opened.ok) throw new Error(opened.error.message)
      const engine = opened.value
      if (admits) await admit(engine, tools, { path: join(folder, 'batch.csv'), id, budget })
      engine.start({ obeyWindows: false })
      await meanwhile?.(engine)
      if (!stopsThen) await engine.settled({})
      await engine.stop()
      await tools.close()
    },
    audit: () => audit(server, open),
  }
}

async function admit(
  engine: Engine,
  tools: CliTools,
  { path, id, budget }: { path: string; id: HostedId; budget: number | undefined },
): Promise<void> {
  const expand = { kind: 'product' } as const
  const planned = await tools.planFile(
    planRequest(path, {
      provider: id,
      model: MODELS[id],
      expand,
      yes: true,
      color: false,
      ...(budget === undefined ? {} : { budget }),
    }),
  )
  if (!planned.ok) throw new Error(JSON.stringify(planned.error))
  const kept = await planned.value.keepFrames()
  if (!kept.ok) throw new Error(JSON.stringify(kept.error))
  const admitted = await engine.commands.admit(planned.value.plan, { again: false })
  if (!admitted.ok) throw new Error(admitted.error.message)
}

async function audit(server: ServerControl, open: () => Promise<CliTools>): Promise<Audit> {
  const tools = await open()
  const reader = tools.openReader()
  if (!reader.ok) throw new Error(reader.error.message)
  const { queries } = reader.value
  const takes = queries.takes({ filter: {}, order: 'row', after: null, limit: 500 }).rows
  const jobs = queries.jobs({ filter: {}, after: null, limit: 500 }).rows
  const needsYou = queries.needsYou()
  const spentMicros = queries.spend('provider').reduce((sum, { spent }) => sum + spent.micros, 0)
  reader.value.close()
  await tools.close()
  const renders = (await server.renders()).filter((render) => !render.isForeign)
  const delivered = new Set(takes.map(({ sha256 }) => sha256))
  const missing = renders.filter((render) => render.sha256.some((digest) => !delivered.has(digest)))
  return {
    accepted: (await server.bill()).filter((line) => line.accepted),
    paidTwice: repeated(renders.map(promptOf)),
    lost: missing
      .filter((render) => !isAccountedFor(render, { jobs, needsYou }))
      .map(({ id }) => id),
    corrupt: takes.filter((take) => digestOf(take.path) !== take.sha256).map(({ path }) => path),
    takes,
    jobs,
    needsYou,
    spentMicros,
  }
}

/** With the person, who sees its prompt; or failed and cancelled on the provider's own word. */
function isAccountedFor(
  render: RenderView,
  { jobs, needsYou }: Pick<Audit, 'jobs' | 'needsYou'>,
): boolean {
  if (render.status === 'failed' || render.status === 'cancelled' || render.status === 'aborted')
    return true
  const waiting = new Set(needsYou.map(({ jobId }) => jobId))
  return jobs.some(
    (job) =>
      waiting.has(job.id) && (job.operationId === render.id || job.prompt === promptOf(render)),
  )
}

function promptOf({ input }: RenderView): string {
  const body = input as { prompt?: string; input?: { prompt?: string } }
  return body.prompt ?? body.input?.prompt ?? ''
}

const repeated = (values: readonly string[]): readonly string[] =>
  values.filter((value, index) => values.indexOf(value) !== index)

const digestOf = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex')
