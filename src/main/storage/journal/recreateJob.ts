import type { RouteRequest } from '../../../shared/domain/generation.ts'
import { NEVER, type IntentId, type NeedsYouNote } from '../../jobs/jobRow.ts'
import type { MergeContext } from './applyMerge.ts'
import type { IntentLine } from './journalLine.ts'

/** Marks a job that the database had lost. */
export const RECREATED = 'recoveredFromJournal'

/** What the person is asked about such a job. Not to send it again: its request is not known in full. */
export function recreatedNote(intentId: IntentId, operationId: string | null): NeedsYouNote {
  const evidence = [`sent under the key ${intentId}`]
  if (operationId === null) {
    return {
      code: RECREATED,
      message:
        'This request was sent, but the database that is in use does not know it. Enter the id that the provider gave it, or give it up.',
      evidence,
      actions: ['adopt', 'giveUp'],
    }
  }
  return {
    code: RECREATED,
    message:
      'This request was accepted by the provider, but the database that is in use does not know it. Fetch the clip, or give it up.',
    evidence: [...evidence, `operation ${operationId}`],
    actions: ['retryDownload', 'giveUp'],
  }
}

/** Makes the row of a lost job again, as far as the journal tells, and its batch. */
export function recreateJob(context: MergeContext, line: IntentLine): void {
  const { db, at, revisions } = context
  const { job } = line
  recreateBatch(context, line)
  db.run(
    `INSERT INTO jobs (id, batchId, row, take, prompt, provider, credential, model, modelName, route, mode, request, status, runAt, needsYou, position, createdAt, revision)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'needsYou', ?, ?, ?, ?, ?)`,
    [
      line.jobId,
      job.batchId,
      job.row,
      job.take,
      job.prompt,
      line.provider,
      line.credential,
      job.model,
      job.modelName,
      job.route,
      job.mode,
      JSON.stringify(requestLike(line)),
      NEVER,
      JSON.stringify(recreatedNote(line.intentId, null)),
      job.row,
      at,
      revisions.next(),
    ],
  )
  db.run('UPDATE jobs SET intentNo = ?, intentId = ? WHERE id = ?', [
    line.intentNo,
    line.intentId,
    line.jobId,
  ])
  context.done.recreated += 1
}

function recreateBatch({ db, at, outDir, revisions }: MergeContext, { job }: IntentLine): void {
  db.run(
    `INSERT OR IGNORE INTO batches (id, seq, name, digest, source, outDir, createdAt, revision)
     VALUES (?, (SELECT coalesce(max(seq), 0) + 1 FROM batches), 'Recovered', '', 'journal', ?, ?, ?)`,
    [job.batchId, outDir, at, revisions.next()],
  )
}

/** Enough to poll and fetch by; the smallest numbers stand where the journal knows none. */
export function requestLike({ endpoint, job }: IntentLine): RouteRequest {
  return {
    version: 1,
    endpoint,
    fields: {},
    frames: [],
    mode: job.mode,
    expect: {
      prompt: job.prompt,
      durationSeconds: 1,
      width: 1,
      height: 1,
      fps: 1,
      hasAudio: false,
    },
  }
}
