import type { Money } from '../../../shared/domain/money.ts'
import type { TonightView } from '../../../shared/domain/views.ts'
import { periodsAt } from '../../jobs/periods.ts'
import { capExtra, storedZone } from '../jobStore/charges.ts'
import { num, text, textOrNull } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'
import { finishes, type FinishSources } from './expectedFinish.ts'
import { scopeTotal, statusCounts } from './totals.ts'

export interface TonightSources extends FinishSources {
  readonly halted: TonightView['halted']
  readonly rest: TonightView['rest']
}

/** The strip at the top: everything's counts, the running night's money. */
export function tonightView(db: SqlDatabase, sources: TonightSources): TonightView {
  const counts = statusCounts(db, undefined)
  const capRow = db.get("SELECT micros, currency FROM caps WHERE scope = 'night'")
  const cap: Money | null =
    capRow === undefined
      ? null
      : { micros: num(capRow['micros']), currency: text(capRow['currency']), estimated: false }
  const { night } = periodsAt(sources.now, storedZone(db))
  // What waits for a person alone has no end to expect.
  const isMoving = counts.running > 0 || sources.window.kind === 'closed'
  const merge = textOrNull(db.get("SELECT value FROM meta WHERE key = 'mergePending'")?.['value'])
  return {
    counts,
    ...scopeTotal(db, { scope: 'night', id: night, currency: cap?.currency ?? null }),
    cap,
    capExtraMicros:
      cap === null ? 0 : capExtra(db, { scope: 'night', period: night, currency: cap.currency }),
    window: sources.window,
    rest: sources.rest,
    expectedFinishAt: isMoving ? finishes(db, sources).last() : null,
    paused: db.get("SELECT 1 AS yes FROM meta WHERE key = 'paused'") !== undefined,
    halted: sources.halted ?? (merge === null ? null : { code: 'mergePending', message: merge }),
  }
}
