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
  for (const { reason, jobs, until } of queries.waits(scope)) {
    output.event({ event: 'waits', reason, until, jobs })
    // A window says itself when it opens.
    const when = /\d\d:\d\d$/.test(reason) ? '' : goesOn(until, isEnd)
    output.line(`${counted(jobs, 'job waits', 'jobs wait')}: ${reason}${when}`)
  }
}

/** When something goes on that waits for the clock, and by whom where nothing works on it. */
export function goesOn(until: number | null, isEnd: boolean): string {
  const now = Date.now()
  if (until === null || until <= now) return ''
  const when = whenText(until, now)
  return isEnd ? `; \`dailies resume\` goes on with it from ${when} on` : `; goes on at ${when}`
}
