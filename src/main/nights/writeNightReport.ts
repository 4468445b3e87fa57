import { mkdtemp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Asks } from '../../shared/domain/asks.ts'
import type { NightPlan } from '../../shared/domain/nightPlan.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { nightRange } from '../../shared/schedule/nightRange.ts'
import { planWords } from '../../shared/schedule/planWords.ts'
import type { SqlDatabase } from '../storage/sqlite.ts'
import { readNightFacts } from './nightFacts.ts'
import type { NightReport } from './nightReport.ts'
import { nightReportPage, type Stills } from './nightReportPage.ts'

export interface ReportTools {
  readonly db: Pick<SqlDatabase, 'all' | 'get'>
  /** A small JPEG copy of a poster; false when none could be made. */
  readonly makeThumb: (picturePath: string, outPath: string) => Promise<boolean>
  readonly nightPlan: () => NightPlan
  readonly now: () => number
  /** Of a provider, for people. */
  readonly nameOf: (provider: string) => string
  readonly asks: () => Pick<Asks, 'holds' | 'stops'>
}

export interface ReportWish {
  /** ISO day on whose evening the night began. */
  readonly night: string
  readonly timeZone: string
  /** Folder of takes; made when it is not there. */
  readonly folder: string
}

export interface WrittenReport {
  readonly report: NightReport
  readonly htmlPath: string
  readonly jsonPath: string
}

/** Writes the report of a night as page and JSON; one that is there already is replaced. */
export async function writeNightReport(
  tools: ReportTools,
  { night, timeZone, folder }: ReportWish,
): Promise<Result<WrittenReport, string>> {
  const name = join(folder, `night-${night}`)
  const [htmlPath, jsonPath] = [`${name}.html`, `${name}.json`]
  try {
    const range = nightRange(night, timeZone)
    const report: NightReport = {
      version: 1,
      night,
      ...range,
      timeZone,
      writtenAt: tools.now(),
      window: planWords(tools.nightPlan()),
      ...readNightFacts(tools.db, { night, range, nameOf: tools.nameOf }),
      held: heldLines(tools.asks()),
    }
    await mkdir(folder, { recursive: true })
    const stills = await stillsOf(tools, report)
    await replace(jsonPath, `${JSON.stringify(report, null, 2)}\n`)
    await replace(htmlPath, nightReportPage(report, stills))
    return ok({ report, htmlPath, jsonPath })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return err(`The night report could not be written to ${folder}: ${why}.`)
  }
}

const heldLines = ({ holds, stops }: ReturnType<ReportTools['asks']>): NightReport['held'] => [
  ...holds.map(({ words, jobs }) => ({ words, batch: null, jobs })),
  ...stops.flatMap(({ words, batches }) =>
    batches.map(({ name, jobs, rendering = 0 }) => ({
      words,
      batch: name,
      jobs: jobs + rendering,
    })),
  ),
]

/** Whole or not at all. */
async function replace(path: string, text: string): Promise<void> {
  const part = `${path}.part`
  await writeFile(part, text)
  await rename(part, path)
}

async function stillsOf({ makeThumb }: ReportTools, { takes }: NightReport): Promise<Stills> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-report-'))
  const stills = new Map<string, string>()
  try {
    for (const [index, { posterPath }] of takes.entries()) {
      if (posterPath === null) continue
      const thumb = join(folder, `${index}.jpg`)
      if (!(await makeThumb(posterPath, thumb))) continue
      const bytes = await readFile(thumb)
      stills.set(posterPath, `data:image/jpeg;base64,${bytes.toString('base64')}`)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return stills
}
