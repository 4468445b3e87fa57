import { counted, whenText } from './terminal/words.ts'
import type { Output } from './terminal/output.ts'
import type { Queries } from '../main/engine.ts'
import type { Scope } from './reading.ts'

/** Why jobs wait, the commonest reason first. */
export function tellWaiting(output: Output, queries: Queries, scope: Partial<Scope>): void {
  const now = Date.now()
  for (const { reason, jobs, until } of queries.waits(scope)) {
    output.event({ event: 'waits', reason, until, jobs })
    output.line(
      `${counted(jobs, 'job waits', 'jobs wait')}: ${reason}${goesOn(reason, until, now)}`,
    )
  }
}

/** A window says itself when it opens. */
const goesOn = (reason: string, until: number | null, now: number): string =>
  until === null || /\d\d:\d\d$/.test(reason) ? '' : `; goes on at ${whenText(until, now)}`
