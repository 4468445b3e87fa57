import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import type { BatchPlan, StatusCounts } from '../../src/shared/domain/batch.ts'
import { openEngine, type OpenedEngine } from '../../src/main/compose.ts'
import type { Engine } from '../../src/main/engine.ts'
import { startDouble } from '../servers/start.ts'
import type { RequestKind, ServerControl, ServerSettings } from '../servers/types.ts'
import { spawnEngine, type EngineChild } from './engineChild.ts'
import type { KillPoint } from './engineProcess.ts'
import { folderWith } from './folder.ts'
import { auditMoney, type AuditRequest } from './moneyAudit.ts'
import { keyIn, planFor, type MoneyPlanOptions } from './moneyPlan.ts'
import type { HostedId } from './providerBench.ts'

export interface LabOptions extends MoneyPlanOptions {
  readonly dataDir?: string
  readonly settings?: Partial<ServerSettings>
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
    ...keyIn(id),
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
    spawn: ({ killAt, hasNoLinks, env: own } = {}) => {
      const orders = { dataDir, resources, plan, timeScale, pollMs: 5, killAt, hasNoLinks }
      const engine = spawnEngine(orders, { ...env, ...own })
      onTestFinished(() => void engine.child.kill('SIGKILL'))
      return engine
    },
    audit: (more = {}) =>
      auditMoney({
        dataDir,
        server,
        ...(options.outDir === undefined ? {} : { outDirs: [options.outDir] }),
        ...more,
      }),
  }
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

/** Looks again and again until the condition holds; the pause leaves the processor to the engine. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await pause(2)
}
