import { dirname } from 'node:path'
import { foldedName } from '../../../shared/domain/naming.ts'
import { NEVER } from '../../jobs/jobRow.ts'
import { periodsAt } from '../../jobs/periods.ts'
import type { JournaledIntent, JournalState } from '../journal/journalState.ts'
import { toSql } from '../jobStore/readers.ts'
import type { Revisions } from '../revisions.ts'
import type { SqlDatabase } from '../sqlite.ts'
import type { FoundTake } from './findSidecars.ts'

export interface AdoptOptions {
  readonly journal: Pick<JournalState, 'intents'>
  readonly revisions: Revisions
  /** IANA name that the caps were set in. */
  readonly timeZone: string
}

/**
 * Brings takes from disk back into the database: batch, job, operation, take and what it cost. What is
 * there already is left as it is, so that it can be done again. For use inside a write.
 * @returns how many takes came back, those that were deleted included
 */
export function adoptTakes(
  db: SqlDatabase,
  takes: readonly FoundTake[],
  options: AdoptOptions,
): number {
  const byJob = new Map<string, JournaledIntent>()
  for (const journaled of options.journal.intents.values()) {
    const { intent, outcome } = journaled
    if (intent !== undefined && outcome?.operation) byJob.set(intent.jobId, journaled)
  }
  const inOrder = takes.toSorted(
    ({ sidecar: a }, { sidecar: b }) =>
      a.times.createdAt - b.times.createdAt || a.row - b.row || a.takeNo - b.takeNo,
  )
  let adopted = 0
  for (const take of inOrder) {
    const { takeId, jobId, takeNo } = take.sidecar
    const known = db.get('SELECT 1 FROM takes WHERE id = ? OR (jobId = ? AND outputNo = ?)', [
      takeId,
      jobId,
      takeNo,
    ])
    if (known !== undefined || !takesBack(db, take)) continue
    const context = { ...options, db, take, sent: byJob.get(jobId) }
    insertBatch(context)
    insertJob(context)
    insertMoney(context)
    insertTake(context)
    insertReview(db, take)
    adopted += 1
  }
  return adopted
}

interface Adopting extends AdoptOptions {
  readonly db: SqlDatabase
  readonly take: FoundTake
  /** The create that it came from, where the journal still knows it. */
  readonly sent: JournaledIntent | undefined
}

/** A job that still goes on brings its takes itself. */
function takesBack(db: SqlDatabase, { sidecar }: FoundTake): boolean {
  const job = db.get('SELECT status FROM jobs WHERE id = ?', [sidecar.jobId])
  return job === undefined || job['status'] === 'succeeded'
}

function insertBatch({ db, take: { sidecar, path }, revisions }: Adopting): void {
  const project = sidecar.project ?? null
  if (project !== null)
    db.run('INSERT OR IGNORE INTO projects (name, createdAt) VALUES (?, ?)', [
      project,
      sidecar.times.createdAt,
    ])
  db.run(
    `INSERT OR IGNORE INTO batches (id, seq, name, digest, source, project, outDir, createdAt, revision)
     VALUES (?, (SELECT coalesce(max(seq), 0) + 1 FROM batches), ?, '', 'sidecars', ?, ?, ?, ?)`,
    [
      sidecar.batchId,
      sidecar.batchName === '' ? 'Found again' : sidecar.batchName,
      project,
      dirname(path),
      sidecar.times.createdAt,
      revisions.next(),
    ],
  )
}

