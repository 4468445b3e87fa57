import type { ProviderId } from '../../shared/domain/ids.ts'
import type { QueueContext } from './context.ts'
import { periodsAt, type Periods } from './periods.ts'
import type { JobTx } from './ports.ts'

/**
 * The night and month that a claim counts towards (money rule 19): by a clock that never goes back and
 * that is not ahead of the provider's. Null: they would be new ones, caps stand, and no server has
 * shown its clock yet; it is asked, so that a wrong clock here opens no new month.
 */
export function claimPeriods(
  ctx: Pick<QueueContext, 'serverTime'>,
  tx: JobTx,
  { provider, now }: { readonly provider: ProviderId; readonly now: number },
): Periods | null {
  const zone = tx.timeZone()
  const ahead = ctx.serverTime.aheadMs(provider)
  const last = tx.storedClock()
  if (ahead === null && last !== null && tx.hasPeriodCaps()) {
    const [before, after] = [periodsAt(last, zone), periodsAt(Math.max(last, now), zone)]
    if (before.night !== after.night || before.month !== after.month) {
      ctx.serverTime.ask(provider)
      return null
    }
  }
  return periodsAt(tx.advanceClock(now - (ahead ?? 0)), zone)
}
