import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BatchPlan } from '../../src/shared/domain/batch.ts'
import { spawnEngine, type Ended, type EngineChild } from '../helpers/engineChild.ts'
import type { EngineOrders } from '../helpers/engineProcess.ts'
import { auditMoney } from '../helpers/moneyAudit.ts'
import { keyIn, planFor } from '../helpers/moneyPlan.ts'
import type { HostedId } from '../helpers/providerBench.ts'
import { startDouble } from '../servers/start.ts'
import type { ServerControl, ServerSettings } from '../servers/types.ts'

export interface LabOptions {
  readonly provider: HostedId
  readonly jobs: number
  readonly settings?: Partial<ServerSettings>
  readonly cap?: BatchPlan['cap']
  /** What the double is called; its address without. */
  readonly host?: string | undefined
}

/** One provider's double, one data folder, one batch; engines in processes of their own come and go. */
export interface Lab {
  readonly server: ServerControl
  readonly dataDir: string
  /** Where clips go, beside the data folder. */
  readonly outDir: string
  start(orders?: Partial<EngineOrders>): EngineChild
  /** What went wrong by the bill, the ledger and the disk; and how far the last run came. */
  result(last: Ended): Promise<LabResult>
  close(): Promise<void>
}

export interface LabResult {
  readonly accepted: number
  readonly takes: number
  readonly needsYou: number
  /** Not sent: they wait for a person who settles others, or for a cap. */
  readonly waiting: number
  /** In words that begin with `twice`, `lost`, `ledger` or `file`, as the audit has them. */
  readonly problems: readonly string[]
}

export async function openLab({
  provider,
  jobs,
  settings = {},
  cap,
  host,
}: LabOptions): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-chaos-'))
  const server = await startDouble(provider, { settings, host })
  const [resources, dataDir, outDir] = ['resources', 'data', 'out'].map((part) =>
    join(folder, part),
  )
  mkdirSync(join(resources ?? '', 'models'), { recursive: true })
  mkdirSync(outDir ?? '')
  const place = { resources: resources ?? '', dataDir: dataDir ?? '', outDir: outDir ?? '' }
  const plan = planFor(provider, {
    jobs,
    outDir: place.outDir,
    ...(cap === undefined ? {} : { cap }),
  })
  const env = {
    ...server.env,
    ...keyIn(provider),
    // Stills are no part of the money; without ffmpeg a take is delivered all the same.
    FFMPEG_PATH: join(folder, 'no-ffmpeg'),
    PATH: process.env['PATH'] ?? '',
  }
  return {
    server,
    dataDir: place.dataDir,
    outDir: place.outDir,
    start: (orders = {}) =>
      spawnEngine({ ...place, plan, timeScale: 50, pollMs: 20, ...orders }, env),
    result: (last) => resultOf({ server, last, dataDir: place.dataDir, outDir: place.outDir }),
    close: async () => {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Played {
  readonly server: ServerControl
  readonly last: Ended
  readonly dataDir: string
  readonly outDir: string
}

async function resultOf({ server, last, dataDir, outDir }: Played): Promise<LabResult> {
  const line = last.lines.at(-1)
  const {
    succeeded = 0,
    needsYou = 0,
    waiting = 0,
    queued = 0,
  } = (line?.['counts'] ?? {}) as Record<string, number>
  const problems = await auditMoney({ dataDir, server, outDirs: [outDir] })
  const ended =
    line?.event === 'settled' ? [] : [`the last run ended with ${JSON.stringify(line ?? null)}`]
  return {
    accepted: (await server.bill()).filter(({ accepted }) => accepted).length,
    takes: succeeded,
    needsYou,
    waiting: waiting + queued,
    problems: [...ended, ...problems],
  }
}
