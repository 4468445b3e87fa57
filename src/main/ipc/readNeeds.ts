import { NEEDS_SHOWN, type Needs } from '../../shared/domain/job.ts'
import type { Queries } from '../engine.ts'

/** What the page shows of the jobs that need a person. Cheap: asked for several times a second. */
export const readNeeds = (queries: Queries): Needs => {
  const count = queries.counts().needsYou
  return { count, rows: count === 0 ? [] : queries.needsYou(NEEDS_SHOWN) }
}
