import type { BatchId, JobId, TakeId } from '../../shared/domain/ids.ts'
import { z } from 'zod'
import { TAKE_FLAGS, type MediaFacts, type TakeView } from '../../shared/domain/take.ts'
import { json, num, numOrNull, text, textOrNull } from './jobStore/readers.ts'
import type { SqlRow } from './sqlite.ts'

export const TAKE_COLUMNS =
  'seq, id, jobId, batchId, outputNo, row, take, prompt, provider, model, modelName, seed, path, posterPath, filmstripPath, sidecarPath, bytes, sha256, facts, costMicros, costCurrency, costEstimated, rating, flag, seenAt, trashedAt, tags, note, renderMs, createdAt, revision'

const factsSchema: z.ZodType<MediaFacts> = z.object({
  durationSeconds: z.number(),
  width: z.number(),
  height: z.number(),
  fps: z.number(),
  hasAudio: z.boolean(),
  videoCodec: z.string(),
  audioCodec: z.string().nullable(),
})
const flagSchema = z.enum(TAKE_FLAGS)
const tagsSchema = z.array(z.string())

/** A row of `takes` as screens and events show it. @throws when a column holds what we never wrote */
export function readTakeView(row: SqlRow): TakeView {
  const costMicros = numOrNull(row['costMicros'])
  return {
    ...json(row['facts'], factsSchema),
    id: text(row['id']) as TakeId,
    jobId: text(row['jobId']) as JobId,
    batchId: text(row['batchId']) as BatchId,
    row: num(row['row']),
    take: num(row['take']),
    prompt: text(row['prompt']),
    provider: text(row['provider']),
    model: text(row['model']),
    modelName: text(row['modelName']),
    seed: numOrNull(row['seed']),
    path: text(row['path']),
    posterPath: textOrNull(row['posterPath']),
    filmstripPath: textOrNull(row['filmstripPath']),
    sidecarPath: textOrNull(row['sidecarPath']),
    bytes: num(row['bytes']),
    sha256: text(row['sha256']),
    cost:
      costMicros === null
        ? null
        : {
            micros: costMicros,
            currency: text(row['costCurrency']),
            estimated: row['costEstimated'] === 1,
          },
    rating: num(row['rating']),
    flag: flagSchema.parse(row['flag']),
    seenAt: numOrNull(row['seenAt']),
    trashedAt: numOrNull(row['trashedAt']),
    tags: json(row['tags'], tagsSchema) ?? [],
    note: text(row['note']),
    createdAt: num(row['createdAt']),
    renderMs: numOrNull(row['renderMs']),
    revision: num(row['revision']),
  }
}
