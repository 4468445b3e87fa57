import type { NightPlan } from '../shared/domain/nightPlan.ts'
import type { Result } from '../shared/domain/result.ts'
import type { Queries } from './engine.ts'
import type { Tools } from './composeTools.ts'
import { periodsAt } from './jobs/periods.ts'
import { makeThumb } from './media/frameStills.ts'
import { writeNightReport, type WrittenReport } from './nights/writeNightReport.ts'
import { storedZone } from './storage/jobStore/charges.ts'
import type { SqlDatabase } from './storage/sqlite.ts'
import { NEVER } from './composeOptions.ts'

export interface ReportParts {
  readonly db: Pick<SqlDatabase, 'all' | 'get'>
  readonly queries: Pick<Queries, 'asks'>
  readonly tools: Pick<Tools, 'ffmpeg' | 'providers'>
  readonly nightPlan: () => NightPlan
  /** Folder of takes. */
  readonly folder: string
  /** ISO day on whose evening the night began; null: the one that is now, or ended last. */
  readonly night: string | null
}

/** Writes the report of a night, counted in the zone of the caps. */
export function reportNight(parts: ReportParts): Promise<Result<WrittenReport, string>> {
  const { db, queries, tools, nightPlan, folder } = parts
  const timeZone = storedZone(db)
  const night = parts.night ?? periodsAt(Date.now(), timeZone).night
  const report = {
    db,
    nightPlan,
    nameOf: (id: string) => tools.providers.get(id)?.name ?? id,
    asks: () => queries.asks(),
    now: () => Date.now(),
    makeThumb: async (picturePath: string, outPath: string) =>
      (await makeThumb(tools.ffmpeg, { picturePath, outPath }, NEVER)).ok,
  }
  return writeNightReport(report, { night, timeZone, folder })
}
