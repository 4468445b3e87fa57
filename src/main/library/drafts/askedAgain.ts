import type { DraftRow } from '../../../shared/domain/draft.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { RouteMode } from '../../../shared/domain/route.ts'
import type { JobView } from '../../../shared/domain/job.ts'
import type { RouteRequest } from '../../../shared/domain/generation.ts'
import { decodeFields, fieldNamed, type Settled } from '../../../shared/normalise/wire.ts'
import type { Catalogue } from '../catalogue.ts'
import { REHEARSAL } from '../../../shared/normalise/rehearsal.ts'

/** A job with what was sent for it. */
export interface SentJob {
  readonly job: Pick<JobView, 'route' | 'mode' | 'provider'>
  readonly request: RouteRequest
}

/** The cells of a draft row that a person would have typed to get this request. */
export type AskedCells = Pick<
  DraftRow,
  'negativePrompt' | 'duration' | 'size' | 'aspectRatio' | 'resolution' | 'seed' | 'options'
>

/** Reads what was sent for a job back into the words of a batch. */
export function askedCells(catalogue: Catalogue, { job, request }: SentJob): AskedCells {
  const { expect, fields } = request
  const mode = catalogue.route(job.route)?.modes[job.mode]
  if (job.provider === REHEARSAL || mode === undefined) {
    const size = `${expect.width}x${expect.height}`
    return cellsOf({ durationSeconds: expect.durationSeconds, size, seed: expect.seed }, {})
  }
  return cellsOf(decodeFields(mode.fields, fields), optionsIn(mode, fields))
}

/** The wire's name of the seed of a job; null where its route takes none. */
export function seedField(catalogue: Catalogue, { job }: SentJob): string | null {
  if (job.provider === REHEARSAL) return 'seed'
  return catalogue.route(job.route)?.modes[job.mode]?.fields.seed?.name ?? null
}

function cellsOf(settled: Settled, options: Readonly<Record<string, string>>): AskedCells {
  const { negativePrompt, durationSeconds, size, aspectRatio, resolution, seed } = settled
  return {
    negativePrompt: negativePrompt ?? '',
    duration: durationSeconds === undefined ? '' : String(durationSeconds),
    size: size ?? '',
    aspectRatio: aspectRatio ?? '',
    resolution: resolution ?? '',
    seed: seed === undefined ? '' : String(seed),
    options,
  }
}

/** Sent under the provider's own names: neither a field of every model nor a constant of the route. */
function optionsIn(mode: RouteMode, fields: JsonObject): Readonly<Record<string, string>> {
  const own = Object.entries(fields).flatMap(([name, value]): [string, string][] => {
    if (fieldNamed(mode.fields, name) !== undefined || mode.constants[name] !== undefined) return []
    if (typeof value === 'object') return []
    return [[name, String(value)]]
  })
  return Object.fromEntries(own)
}