function insertJob({ db, take: { sidecar }, sent, revisions }: Adopting): void {
  const { times, request } = sidecar
  const operation = sent?.outcome?.operation ?? null
  const frame = request.frames.find(({ role }) => role === 'firstFrame')
  db.run(
    `INSERT OR IGNORE INTO jobs (id, batchId, row, take, tags, prompt, template, provider, credential, model, modelName, route, mode, request, status, step, runAt, intentNo, intentId, operation, position, firstFrameSha256, createdAt, submittedAt, renderedAt, startedAt, finishedAt, revision)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'succeeded', 'finish', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      sidecar.jobId,
      sidecar.batchId,
      sidecar.row,
      sidecar.take,
      JSON.stringify(sidecar.tags),
      sidecar.prompt,
      sidecar.template ?? null,
      sidecar.provider,
      sent?.intent?.credential ?? null,
      sidecar.model,
      sidecar.modelName,
      sidecar.route,
      request.mode,
      JSON.stringify(request),
      NEVER,
      sent?.intent?.intentNo ?? 0,
      sent?.id ?? (sidecar.cost === null ? null : `${sidecar.jobId}:0`),
      toSql(operation),
      sidecar.row + sidecar.take / 1000,
      frame?.kind === 'file' ? frame.sha256 : null,
      times.createdAt,
      times.submittedAt,
      times.renderedAt,
      times.submittedAt ?? times.createdAt,
      times.deliveredAt ?? times.createdAt,
      revisions.next(),
    ],
  )
}

/** Its operation keeps the merge from fetching it once more; its cost counts towards the caps again. */
function insertMoney({ db, take: { sidecar }, sent, timeZone }: Adopting): void {
  const { jobId, batchId, provider, cost, times } = sidecar
  const { intent, outcome } = sent ?? {}
  const at = times.submittedAt ?? times.createdAt
  if (intent !== undefined && outcome?.operation) {
    const { id, version, data } = outcome.operation
    db.run('INSERT OR IGNORE INTO operations VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
      provider,
      intent.credential,
      id,
      jobId,
      intent.intentId,
      version,
      JSON.stringify(data),
      at,
    ])
  }
  if (cost === null || cost.micros === 0) return
  const { night, month } = periodsAt(at, timeZone)
  db.run(
    `INSERT OR IGNORE INTO charges (intentId, jobId, batchId, provider, state, micros, reservedMicros, currency, estimated, night, month, createdAt, updatedAt)
     VALUES (?, ?, ?, ?, 'confirmed', ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      sent?.id ?? `${jobId}:0`,
      jobId,
      batchId,
      provider,
      cost.micros,
      cost.micros,
      cost.currency,
      cost.estimated ? 1 : 0,
      night,
      month,
      at,
      times.deliveredAt ?? at,
    ],
  )
}

function insertTake({ db, take, revisions }: Adopting): void {
  const { sidecar, path, posterPath, filmstripPath, sidecarPath, trashedAt, deletedAt } = take
  const { cost, times, file, review } = sidecar
  db.run(
    'INSERT OR IGNORE INTO outputs (pathKey, path, jobId, takeNo, sha256) VALUES (?, ?, ?, ?, ?)',
    [foldedName(path), path, sidecar.jobId, sidecar.takeNo, file.sha256],
  )
  db.run(
    `INSERT INTO takes (id, jobId, batchId, outputNo, row, take, prompt, provider, model, modelName, seed, path, posterPath, filmstripPath, sidecarPath, bytes, sha256, facts, costMicros, costCurrency, costEstimated, rating, flag, seenAt, trashedAt, deleteAskedAt, deletedAt, tags, note, renderMs, createdAt, revision)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      sidecar.takeId,
      sidecar.jobId,
      sidecar.batchId,
      sidecar.takeNo,
      sidecar.row,
      sidecar.take,
      sidecar.prompt,
      sidecar.provider,
      sidecar.model,
      sidecar.modelName,
      sidecar.seed,
      path,
      posterPath,
      filmstripPath,
      sidecarPath,
      file.bytes,
      file.sha256,
      toSql(sidecar.facts),
      cost?.micros ?? null,
      cost?.currency ?? null,
      toSql(cost?.estimated),
      review?.rating ?? 0,
      review?.flag ?? 'none',
      review?.seenAt ?? null,
      trashedAt,
      deletedAt,
      deletedAt,
      JSON.stringify(review?.tags ?? sidecar.tags),
      review?.note ?? '',
      sidecar.renderMs === null ? null : Math.round(sidecar.renderMs),
      times.deliveredAt ?? times.createdAt,
      revisions.next(),
    ],
  )
}

/** Clips and votes of the person; a vote counts once the other take of its pair is there, too. */
function insertReview(db: SqlDatabase, { sidecar: { takeId, review } }: FoundTake): void {
  for (const { id, name, inFrame, outFrame, createdAt } of review?.clips ?? []) {
    if (outFrame <= inFrame) continue
    db.run(
      `INSERT OR IGNORE INTO clips (id, takeId, name, inFrame, outFrame, createdAt, revision)
       VALUES (?, ?, ?, ?, ?, ?, 1)`,
      [id, takeId, name, inFrame, outFrame, createdAt],
    )
  }
  for (const { pair, round, against, vote, votedAt } of review?.votes ?? []) {
    db.run(
      `INSERT OR IGNORE INTO blind_pairs (id, round, takeA, takeB, vote, votedAt)
       VALUES (?, ?, ?, ?, ?, ?)`,
      [pair, round, takeId, against, vote, votedAt],
    )
  }
}
