import { counted, whenText } from './terminal/words.ts'
import type { Output } from './terminal/output.ts'
import type { Queries } from '../main/engine.ts'
import type { Scope } from './reading.ts'

/** Why jobs wait, the commonest reason first; `isEnd`: nothing works on them from here on. */
export function tellWaiting(
  output: Output,
  queries: Queries,
  { isEnd = false, ...scope }: Partial<Scope> & { readonly isEnd?: boolean },
): void {
  const now = Date.now()
  for (const { reason, jobs, until } of queries.waits(scope)) {
    output.event({ event: 'waits', reason, until, jobs })
    output.line(
      `${counted(jobs, 'job waits', 'jobs wait')}: ${reason}${goesOn(reason, { until, now, isEnd })}`,
    )
  }
}

/** A window says itself when it opens. */
function goesOn(
  reason: string,
  { until, now, isEnd }: { until: number | null; now: number; isEnd: boolean },
): string {
  if (until === null || /\d\d:\d\d$/.test(reason)) return ''
  const when = whenText(until, now)
  return isEnd ? `; \`dailies resume\` goes on with it from ${when} on` : `; goes on at ${when}`
}
