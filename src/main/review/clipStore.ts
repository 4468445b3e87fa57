import type { ClipId, ClipView } from '../../shared/domain/clip.ts'
import type { TakeId } from '../../shared/domain/ids.ts'
import {
  isListed,
  listed,
  numberOf,
  textOf,
  type LibraryOptions,
} from '../library/libraryDatabase.ts'
import type { SqlDatabase, SqlRow } from '../storage/sqlite.ts'

export type ClipPoints = Pick<ClipView, 'takeId' | 'name' | 'inFrame' | 'outFrame'>

/** Clips as data: what was cut where. The takes themselves never change. */
export interface ClipStore {
  /** In the order they were made. */
  ofTakes(takeIds: readonly TakeId[]): readonly ClipView[]
  /** Unknown and removed ones are left out; in the order asked for. */
  get(ids: readonly ClipId[]): readonly ClipView[]
  /** `id` null makes a new one. Null: there is no such clip. */
  save(id: ClipId | null, points: ClipPoints): Promise<ClipView | null>
  setRemoved(ids: readonly ClipId[], removed: boolean): Promise<void>
  /** Drops for good what was removed before this start. */
  purge(): Promise<void>
}

export function createClipStore({ database, now, newId }: LibraryOptions): ClipStore {
  const { reader } = database
  return {
    ofTakes: (takeIds) =>
      reader
        .all(`SELECT * FROM clips WHERE removedAt IS NULL AND ${isListed('takeId')} ORDER BY seq`, [
          listed(takeIds),
        ])
        .map(toClip),
    get(ids) {
      const found = reader
        .all(`SELECT * FROM clips WHERE removedAt IS NULL AND ${isListed('id')}`, [listed(ids)])
        .map(toClip)
      const byId = new Map(found.map((clip) => [clip.id, clip]))
      return ids.flatMap((id) => byId.get(id) ?? [])
    },
    save: (id, points) =>
      database.write((db) => write(db, { id, fresh: `clip_${newId()}`, points, at: now() })),
    setRemoved: (ids, removed) =>
      database.write((db) => {
        const sql = `UPDATE clips SET removedAt = ?, revision = revision + 1 WHERE ${isListed('id')}`
        db.run(sql, [removed ? now() : null, listed(ids)])
      }),
    purge: () =>
      database.write((db) => void db.run('DELETE FROM clips WHERE removedAt IS NOT NULL')),
  }
}

interface Writing {
  readonly id: ClipId | null
  readonly fresh: ClipId
  readonly points: ClipPoints
  readonly at: number
}

function write(db: SqlDatabase, { id, fresh, points, at }: Writing): ClipView | null {
  const { takeId, name, inFrame, outFrame } = points
  if (id === null) {
    db.run(
      `INSERT INTO clips (id, takeId, name, inFrame, outFrame, createdAt, revision)
       VALUES (?, ?, ?, ?, ?, ?, 1)`,
      [fresh, takeId, name, inFrame, outFrame, at],
    )
  } else {
    db.run(
      `UPDATE clips SET name = ?, inFrame = ?, outFrame = ?, revision = revision + 1
       WHERE id = ? AND takeId = ? AND removedAt IS NULL`,
      [name, inFrame, outFrame, id, takeId],
    )
  }
  const row = db.get('SELECT * FROM clips WHERE id = ? AND takeId = ? AND removedAt IS NULL', [
    id ?? fresh,
    takeId,
  ])
  return row === undefined ? null : toClip(row)
}

const toClip = (row: SqlRow): ClipView => ({
  id: textOf(row, 'id') as ClipId,
  takeId: textOf(row, 'takeId') as TakeId,
  name: textOf(row, 'name'),
  inFrame: numberOf(row, 'inFrame'),
  outFrame: numberOf(row, 'outFrame'),
  createdAt: numberOf(row, 'createdAt'),
  revision: numberOf(row, 'revision'),
})
