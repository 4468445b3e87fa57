import type { JobError } from '../../../shared/domain/errors.ts'
import type { JobView } from '../../../shared/domain/job.ts'
import type { Money } from '../../../shared/domain/money.ts'
import { toJobView } from '../../jobs/jobView.ts'
import type { JobRow } from '../../jobs/jobRow.ts'
import { JOB_COLUMNS, numOrNull, readJob, text, textOrNull } from '../jobStore/readers.ts'
import type { SqlRow } from '../sqlite.ts'

/** A job's row, what its create cost, and the take whose poster stands for it. */
export const JOB_VIEW_SQL = `SELECT ${JOB_COLUMNS.split(', ')
  .map((column) => `jobs.${column}`)
  .join(', ')},
  c.state AS chargeState, c.micros AS chargeMicros, c.currency AS chargeCurrency, c.estimated AS chargeEstimated,
  (SELECT t.id FROM takes t WHERE t.jobId = jobs.id AND t.posterPath IS NOT NULL ORDER BY t.outputNo LIMIT 1) AS posterTakeId
  FROM jobs LEFT JOIN charges c ON c.intentId = jobs.intentId`

/** Why a job is where it is, and until when where the clock decides. */
export type ReasonFor = (job: JobRow) => {
  readonly reason: string | null
  readonly waitsUntil: number | null
  readonly expectedFinishAt: number | null
}

const UNREADABLE: JobError = {
  kind: 'unknown',
  code: 'ROW_UNREADABLE',
  message:
    'Part of what is stored about this job cannot be read. Nothing is sent again; its clip, if there is one, is still listed.',
}

/** A row whose JSON cannot be read is shown with an error in its place, never left out. */
export function readJobView(row: SqlRow, reasonFor: ReasonFor): JobView {
  const job = readableJob(row)
  return {
    ...toJobView(job, { ...reasonFor(job), cost: costOf(row) }),
    posterTakeId: textOrNull(row['posterTakeId']),
  }
}

export function readableJob(row: SqlRow): JobRow {
  try {
    return readJob(row)
  } catch {
    const error = JSON.stringify(UNREADABLE)
    return readJob({ ...row, error, status: 'needsYou', step: 'submit' })
  }
}

/** Null until it is known, and where neither price nor bill tells it; nothing when it was released. */
function costOf(row: SqlRow): Money | null {
  const state = textOrNull(row['chargeState'])
  if (state !== 'confirmed' && state !== 'released') return null
  const isFree = state === 'released'
  const isGuess = row['estimateMicros'] === null && row['chargeEstimated'] === 1
  if (!isFree && isGuess && row['chargeMicros'] === 0) return null
  return {
    micros: isFree ? 0 : (numOrNull(row['chargeMicros']) ?? 0),
    currency: text(row['chargeCurrency']),
    estimated: !isFree && row['chargeEstimated'] === 1,
  }
}
