import { jobErrorSchema, type JobError } from '../../../shared/domain/errors.ts'
import type { Money } from '../../../shared/domain/money.ts'
import type { ProviderUse } from '../../engine.ts'
import { jsonOrNull, num, text } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'

const DAY_MS = 86_400_000

/** What each provider has out, has cost since midnight and since the first, and said last. */
export function providerUse(db: SqlDatabase, now: number): readonly ProviderUse[] {
  const start = new Date(now)
  const month = new Date(start.getFullYear(), start.getMonth(), 1).getTime()
  const today = new Date(start.getFullYear(), start.getMonth(), start.getDate()).getTime()
  const open = openJobs(db)
  const spentThisMonth = spentSince(db, month)
  const spentToday = spentSince(db, today)
  const errors = newestErrors(db, now - DAY_MS)
  const providers = new Set([open, spentThisMonth, errors].flatMap((part) => [...part.keys()]))
  return [...providers].map((provider) => ({
    provider,
    openByKey: open.get(provider) ?? {},
    spentToday: spentToday.get(provider) ?? [],
    spentThisMonth: spentThisMonth.get(provider) ?? [],
    lastError: errors.get(provider) ?? null,
  }))
}

/** Jobs that are, or may be, at the provider: each with the key that sent it. */
function openJobs(db: SqlDatabase): Map<string, Record<string, number>> {
  const rows = db.all(
    `SELECT provider, credential, count(*) AS n FROM jobs
     WHERE status IN ('running', 'needsYou') AND credential IS NOT NULL AND credential <> 'none'
     GROUP BY provider, credential`,
  )
  const found = new Map<string, Record<string, number>>()
  for (const row of rows) {
    const provider = text(row['provider'])
    found.set(provider, { ...found.get(provider), [text(row['credential'])]: num(row['n']) })
  }
  return found
}

function spentSince(db: SqlDatabase, since: number): Map<string, Money[]> {
  const rows = db.all(
    `SELECT provider, currency, sum(micros) AS micros, max(estimated) AS estimated FROM charges
     WHERE state = 'confirmed' AND createdAt >= ? GROUP BY provider, currency HAVING sum(micros) > 0`,
    [since],
  )
  const found = new Map<string, Money[]>()
  for (const row of rows) {
    const provider = text(row['provider'])
    const money = {
      micros: num(row['micros']),
      currency: text(row['currency']),
      estimated: row['estimated'] === 1,
    }
    found.set(provider, [...(found.get(provider) ?? []), money])
  }
  return found
}

function newestErrors(
  db: SqlDatabase,
  since: number,
): Map<string, { at: number; error: JobError }> {
  const rows = db.all(
    `SELECT j.provider, a.at, a.error FROM attempts a JOIN jobs j ON j.id = a.jobId
     WHERE a.id IN (SELECT max(a2.id) FROM attempts a2 JOIN jobs j2 ON j2.id = a2.jobId
                    WHERE a2.at >= ? GROUP BY j2.provider)`,
    [since],
  )
  return new Map(
    rows.flatMap((row) => {
      const error = jsonOrNull(row['error'], jobErrorSchema)
      return error === null ? [] : [[text(row['provider']), { at: num(row['at']), error }]]
    }),
  )
}
