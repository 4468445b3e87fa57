import type { JobId } from '../../../shared/domain/ids.ts'
import { isTerminal } from '../../../shared/domain/job.ts'
import { NEVER, type IntentId, type JobPatch, type JobRow } from '../../jobs/jobRow.ts'
import type { IntentOutcome } from '../../jobs/recovery.ts'
import type { MergeContext } from './applyMerge.ts'
import type { OutcomeLine } from './journalLine.ts'
import type { JournaledIntent } from './journalState.ts'
import { RECREATED, recreatedNote, requestLike } from './recreateJob.ts'

/** The create call in question, and the job that made it. */
interface Sent {
  readonly intentId: IntentId
  readonly intentNo: number
  readonly provider: string
  readonly credential: string
  readonly sentAt: number
  readonly job: JobRow
}

/** Puts the job of a create where that create has brought it. A row that ended is never opened again. */
export function moveJob(
  context: MergeContext,
  journaled: JournaledIntent,
  final: IntentOutcome,
): void {
  const read = readSent(context, journaled.id)
  if (read === null) return
  const operation = journaled.outcome?.operation ?? null
  const isOpen = operation !== null || final === 'unknown'
  const sent = isOpen ? takeItsWay(context, read, journaled.intent) : read
  if (operation !== null) attach(context, sent, operation)
  else if (final === 'unknown' && sent.job.needsYou?.code === RECREATED) context.done.unknown += 1
  else if (final === 'unknown') leaveUnknown(context, sent)
  else if (final !== 'accepted') putBack(context, sent)
}

function readSent({ db, jobs }: MergeContext, intentId: IntentId): Sent | null {
  const row = db.get(
    'SELECT jobId, intentNo, provider, credential, submitStartedAt FROM intents WHERE id = ?',
    [intentId],
  )
  const job = row === undefined ? null : jobs.job(String(row['jobId']) as JobId)
  if (row === undefined || job === null) return null
  return {
    intentId,
    intentNo: Number(row['intentNo']),
    provider: String(row['provider']),
    credential: String(row['credential']),
    sentAt: Number(row['submitStartedAt']),
    job,
  }
}

/** Not ended, and this create is its latest: one was begun only after the one before it had come to its end. */
const waitsFor = ({ job, intentNo }: Sent): boolean =>
  !isTerminal(job.status) &&
  (job.intentNo < intentNo || (job.intentNo === intentNo && job.operation === null))

/**
 * The database is older than a change of the job's way to its model: what was sent went to that provider,
 * and must be looked for there. Its request is not known in full then, as of a job that was lost.
 */
function takeItsWay(context: MergeContext, sent: Sent, line: JournaledIntent['intent']): Sent {
  const { db, jobs } = context
  const { id, provider, route } = sent.job
  if (line === undefined || (line.provider === provider && line.job.route === route)) return sent
  if (!waitsFor(sent)) return sent
  const { model, modelName, mode } = line.job
  db.run('UPDATE jobs SET request = ?, asked = NULL WHERE id = ?', [
    JSON.stringify(requestLike(line)),
    id,
  ])
  const job = jobs.updateJob(id, {
    provider: line.provider,
    route: line.job.route,
    model,
    modelName,
    mode,
    ...standing(sent),
    status: 'needsYou',
    runAt: NEVER,
    needsYou: recreatedNote(sent.intentId, null),
  })
  return { ...sent, job }
}

function attach(
  context: MergeContext,
  sent: Sent,
  operation: NonNullable<OutcomeLine['operation']>,
): void {
  const { db, at } = context
  const job = waitsFor(sent) ? sent.job : null
  const id = job?.id ?? context.newJobId()
  const added = db.run(
    `INSERT OR IGNORE INTO operations (provider, account, operationId, jobId, intentId, version, data, createdAt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      sent.provider,
      sent.credential,
      operation.id,
      id,
      sent.intentId,
      operation.version,
      JSON.stringify(operation.data),
      at,
    ],
  )
  if (added === 0) return
  // Its own job went another way meanwhile: what was paid for becomes an extra take beside it.
  if (job === null) {
    context.jobs.cloneJobs([{ of: sent.job.id, id, at, asRetry: false }])
    db.run(
      `UPDATE charges SET jobId = ? WHERE intentId = ?
       AND NOT EXISTS (SELECT 1 FROM operations o WHERE o.intentId = charges.intentId AND o.jobId = charges.jobId)`,
      [id, sent.intentId],
    )
    context.done.recreated += 1
  }
  if (job !== null) leaveEarlier(context, sent)
  context.done.attached += 1
  const isLost = job?.needsYou?.code === RECREATED
  context.jobs.updateJob(id, {
    ...standing(sent),
    step: 'poll',
    status: isLost ? 'needsYou' : 'running',
    needsYou: isLost ? recreatedNote(sent.intentId, operation.id) : null,
    runAt: isLost ? NEVER : at,
    operation,
    submittedAt: sent.sentAt,
  })
}

/** What came of an earlier create of the job is not in this database: its money stays in doubt. */
function leaveEarlier({ db, at }: MergeContext, { job, intentId }: Sent): void {
  db.run(
    "UPDATE charges SET state = 'indeterminate', updatedAt = ? WHERE jobId = ? AND intentId <> ? AND state = 'reserved'",
    [at, job.id, intentId],
  )
}

function leaveUnknown(context: MergeContext, sent: Sent): void {
  context.done.unknown += 1
  if (!waitsFor(sent) || sent.job.needsYou?.code === RECREATED) return
  leaveEarlier(context, sent)
  context.jobs.updateJob(sent.job.id, {
    ...standing(sent),
    status: 'running',
    step: 'submit',
    runAt: NEVER,
    operation: null,
    needsYou: null,
    error: {
      kind: 'unknown',
      code: 'ANSWER_NOT_RECORDED',
      message: 'This request was sent; what came of it is not in the database.',
    },
  })
}

/** Surely nothing was made: it may be claimed again. */
function putBack(context: MergeContext, sent: Sent): void {
  if (!waitsFor(sent)) return
  const isSending = sent.job.status === 'running' && sent.job.step === 'submit'
  context.jobs.updateJob(sent.job.id, {
    intentNo: sent.intentNo,
    ...(isSending ? { status: 'waiting', lease: null, runAt: context.at } : {}),
  })
}

const standing = ({ intentId, intentNo, credential, sentAt, job }: Sent): JobPatch => ({
  intentId,
  intentNo,
  credential,
  lease: null,
  attempt: 0,
  outputs: null,
  renderedAt: null,
  tries: 0,
  checks: 0,
  renewals: 0,
  misses: 0,
  error: null,
  startedAt: job.startedAt ?? sentAt,
})
