import { existsSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { TakeId } from '../../shared/domain/ids.ts'
import type { DeletedTakes } from '../../shared/domain/views.ts'
import { isListed, listed, textOf, type LibraryDatabase } from '../library/libraryDatabase.ts'
import type { Revisions } from '../storage/revisions.ts'
import type { SqlRow } from '../storage/sqlite.ts'

export interface TakeTrashOptions {
  readonly database: LibraryDatabase
  readonly revisions: Revisions
  readonly now: () => number
}

/** Deletes takes for good: their files go; their rows, and what they cost, stay. */
export interface TakeTrash {
  /** These takes, as far as they are in the trash; null: all that are in it. */
  remove(ids: readonly TakeId[] | null): Promise<DeletedTakes>
  /** Goes on with what an earlier run was killed at. */
  finish(): Promise<DeletedTakes>
}

const AT_ONCE = 100

/**
 * The person's word is stored first, then the files go, then the rows say so: killed in between, the next
 * start goes on. What cannot be deleted is in the trash again.
 */
export function createTakeTrash(options: TakeTrashOptions): TakeTrash {
  const { database, revisions, now } = options
  return {
    async remove(ids) {
      await database.write((db) => {
        const these = ids === null ? '' : `AND ${isListed('id')}`
        db.run(
          `UPDATE takes SET deleteAskedAt = ?, revision = ?
           WHERE trashedAt IS NOT NULL AND deleteAskedAt IS NULL ${these}`,
          [now(), revisions.next(), ...(ids === null ? [] : [listed(ids)])],
        )
      })
      return finish()
    },
    finish,
  }

  async function finish(): Promise<DeletedTakes> {
    let sum: DeletedTakes = { deleted: 0, bytes: 0, kept: [] }
    for (let last = ''; ;) {
      const due = dueAfter(last)
      if (due.length === 0) return sum
      sum = added(sum, await deleteSome(due, options))
      last = textOf(due.at(-1) ?? {}, 'id')
    }
  }

  function dueAfter(last: string): readonly SqlRow[] {
    return database.reader.all(
      `SELECT id, path, posterPath, filmstripPath, sidecarPath FROM takes
       WHERE deleteAskedAt IS NOT NULL AND deletedAt IS NULL AND id > ? ORDER BY id LIMIT ?`,
      [last, AT_ONCE],
    )
  }
}

async function deleteSome(
  due: readonly SqlRow[],
  { database, revisions, now }: TakeTrashOptions,
): Promise<DeletedTakes> {
  const gone: string[] = []
  const kept: { takeId: TakeId; message: string }[] = []
  let bytes = 0
  for (const row of due) {
    const takeId = textOf(row, 'id') as TakeId
    const files = await deleteFiles(row)
    if (typeof files === 'string') kept.push({ takeId, message: files })
    else {
      gone.push(takeId)
      bytes += files
    }
  }
  await database.write((db) => {
    const revision = revisions.next()
    db.run(
      `UPDATE takes SET deletedAt = ?, posterPath = NULL, filmstripPath = NULL, revision = ?
       WHERE ${isListed('id')}`,
      [now(), revision, listed(gone)],
    )
    db.run(`UPDATE takes SET deleteAskedAt = NULL, revision = ? WHERE ${isListed('id')}`, [
      revision,
      listed(kept.map(({ takeId }) => takeId)),
    ])
  })
  return { deleted: gone.length, bytes, kept }
}

/** The video goes last: while it is there, the take is whole but for its stills. A text: why it stays. */
async function deleteFiles(row: SqlRow): Promise<number | string> {
  const video = textOf(row, 'path')
  const folder = dirname(video)
  // On a drive that is not connected it only seems to be gone.
  if (!existsSync(folder)) {
    return `The folder ${folder} is not there. Bring it back, or make an empty one of that name.`
  }
  // Its mount point may stay behind; the sidecar is never deleted, so it tells that this is the folder.
  if (!existsSync(video) && !existsSync(textOf(row, 'sidecarPath'))) {
    return `Neither ${video} nor its sidecar is there. Bring it back, or make an empty file of that name.`
  }
  let bytes = 0
  for (const path of [textOf(row, 'posterPath'), textOf(row, 'filmstripPath'), video]) {
    if (path === '') continue
    try {
      const size = (await stat(path).catch(() => null))?.size ?? 0
      await rm(path, { force: true })
      bytes += size
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      return `${path} could not be deleted: ${why}`
    }
  }
  return bytes
}

const added = (a: DeletedTakes, b: DeletedTakes): DeletedTakes => ({
  deleted: a.deleted + b.deleted,
  bytes: a.bytes + b.bytes,
  kept: [...a.kept, ...b.kept],
})
