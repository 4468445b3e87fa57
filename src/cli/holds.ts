import { counted } from './terminal/words.ts'
import { goesOn } from './waiting.ts'
import type { HoldView, MoveView } from '../shared/domain/views.ts'
import type { Output } from './terminal/output.ts'
import type { Queries } from '../main/engine.ts'

const nameOf = ({ route, provider }: HoldView): string => route ?? provider

/** What holds jobs back, and how the person releases it; `isEnd`: nothing works on them from here on. */
export function tellHold(output: Output, hold: HoldView, isEnd = false): void {
  const { kind, provider, route, reason, words, until, needsPerson, jobs } = hold
  output.event({ event: 'hold', kind, provider, route, reason, until, needsPerson, jobs })
  const when = needsPerson ? '' : goesOn(until, isEnd)
  output.line(`${output.paint('yellow', 'Held:')} ${words}${when}`)
  if (needsPerson) output.line(`  dailies resume --release ${nameOf(hold)}`)
}

/** Jobs that went another way, and why the newest one did. */
export function tellMove(output: Output, { from, to, words, at, jobs }: MoveView): void {
  output.event({ event: 'moved', from, to, words, at, jobs })
  output.line(`${output.paint('yellow', 'Moved:')} ${counted(jobs, 'job')}, the newest ${words}`)
}

/** Tells each hold once, while it lasts; a second call looks again. */
export function holdTeller(output: Output, queries: Queries): () => void {
  let told = new Set<string>()
  return () => {
    const holds = queries.holds()
    const keyOf = (hold: HoldView): string => `${hold.kind} ${nameOf(hold)} ${hold.reason.code}`
    for (const hold of holds) if (!told.has(keyOf(hold))) tellHold(output, hold)
    told = new Set(holds.map(keyOf))
  }
}
