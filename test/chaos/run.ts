import { parseArgs } from 'node:util'
import { HOSTED, type HostedId } from '../helpers/providerBench.ts'
import { playKills } from './kills.ts'
import type { LabResult } from './lab.ts'
import { playTrouble } from './playTrouble.ts'
import { randomFrom } from './random.ts'
import { playSoak } from './soak.ts'
import { TROUBLES } from './troubles.ts'

/**
 * `node test/chaos/run.ts [--kills 200] [--jobs 40] [--soak 500] [--seed 1] [--provider fal] [--only disk]`:
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
  const found = rows.reduce((sum, { problems }) => sum + problems.length, 0)
  console.log(`\n${found === 0 ? 'No problem found' : `${found} problems`} (seed ${seed})`)
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
      soak: { type: 'string', default: '500' },
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

async function killRows(options: Options): Promise<Row[]> {
  if (options.kills === 0 || !isWanted(options, 'kills')) return []
  const random = randomFrom(options.seed)
  const sums = options.providers.map((provider) => ({
    provider,
    kills: 0,
    batches: 0,
    results: [] as LabResult[],
  }))
  let left = options.kills
  while (left > 0) {
    for (const sum of sums) {
      const kills = Math.min(left, KILLS_PER_BATCH)
      if (kills <= 0) break
      const { provider } = sum
      const result = await playKills({ provider, kills, jobs: options.jobs, random })
      sum.kills += result.kills
      sum.batches += 1
      sum.results.push(result)
      // A batch that came to its end before a kill reached it was not killed.
      left -= Math.max(1, result.kills)
    }
  }
  return sums.map(({ provider, kills, batches, results }) =>
    rowOf(`${kills} kills, ${batches} batches`, provider, results),
  )
}

function rowOf(what: string, provider: string, results: readonly LabResult[]): Row {
  const total = (name: 'accepted' | 'takes' | 'needsYou'): number =>
    results.reduce((sum, result) => sum + result[name], 0)
  return {
    what,
    provider,
    accepted: total('accepted'),
    takes: total('takes'),
    needsYou: total('needsYou'),
    problems: results.flatMap(({ problems }) => problems),
  }
}

async function troubleRows(options: Options): Promise<Row[]> {
  const rows: Row[] = []
  for (const trouble of TROUBLES.filter(({ name }) => isWanted(options, name))) {
    const results: LabResult[] = []
    for (const provider of options.providers) {
      const result = await playTrouble(trouble, { provider, jobs: FEW_JOBS })
      if (result !== null)
        results.push({
          ...result,
          problems: result.problems.map((text) => `${text} (${provider})`),
        })
    }
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
