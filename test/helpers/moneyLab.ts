import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import type { BatchPlan, StatusCounts } from '../../src/shared/domain/batch.ts'
import type { JsonObject } from '../../src/shared/domain/json.ts'
import { openEngine, type OpenedEngine } from '../../src/main/compose.ts'
import type { Engine } from '../../src/main/engine.ts'
import { startDouble } from '../servers/start.ts'
import type { RequestKind, ServerControl, ServerSettings } from '../servers/types.ts'
import type { EngineOrders, KillPoint } from './engineProcess.ts'
import { folderWith } from './folder.ts'
import { auditMoney, type AuditRequest } from './moneyAudit.ts'
import { KEYS, routeRequest, type HostedId } from './providerBench.ts'

export interface LabOptions {
  readonly jobs?: number
  /** Jobs that share one request. */
  readonly twins?: boolean
  /** Instead of rows that are numbered. */
  readonly prompts?: readonly string[]
  readonly micros?: number | null
  readonly cap?: BatchPlan['cap']
  readonly allowUnpriced?: boolean
  readonly concurrency?: number | null
  readonly outDir?: string
  readonly dataDir?: string
  readonly settings?: Partial<ServerSettings>
  readonly fields?: JsonObject
  readonly timeScale?: number
  /** Called when the head of a request has arrived, before anything is done about it. */
  readonly onRequest?: (kind: RequestKind) => void
}

/** One provider's double, one data folder, one batch; engines come and go. */
export interface MoneyLab {
  readonly server: ServerControl
  readonly dataDir: string
  readonly plan: BatchPlan
  readonly env: Readonly<Record<string, string>>
  /** Opens an engine in this process; throws when it is refused. */
  open(env?: Readonly<Record<string, string>>): Promise<OpenedEngine>
  /** Opens, admits the batch unless it is there, works until nothing goes on by itself, stops. */
  work(how?: WorkOptions): Promise<StatusCounts>
  /** The same in a process of its own. */
  spawn(how?: SpawnOptions): EngineChild
  /** Empty when bill, ledger, database and disk agree. */
  audit(more?: Pick<AuditRequest, 'sentAgain' | 'theirs'>): Promise<readonly string[]>
}
export interface WorkOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly meanwhile?: (engine: Engine, opened: OpenedEngine) => Promise<void>
}
export interface SpawnOptions {
  readonly killAt?: KillPoint
  readonly hasNoLinks?: boolean
  readonly env?: Readonly<Record<string, string>>
}
export interface EngineChild {
  readonly child: ChildProcess
  /** The first line of that event. */
  seen(event: string): Promise<Line>
  /** Its last line, once it ended; null when it was killed before it said anything. */
  readonly ended: Promise<Ended>
}
export type Line = { readonly event: string } & Readonly<Record<string, unknown>>
export interface Ended {
  readonly signal: NodeJS.Signals | null
  readonly lines: readonly Line[]
  readonly stderr: string
}

export async function moneyLab(id: HostedId, options: LabOptions = {}): Promise<MoneyLab> {
  const { settings, onRequest } = options
  const server = await startDouble(id, { settings, onRequest })
  onTestFinished(() => server.close())
  // No models: plans are made here, and an engine starts in half the time.
  const folder = folderWith({ 'resources/models/.keep': '' })
  const { dataDir = join(folder, 'data'), timeScale = 500 } = options
  const resources = join(folder, 'resources')
  const env = {
    ...server.env,
    [KEY_VARIABLES[id]]: KEYS[id],
    // Stills are no part of the money; without ffmpeg a take is delivered all the same.
    FFMPEG_PATH: join(folder, 'no-ffmpeg'),
    PATH: process.env['PATH'] ?? '',
  }
  if (options.outDir !== undefined) mkdirSync(options.outDir, { recursive: true })
  const plan = planFor(id, options)
  const open = async (own: Readonly<Record<string, string>> = {}): Promise<OpenedEngine> => {
    const opened = await openEngine({
      dataDir,
      resources,
      timeScale,
      pollMs: 5,
      face: 'cli',
      appVersion: '0.0.0',
      env: { ...env, ...own },
    })
    if (!opened.ok) throw new Error(opened.error.message)
    return opened.value
  }
  return {
    server,
    dataDir,
    plan,
    env,
    open,
    work: async ({ env: own, meanwhile } = {}) => workOn(await open(own), plan, meanwhile),
    spawn: ({ killAt, hasNoLinks, env: own } = {}) =>
      spawnEngine(
        { dataDir, resources, plan, timeScale, pollMs: 5, killAt, hasNoLinks },
        { ...env, ...own },
      ),
    audit: (more = {}) =>
      auditMoney({
        dataDir,
        server,
        ...(options.outDir === undefined ? {} : { outDirs: [options.outDir] }),
        ...more,
      }),
  }
}

