import { mkdtempSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { spawnEngine, type EngineChild } from '../helpers/engineChild.ts'
import type { EngineOrders } from '../helpers/engineProcess.ts'
import { auditMoney } from '../helpers/moneyAudit.ts'
import { keyIn, planFor } from '../helpers/moneyPlan.ts'
import { HOSTED, type HostedId } from '../helpers/providerBench.ts'
import { startDouble } from '../servers/start.ts'
import type { ServerControl } from '../servers/types.ts'

/**
 * `node test/chaos/run.ts [--kills 200] [--jobs 40] [--seed 1] [--provider fal]`: SIGKILL at random
 * moments over batches of jobs, then a look at the money. The seed is printed; it fixes every moment.
 */
interface Options {
  readonly kills: number
  readonly jobs: number
  readonly seed: number
  readonly providers: readonly HostedId[]
}

interface Row {
  readonly provider: HostedId
  batches: number
  kills: number
  accepted: number
  takes: number
  needsYou: number
  readonly problems: string[]
}

/** Kills of one batch before it is let through to its end. */
const KILLS_PER_BATCH = 10
/** From the start of a process to its death, in ms: some die before they work, most in the thick of it. */
const LIFE_MS = { least: 150, most: 2_200 }

async function main(): Promise<void> {
  const options = optionsOf()
  console.log(`seed ${options.seed}, ${options.kills} kills, batches of ${options.jobs} jobs\n`)
  const random = randomFrom(options.seed)
  const rows = options.providers.map((provider): Row => ({
    provider,
    batches: 0,
    kills: 0,
    accepted: 0,
    takes: 0,
    needsYou: 0,
    problems: [],
  }))
  let left = options.kills
  while (left > 0) {
    for (const row of rows) {
      const kills = Math.min(left, KILLS_PER_BATCH)
      if (kills > 0) await playBatch(row, { kills, jobs: options.jobs, random })
      left -= kills
    }
  }
  console.table(rows.map(tableRow))
  for (const { provider, problems } of rows)
    for (const problem of problems) console.log(`${provider}: ${problem}`)
  if (rows.some(({ problems }) => problems.length > 0)) process.exitCode = 1
}

/** Zeros are due in the last four columns. */
function tableRow({ problems, ...row }: Row): object {
  const of = (kind: string): number => problems.filter((text) => text.startsWith(kind)).length
  const [paidTwice, lost, corrupt] = [of('twice'), of('lost'), of('file')]
  return {
    ...row,
    paidTwice,
    lost,
    corrupt,
    otherwise: problems.length - paidTwice - lost - corrupt,
  }
}

function optionsOf(): Options {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '200' },
      jobs: { type: 'string', default: '40' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      provider: { type: 'string' },
    },
  })
  const providers = HOSTED.filter((id) => values.provider === undefined || id === values.provider)
  return {
    kills: Number(values.kills),
    jobs: Number(values.jobs),
    seed: Number(values.seed),
    providers,
  }
}

/** Park and Miller's generator: enough for moments, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1
  return () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
}

interface Game {
  readonly kills: number
  readonly jobs: number
  readonly random: () => number
}

async function playBatch(row: Row, { kills, jobs, random }: Game): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-chaos-'))
  const server = await startDouble(row.provider, {
    settings: {
      renders: { mode: 'clock', minMs: 50, maxMs: 900 },
      fileBytes: 400_000,
      linkLifeMs: 600,
    },
  })
  try {
    const { dataDir, start } = engineIn(folder, { server, provider: row.provider, jobs })
    for (let kill = 0; kill < kills; kill += 1) {
      const engine = start()
      const life = LIFE_MS.least + random() * (LIFE_MS.most - LIFE_MS.least)
      const timer = setTimeout(() => void engine.child.kill('SIGKILL'), life)
      const { signal } = await engine.ended
      clearTimeout(timer)
      row.kills += signal === null ? 0 : 1
    }
    const { lines } = await start().ended
    const last = lines.at(-1)
    if (last?.event !== 'settled')
      row.problems.push(`the last run ended with ${JSON.stringify(last)}`)
    row.problems.push(...(await auditMoney({ dataDir, server })))
    await count(row, { server, counts: last?.['counts'] })
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function engineIn(
  folder: string,
  { server, provider, jobs }: { server: ServerControl; provider: HostedId; jobs: number },
): { readonly dataDir: string; readonly start: () => EngineChild } {
  const resources = join(folder, 'resources')
  mkdirSync(join(resources, 'models'), { recursive: true })
  const dataDir = join(folder, 'data')
  const orders: EngineOrders = {
    dataDir,
    resources,
    plan: planFor(provider, { jobs }),
    timeScale: 50,
    pollMs: 20,
  }
  const env = {
    ...server.env,
    ...keyIn(provider),
    FFMPEG_PATH: join(folder, 'no-ffmpeg'),
    PATH: process.env['PATH'] ?? '',
  }
  return { dataDir, start: () => spawnEngine(orders, env) }
}

async function count(
  row: Row,
  { server, counts }: { server: ServerControl; counts: unknown },
): Promise<void> {
  const { succeeded = 0, needsYou = 0 } = (counts ?? {}) as Record<string, number>
  row.batches += 1
  row.accepted += (await server.bill()).filter(({ accepted }) => accepted).length
  row.takes += succeeded
  row.needsYou += needsYou
}

await main()
