import type { TakeId } from '../../../shared/domain/ids.ts'
import { foldedName } from '../../../shared/domain/naming.ts'
import type { JobTx } from '../../jobs/ports.ts'
import type { Revisions } from '../revisions.ts'
import type { SqlDatabase } from '../sqlite.ts'
import { TAKE_COLUMNS, readTakeView } from '../takeView.ts'
import { num, numOrNull, text, textOrNull, toSql } from './readers.ts'

type NewId = () => TakeId
type TakePart = Pick<
  JobTx,
  'reserveOutput' | 'noteOutput' | 'output' | 'insertTake' | 'takesOf' | 'finishTake'
>

/** Delivered videos and the names reserved for them. */
export function takes(db: SqlDatabase, revisions: Revisions, newId: NewId): TakePart {
  return {
    insertTake: ({ job, takeNo, path, bytes, sha256, at }) => {
      const id = newId()
      db.run(
        `INSERT INTO takes (id, jobId, batchId, outputNo, row, take, prompt, provider, model, modelName, seed, path, bytes, sha256, tags, createdAt, revision)
         SELECT ?, id, batchId, ?, row, take, prompt, provider, model, modelName, iif(json_valid(request), request ->> '$.expect.seed', NULL), ?, ?, ?, tags, ?, ? FROM jobs WHERE id = ?`,
        [id, takeNo, path, bytes, sha256, at, revisions.next(), job.id],
      )
      return id
    },
    finishTake: (id, { facts, posterPath, filmstripPath, sidecarPath, cost, renderMs }) => {
      const row = db.get(
        `UPDATE takes SET facts = ?, posterPath = ?, filmstripPath = ?, sidecarPath = ?, costMicros = ?, costCurrency = ?, costEstimated = ?, renderMs = ?, revision = ? WHERE id = ? RETURNING ${TAKE_COLUMNS}`,
        [
          toSql(facts),
          posterPath,
          filmstripPath,
          sidecarPath,
          cost?.micros ?? null,
          cost?.currency ?? null,
          toSql(cost?.estimated),
          renderMs,
          revisions.next(),
          id,
        ],
      )
      return row === undefined ? null : readTakeView(row)
    },
    ...outputNames(db),
    ...takeReads(db),
  }
}

function outputNames(db: SqlDatabase): Pick<JobTx, 'reserveOutput' | 'noteOutput' | 'output'> {
  return {
    reserveOutput: ({ jobId, takeNo, path }) => {
      const key = foldedName(path)
      if (db.get('SELECT 1 AS yes FROM outputs WHERE pathKey = ?', [key]) !== undefined)
        return false
      db.run('DELETE FROM outputs WHERE jobId = ? AND takeNo = ?', [jobId, takeNo])
      db.run('INSERT INTO outputs (pathKey, path, jobId, takeNo) VALUES (?, ?, ?, ?)', [
        key,
        path,
        jobId,
        takeNo,
      ])
      return true
    },
    noteOutput: ({ jobId, takeNo, sha256 }) =>
      void db.run('UPDATE outputs SET sha256 = ? WHERE jobId = ? AND takeNo = ?', [
        sha256,
        jobId,
        takeNo,
      ]),
    output: (jobId, takeNo) => {
      const row = db.get('SELECT path, sha256 FROM outputs WHERE jobId = ? AND takeNo = ?', [
        jobId,
        takeNo,
      ])
      return row === undefined
        ? null
        : { path: text(row['path']), sha256: textOrNull(row['sha256']) }
    },
  }
}

function takeReads(db: SqlDatabase): Pick<JobTx, 'takesOf'> {
  return {
    takesOf: (jobId) =>
      db
        .all(
          'SELECT id, outputNo, path, bytes, sha256, seed FROM takes WHERE jobId = ? ORDER BY outputNo',
          [jobId],
        )
        .map((row) => ({
          id: text(row['id']) as TakeId,
          takeNo: num(row['outputNo']),
          path: text(row['path']),
          bytes: num(row['bytes']),
          sha256: text(row['sha256']),
          seed: numOrNull(row['seed']),
        })),
  }
}
