import type { FrameId, TakeId } from '../../shared/domain/ids.ts'
import type { FrameView } from '../../shared/domain/referenceFrame.ts'
import type { Page } from '../../shared/domain/views.ts'
import type { SqlDatabase, SqlRow, SqlValue } from '../storage/sqlite.ts'
import {
  cursorOf,
  cursorValues,
  isListed,
  listed,
  numberOf,
  textOf,
  textsOf,
  textOrNull,
  type LibraryOptions,
} from './libraryDatabase.ts'

export interface FrameQuery {
  /** Anywhere in the name or a tag. */
  readonly text?: string | undefined
  readonly tag?: string | undefined
  readonly after: string | null
  readonly limit: number
}
/** A picture that lies in the frame store already. */
export type NewFrame = Pick<
  FrameView,
  'sha256' | 'name' | 'contentType' | 'bytes' | 'width' | 'height' | 'fromTakeId'
>
export interface FramePatch {
  readonly name?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly fit?: string | undefined
}

export interface TagChange {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** What is known of the pictures in the frame store. */
export interface FrameLibrary {
  /** Latest first. */
  list(query: FrameQuery): Page<FrameView>
  /** In the order asked for; removed ones too, since drafts may still use them. */
  get(ids: readonly FrameId[]): readonly FrameView[]
  bySha256(sha256: string): FrameView | null
  /** The latest of that name, with or without its ending; case does not matter. */
  byName(name: string): FrameView | null
  tags(): readonly { readonly tag: string; readonly frames: number }[]
  /** The same picture again is the frame that is there already, back in the library if it was removed. */
  add(frame: NewFrame): Promise<FrameView>
  update(ids: readonly FrameId[], patch: FramePatch): Promise<readonly FrameView[]>
  /** Puts tags on each of them and takes others off; what else each has stays. */
  tag(ids: readonly FrameId[], change: TagChange): Promise<void>
  setRemoved(ids: readonly FrameId[], removed: boolean): Promise<void>
}

/** Nothing where the column cannot be read, which would end the whole statement. */
const EACH_TAG = "json_each(iif(json_valid(frames.tags), frames.tags, '[]'))"

export function createFrameLibrary({ database, now, newId }: LibraryOptions): FrameLibrary {
  const { reader } = database
  return {
    list: (query) => readPage(reader, query),
    get: (ids) => framesAt(reader, ids),
    bySha256: (sha256) => frameOf(reader, sha256),
    byName: (name) => frameNamed(reader, name),
    tags: () =>
      reader
        .all(
          `SELECT value AS tag, count(*) AS frames FROM frames, ${EACH_TAG}
           WHERE removedAt IS NULL GROUP BY value ORDER BY value COLLATE NOCASE`,
        )
        .map((row) => ({ tag: textOf(row, 'tag'), frames: numberOf(row, 'frames') })),
    add: (frame) =>
      database.write((db) => insertFrame(db, { id: `frame_${newId()}`, frame, at: now() })),
    update: (ids, patch) =>
      database.write((db) => {
        db.run(
          `UPDATE frames SET name = coalesce(?, name), tags = coalesce(?, tags), fit = coalesce(?, fit),
           revision = revision + 1 WHERE ${isListed('id')}`,
          [
            patch.name ?? null,
            patch.tags ? JSON.stringify(patch.tags) : null,
            patch.fit ?? null,
            listed(ids),
          ],
        )
        return framesAt(db, ids)
      }),
    tag: (ids, change) =>
      database.write((db) => {
        for (const { id, tags } of framesAt(db, ids)) {
          const next = changedTags(tags, change)
          if (next.join('\n') === tags.join('\n')) continue
          db.run('UPDATE frames SET tags = ?, revision = revision + 1 WHERE id = ?', [
            JSON.stringify(next),
            id,
          ])
        }
      }),
    setRemoved: (ids, removed) =>
      database.write((db) => {
        db.run(`UPDATE frames SET removedAt = ?, revision = revision + 1 WHERE ${isListed('id')}`, [
          removed ? now() : null,
          listed(ids),
        ])
      }),
  }
}

const changedTags = (tags: readonly string[], { add, remove }: TagChange): readonly string[] =>
  [...new Set([...tags, ...add])].filter((tag) => !remove.includes(tag))

type Reader = Pick<SqlDatabase, 'get' | 'all'>

function readPage(db: Reader, { text, tag, after, limit }: FrameQuery): Page<FrameView> {
  const conditions = ['removedAt IS NULL']
  const values: SqlValue[] = []
  const before = cursorValues(after)?.[0]
  if (typeof before === 'number') {
    conditions.push('seq < ?')
    values.push(before)
  }
  if (text !== undefined && text.trim() !== '') {
    const like = `%${text.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    const inTags = String.raw`EXISTS (SELECT 1 FROM ${EACH_TAG} WHERE value LIKE ? ESCAPE '\')`
    conditions.push(String.raw`(name LIKE ? ESCAPE '\' OR ${inTags})`)
    values.push(like, like)
  }
  if (tag !== undefined) {
    conditions.push(`EXISTS (SELECT 1 FROM ${EACH_TAG} WHERE value = ?)`)
    values.push(tag)
  }
  const found = db.all(
    `SELECT * FROM frames WHERE ${conditions.join(' AND ')} ORDER BY seq DESC LIMIT ?`,
    [...values, limit + 1],
  )
  const last = found.length > limit ? found[limit - 1] : undefined
  return {
    rows: found.slice(0, limit).map(toFrame),
    next: last === undefined ? null : cursorOf(numberOf(last, 'seq')),
  }
}

function framesAt(db: Reader, ids: readonly FrameId[]): FrameView[] {
  const found = db.all(`SELECT * FROM frames WHERE ${isListed('id')}`, [listed(ids)]).map(toFrame)
  const byId = new Map(found.map((frame) => [frame.id, frame]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

function frameOf(db: Reader, sha256: string): FrameView | null {
  const row = db.get('SELECT * FROM frames WHERE sha256 = ?', [sha256])
  return row === undefined ? null : toFrame(row)
}

function frameNamed(db: Reader, name: string): FrameView | null {
  const like = name.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)
  const row = db.get(
    String.raw`SELECT * FROM frames WHERE removedAt IS NULL AND (name LIKE ?1 ESCAPE '\'
      OR name LIKE ?1 || '.png' ESCAPE '\' OR name LIKE ?1 || '.jp%g' ESCAPE '\'
      OR name LIKE ?1 || '.webp' ESCAPE '\')
     ORDER BY name LIKE ?1 ESCAPE '\' DESC, seq DESC LIMIT 1`,
    [like],
  )
  return like === '' || row === undefined ? null : toFrame(row)
}

function toFrame(row: SqlRow): FrameView {
  return {
    id: textOf(row, 'id') as FrameId,
    sha256: textOf(row, 'sha256'),
    name: textOf(row, 'name'),
    contentType: textOf(row, 'contentType'),
    bytes: numberOf(row, 'bytes'),
    width: numberOf(row, 'width'),
    height: numberOf(row, 'height'),
    tags: textsOf(row, 'tags'),
    fit: textOf(row, 'fit'),
    fromTakeId: textOrNull(row, 'fromTakeId') as TakeId | null,
    createdAt: numberOf(row, 'createdAt'),
    revision: numberOf(row, 'revision'),
  }
}

function insertFrame(
  db: SqlDatabase,
  { id, frame, at }: { id: FrameId; frame: NewFrame; at: number },
): FrameView {
  const { sha256, name, contentType, bytes, width, height, fromTakeId } = frame
  db.run(
    `INSERT INTO frames
       (id, sha256, name, contentType, bytes, width, height, fromTakeId, createdAt, revision)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
     ON CONFLICT (sha256) DO UPDATE SET removedAt = NULL, revision = revision + 1`,
    [id, sha256, name, contentType, bytes, width, height, fromTakeId, at],
  )
  const stored = frameOf(db, sha256)
  if (stored === null) throw new TypeError(`frame ${sha256} was not stored`)
  return stored
}