const KEY_VARIABLES: Readonly<Record<HostedId, string>> = {
  lumenfall: 'LUMENFALL_API_KEY',
  'openai-videos': 'OPENAI_API_KEY',
  fal: 'FAL_KEY',
  replicate: 'REPLICATE_API_TOKEN',
}

async function workOn(
  opened: OpenedEngine,
  plan: BatchPlan,
  meanwhile: WorkOptions['meanwhile'],
): Promise<StatusCounts> {
  const { engine } = opened
  if (engine.queries.batches({}).length === 0) await engine.commands.admit(plan, { again: false })
  engine.start({ obeyWindows: false })
  await meanwhile?.(engine, opened)
  await engine.settled({})
  const counts = engine.queries.counts()
  await engine.stop()
  return counts
}

function planFor(id: HostedId, options: LabOptions): BatchPlan {
  const { prompts, jobs = prompts?.length ?? 3, twins = false } = options
  const { micros = 100_000, fields = {} } = options
  return {
    name: 'Money',
    digest: 'money',
    source: 'test',
    project: null,
    cap: options.cap ?? null,
    allowUnpriced: options.allowUnpriced ?? false,
    tonight: false,
    concurrency: options.concurrency ?? null,
    outDir: options.outDir ?? null,
    jobs: Array.from({ length: jobs }, (_, index) => {
      const own = prompts?.[index] ?? `Row ${index + 1} crosses a bridge`
      const prompt = twins ? 'The very same words' : own
      return {
        row: index + 1,
        take: 1,
        name: null,
        tags: [],
        prompt,
        provider: id,
        model: 'kling-v3',
        modelName: 'Kling 3',
        route: `${id}/test`,
        request: routeRequest(id, prompt, fields),
        warnings: [],
        estimate: micros === null ? null : { micros, currency: 'USD', estimated: true },
      }
    }),
  }
}

const entry = resolve(import.meta.dirname, 'engineProcess.ts')

function spawnEngine(orders: EngineOrders, env: Readonly<Record<string, string>>): EngineChild {
  const child = spawn(process.execPath, [entry, JSON.stringify(orders)], {
    env: { ...env, NODE_ENV: 'test' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines: Line[] = []
  const waiting = new Map<string, (line: Line) => void>()
  createInterface(child.stdout).on('line', (text) => {
    const line = JSON.parse(text) as Line
    lines.push(line)
    waiting.get(line.event)?.(line)
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<Ended>((done) => {
    child.on('close', (_code, signal) => done({ signal, lines, stderr }))
  })
  const seen = async (event: string): Promise<Line> => {
    const known = lines.find((line) => line.event === event)
    if (known !== undefined) return known
    return Promise.race([
      new Promise<Line>((done) => waiting.set(event, done)),
      ended.then(({ stderr: said }) => {
        throw new Error(`the engine ended without ${event}: ${said}`)
      }),
    ])
  }
  return { child, seen, ended }
}

export interface Resumed {
  readonly problems: readonly string[]
  /** Jobs that are delivered or wait for a person. */
  readonly ended: number
  /** Whether running the same batch again was let through although something is open, or sent anything. */
  readonly ordersMore: boolean
}

/** What a person does after a crash: resume, and then run the very same file. */
export async function resumed(lab: MoneyLab): Promise<Resumed> {
  const counts = await lab.work()
  const problems = await lab.audit()
  const paid = (await lab.server.bill()).length
  const again = await lab.open()
  const admitted = await again.engine.commands.admit(lab.plan, { again: false })
  await again.engine.stop()
  const isLetThrough = admitted.ok !== (counts.needsYou === 0)
  const ordersMore = isLetThrough || (await lab.server.bill()).length !== paid
  return { problems, ended: counts.succeeded + counts.needsYou, ordersMore }
}

/** Looks again and again, without a pause of its own, until the condition holds. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise((done) => setImmediate(done))
}
