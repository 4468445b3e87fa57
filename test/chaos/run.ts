import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import pLimit from 'p-limit'
import { HOSTED, type HostedId } from '../helpers/providerBench.ts'
import { playKills } from './kills.ts'
import type { LabResult } from './lab.ts'
import { playTrouble } from './playTrouble.ts'
import { randomFrom } from './random.ts'
import { playSoak } from './soak.ts'
import { TROUBLES } from './troubles.ts'

/**
 * `node test/chaos/run.ts [--kills 200] [--jobs 40] [--soak 5000] [--seed 1] [--provider fal] [--only disk]`:
 * SIGKILL at random moments, then everything else that goes wrong around an engine, then a long run. After
 * each, bill, ledger and disk are compared. The seed is printed; it fixes every moment that we choose.
 */
interface Options {
  readonly kills: number
  readonly jobs: number
  readonly soak: number
  readonly seed: number
  readonly only: string
  readonly providers: readonly HostedId[]
}

/** Kills of one batch before it is let through to its end. */
const KILLS_PER_BATCH = 10
/** Jobs around each of the other troubles. */
const FEW_JOBS = 16

interface Row {
  readonly what: string
  readonly provider: string
  readonly accepted: number
  readonly takes: number
  readonly needsYou: number
  readonly waiting: number
  readonly problems: readonly string[]
}

async function main(): Promise<void> {
  const options = optionsOf()
  const { seed, kills, jobs, soak } = options
  console.log(`seed ${seed}, ${kills} kills over batches of ${jobs} jobs, soak of ${soak} jobs\n`)
  const rows = [
    ...(await killRows(options)),
    ...(await troubleRows(options)),
    ...(await soakRows(options)),
  ]
  console.table(rows.map(tableRow))
  for (const { what, provider, problems } of rows)
    for (const problem of problems) console.log(`${what}, ${provider}: ${problem}`)
  const minutes = (performance.now() / 60_000).toFixed(1)
  const found = rows.reduce((sum, { problems }) => sum + problems.length, 0)
  console.log(
    `\n${found === 0 ? 'No problem found' : `${found} problems`} in ${minutes} minutes (seed ${seed})`,
  )
  if (found > 0) process.exitCode = 1
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
      soak: { type: 'string', default: '5000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      only: { type: 'string', default: '' },
      provider: { type: 'string' },
    },
  })
  const providers = HOSTED.filter((id) => values.provider === undefined || id === values.provider)
  const { only } = values
  return {
    kills: Number(values.kills),
    jobs: Number(values.jobs),
    soak: Number(values.soak),
    seed: Number(values.seed),
    only,
    providers,
  }
}

const isWanted = ({ only }: Options, what: string): boolean => what.includes(only)

/** Providers side by side, as many as there are cores: most of the time is waited for. */
const besideOthers = pLimit(availableParallelism())

function killRows(options: Options): Promise<Row[]> {
  const { kills, providers } = options
  if (kills === 0 || !isWanted(options, 'kills')) return Promise.resolve([])
  return Promise.all(
    providers.map((provider, index) => {
      const share = Math.ceil((kills - index) / providers.length)
      // Its own moments, whatever runs beside it.
      const random = randomFrom(options.seed + index)
      return besideOthers(() => killRow(provider, { kills: share, jobs: options.jobs, random }))
    }),
  )
}

async function killRow(
  provider: HostedId,
  { kills, jobs, random }: Omit<Parameters<typeof playKills>[0], 'provider'>,
): Promise<Row> {
  const results: (LabResult & { readonly kills: number })[] = []
  let left = kills
  while (left > 0) {
    const share = Math.min(left, KILLS_PER_BATCH)
    const result = await playKills({ provider, kills: share, jobs, random })
    results.push(result)
    // A batch that came to its end before a kill reached it was not killed.
    left -= Math.max(1, result.kills)
  }
  const killed = results.reduce((sum, result) => sum + result.kills, 0)
  return rowOf(`${killed} kills, ${results.length} batches`, provider, results)
}

function rowOf(what: string, provider: string, results: readonly LabResult[]): Row {
  const total = (name: 'accepted' | 'takes' | 'needsYou' | 'waiting'): number =>
    results.reduce((sum, result) => sum + result[name], 0)
  return {
    what,
    provider,
    accepted: total('accepted'),
    takes: total('takes'),
    needsYou: total('needsYou'),
    waiting: total('waiting'),
    problems: results.flatMap(({ problems }) => problems),
  }
}

async function troubleRows(options: Options): Promise<Row[]> {
  const rows: Row[] = []
  for (const trouble of TROUBLES.filter(({ name }) => isWanted(options, name))) {
    const played = await Promise.all(
      options.providers.map((provider) =>
        besideOthers(async () => {
          const result = await playTrouble(trouble, { provider, jobs: FEW_JOBS })
          return result === null ? [] : [namedAfter(provider, result)]
        }),
      ),
    )
    const results = played.flat()
    const where =
      results.length === 0
        ? 'not permitted here'
        : results.length === 1
          ? (options.providers[0] ?? '')
          : `${results.length} providers`
    rows.push(rowOf(trouble.name, where, results))
  }
  return rows
}

const namedAfter = (provider: HostedId, result: LabResult): LabResult => ({
  ...result,
  problems: result.problems.map((text) => `${text} (${provider})`),
})

async function soakRows(options: Options): Promise<Row[]> {
  const [provider] = options.providers
  if (options.soak === 0 || provider === undefined || !isWanted(options, 'soak')) return []
  const soak = await playSoak({ provider, jobs: options.soak }, randomFrom(options.seed))
  const { heapMegabytes, handles, seconds } = soak
  console.log(
    `soak: ${soak.jobs} jobs in ${seconds} s; heap by quarters ${heapMegabytes.join(', ')} MB; handles ${handles.join(', ')}`,
  )
  return [rowOf(`soak of ${soak.jobs}`, provider, [soak])]
}

await main()
