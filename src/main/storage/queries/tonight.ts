import type { Money } from '../../../shared/domain/money.ts'
import type { TonightView } from '../../../shared/domain/views.ts'
import { periodsAt } from '../../jobs/periods.ts'
import { num, text, textOrNull } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'
import type { LaneSource } from './lanesAndSpend.ts'
import { scopeTotal, statusCounts } from './totals.ts'

export interface TonightSources {
  readonly now: number
  readonly window: TonightView['window']
  readonly halted: TonightView['halted']
  readonly rest: TonightView['rest']
  readonly lanes: readonly LaneSource[]
}

/** The strip at the top: everything's counts, the running night's money. */
export function tonightView(db: SqlDatabase, sources: TonightSources): TonightView {
  const counts = statusCounts(db, undefined)
  const capRow = db.get("SELECT micros, currency, timeZone FROM caps WHERE scope = 'night'")
  const cap: Money | null =
    capRow === undefined
      ? null
      : { micros: num(capRow['micros']), currency: text(capRow['currency']), estimated: false }
  const zone = textOrNull(capRow?.['timeZone']) ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const { night } = periodsAt(sources.now, zone)
  const remaining = counts.running === 0 ? 0 : counts.running + counts.queued + counts.waiting
  const merge = textOrNull(db.get("SELECT value FROM meta WHERE key = 'mergePending'")?.['value'])
  return {
    counts,
    ...scopeTotal(db, { scope: 'night', id: night, currency: cap?.currency ?? null }),
    cap,
    window: sources.window,
    rest: sources.rest,
    expectedFinishAt: remaining === 0 ? null : expectedFinish(db, remaining, sources),
    paused: db.get("SELECT 1 AS yes FROM meta WHERE key = 'paused'") !== undefined,
    halted: sources.halted ?? (merge === null ? null : { code: 'mergePending', message: merge }),
  }
}

/** What is left, at the pace of the lanes' slots and the middle of the renders measured so far. */
function expectedFinish(
  db: SqlDatabase,
  remaining: number,
  { now, lanes }: TonightSources,
): number | null {
  const busy = db
    .all("SELECT provider, count(*) AS n FROM jobs WHERE status = 'running' GROUP BY provider")
    .map((row) => text(row['provider']))
  const slots = lanes
    .filter(({ provider }) => busy.includes(provider))
    .reduce((sum, lane) => sum + lane.slots, 0)
  const times = db.all('SELECT renderMs FROM render_times ORDER BY renderMs')
  const middle = times[Math.floor(times.length / 2)]
  if (slots === 0 || middle === undefined) return null
  return now + Math.ceil(remaining / slots) * num(middle['renderMs'])
}
