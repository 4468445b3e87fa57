import type { ProviderId } from '../../shared/domain/ids.ts'
import type { QueueContext } from './context.ts'
import { CHARGED_MORE } from './laneHolds.ts'
import { MAX_UNSETTLED, type LaneState } from './lanes.ts'
import type { JobTx } from './ports.ts'

/** A shorter wait that ends by itself is no reason to go elsewhere. Unscaled ms. */
const LONG_HOLD_MS = 10 * 60_000
/** Tries in a row that found nobody: one lost connection is no outage. */
const UNREACHED_TRIES = 2

/**
 * Why none of a provider's keys can be used for long, as the end of a sentence; null while one can, and
 * while the person paused it or money is in doubt there: the rest of the queue waits then (money rule 3).
 */
export function laneDown(
  ctx: QueueContext,
  tx: JobTx,
  { provider, now }: { readonly provider: ProviderId; readonly now: number },
): string | null {
  const name = ctx.providers.get(provider)?.name ?? provider
  let why: string | null = `there is no key for ${name}`
  for (const credential of ctx.credentials.of(provider)) {
    const state = tx.lane(provider, credential)
    const { unsettled, settlingAt } = tx.laneUse(provider, credential)
    const isInDoubt = settlingAt !== null || unsettled >= MAX_UNSETTLED
    why = state.paused || isInDoubt ? null : whyDown(state, { name, now, scaled: ctx.scaled })
    if (why === null) return null
  }
  return why
}

interface At {
  readonly name: string
  readonly now: number
  readonly scaled: (ms: number) => number
}

function whyDown(
  { needsPerson, heldReason, heldUntil, unreachable }: LaneState,
  { name, now, scaled }: At,
): string | null {
  if (needsPerson)
    return heldReason === null || heldReason.code === CHARGED_MORE
      ? null
      : (HELD[heldReason.kind]?.(name) ?? `${name} is held`)
  if (unreachable !== null)
    return unreachable.tries >= UNREACHED_TRIES ? `${name} cannot be reached` : null
  const rests = (heldUntil ?? 0) - now
  return rests > scaled(LONG_HOLD_MS) ? `${name} lets nothing in for a while` : null
}

const HELD: Readonly<Partial<Record<string, (name: string) => string>>> = {
  auth: (name) => `${name} refuses the key`,
  quota: (name) => `${name} has no credit left`,
}
