import type { Problem } from '../domain/errors.ts'
import type { GenerationRequest, RouteRequest } from '../domain/generation.ts'
import type { Warning } from '../domain/model.ts'
import type { Result } from '../domain/result.ts'
import type { Model, Route } from '../domain/route.ts'

/** A problem before anyone knows its row. `column` is the batch file's column name. */
export type RequestProblem = Omit<Problem, 'row'>

/** A canonical request after one route's ways were applied. */
export interface Normalised {
  readonly request: RouteRequest
  /** Every difference between what was asked and what will be sent or made. */
  readonly warnings: readonly Warning[]
  /** `n` as jobs: how many times this request is to be submitted. */
  readonly copies: number
  /** What was asked, as it will be: normalising it again changes nothing. */
  readonly applied: GenerationRequest
}

/** See `normalise` in normalise.ts. */
export interface NormaliseInput {
  readonly request: GenerationRequest
  /** For its name in sentences. */
  readonly model: Pick<Model, 'name'>
  readonly route: Route
  /** Sent where the route takes a seed and the request names none; no warning. */
  readonly seedIfNone?: number | undefined
}
export type NormaliseResult = Result<Normalised, readonly RequestProblem[]>
