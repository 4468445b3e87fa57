import type { DraftRow } from '../../../shared/domain/draft.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { RouteMode } from '../../../shared/domain/route.ts'
import type { JobView } from '../../../shared/domain/job.ts'
import type { RouteRequest } from '../../../shared/domain/generation.ts'
import type { FitWish, FrameFit } from '../../../shared/domain/frameFit.ts'
import { fitWishText } from '../../../shared/normalise/fitWish.ts'
import { FRAME_FIT } from '../../../shared/normalise/options.ts'
import { ratioOf } from '../../../shared/normalise/sizes.ts'
import { decodeFields, fieldNamed, type Settled } from '../../../shared/normalise/wire.ts'
import { optionText } from '../batchFile/json.ts'
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
  const fit = reshaping(request)
  const shape = fit === undefined || !isShapedByFrame(mode) ? {} : { aspectRatio: ratioOf(fit) }
  const settled = { ...decodeFields(mode.fields, fields), ...shape }
  return cellsOf(settled, { ...optionsIn(mode, fields), ...fitOption(fit) })
}

/** The wire says nothing of a shape that reaches the clip through its first frame. */
const isShapedByFrame = ({ fields, capabilities }: RouteMode): boolean =>
  capabilities.shapeFromFrame === true &&
  fields.aspectRatio === undefined &&
  fields.size === undefined

type Reshaping = Omit<FrameFit, 'how'> & FitWish

/** How its frames were brought into the clip's shape; all of a row in the same way. */
const reshaping = ({ frames }: RouteRequest): Reshaping | undefined =>
  frames
    .flatMap((frame) => (frame.kind === 'file' ? (frame.fit ?? frame.original?.fit ?? []) : []))
    .flatMap(({ how, ...fit }) => (how === 'reencode' ? [] : [{ ...fit, how }]))[0]

/** A cut around the middle is what is done unasked. */
const fitOption = (fit: Reshaping | undefined): Readonly<Record<string, string>> =>
  fit === undefined || (fit.how === 'crop' && fit.focus === undefined)
    ? {}
    : { [FRAME_FIT]: fitWishText(fit) }

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
    return [[name, optionText(value)]]
  })
  return Object.fromEntries(own)
}
