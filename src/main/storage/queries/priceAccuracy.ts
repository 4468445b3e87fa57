import type { PriceAccuracy } from '../../../shared/domain/views.ts'
import { num, text } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'

/** Bills of the providers' own against our estimates, by model and provider, most bills first. */
export function priceAccuracy(db: SqlDatabase): readonly PriceAccuracy[] {
  return db
    .all(
      `SELECT j.provider, j.model, count(*) AS bills, sum(c.micros) * 1.0 / sum(j.estimateMicros) AS ratio
       FROM charges c JOIN jobs j ON j.id = c.jobId
       WHERE c.state = 'confirmed' AND c.estimated = 0 AND j.estimateMicros > 0 AND j.estimateCurrency = c.currency
       GROUP BY j.provider, j.model ORDER BY bills DESC, j.provider, j.model`,
    )
    .map((row) => ({
      provider: text(row['provider']),
      model: text(row['model']),
      bills: num(row['bills']),
      ratio: num(row['ratio']),
    }))
}
