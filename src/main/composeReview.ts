import { join } from 'node:path'
import type { JobId } from '../shared/domain/ids.ts'
import type { Tools } from './composeTools.ts'
import type { AppComposeOptions } from './composeApp.ts'
import type { Queries } from './engine.ts'
import type { AppEngine, AppReads } from './ipc/appEngine.ts'
import { seedField } from './library/drafts/askedAgain.ts'
import { draftFromTakes } from './library/drafts/draftFromTakes.ts'
import { readClipSource } from './media/trim/clipSource.ts'
import { createExportService } from './review/export/exportService.ts'
import type { ExportSources } from './review/export/planExports.ts'
import { createHandoff } from './review/handoff/handoff.ts'
import { systemClock } from './systemClock.ts'
import { NEVER } from './composeOptions.ts'

export interface ReviewParts {
  readonly options: AppComposeOptions
  readonly tools: Tools
  readonly reads: Pick<AppReads, 'queries' | 'drafts' | 'frames'>
  readonly newId: () => string
}

/** What is made of takes: exports, hand-off, further takes, drafts. */
export function composeReview({
  options,
  tools: { ffmpeg, catalogue },
  reads: { queries, drafts, frames },
  newId,
}: ReviewParts): Pick<AppEngine, 'exports' | 'handoff' | 'seedFieldOf' | 'draftFromTakes'> {
  const sources = exportSources(queries)
  const job = (id: JobId) => queries.job(id)
  return {
    exports: createExportService({
      sources,
      runner: ffmpeg,
      folder: options.exportDir,
      now: () => systemClock.now(),
      newId,
    }),
    handoff: createHandoff(sources, {
      runner: ffmpeg,
      fontsDir: join(options.resources, 'fonts'),
      signal: NEVER,
    }),
    seedFieldOf: (id) => {
      const detail = job(id)
      return detail === null ? null : seedField(catalogue, detail)
    },
    draftFromTakes: (wish) => draftFromTakes({ drafts, frames, catalogue, job, newId }, wish),
  }
}

const exportSources = (queries: Queries): ExportSources => ({
  take: (id) => queries.take(id),
  batchName: ({ batchId }) => queries.batch(batchId)?.name ?? '',
  source: (take) => readClipSource(take.path),
})
