import { takeReviewSchema, type TakeReview } from '../../../shared/domain/takeReview.ts'
import { numberOf, numberOrNull, parsedOrNull, textOf } from '../../library/libraryDatabase.ts'
import type { SqlDatabase } from '../../storage/sqlite.ts'

/** A take whose sidecar is behind what the person said of it. */
export interface DueSidecar {
  readonly takeId: string
  /** Grows with every change: tells whether another came while it was written. */
  readonly change: number
  /** Null: it has none. */
  readonly path: string | null
}

const tagsSchema = takeReviewSchema.shape.tags
type Reader = Pick<SqlDatabase, 'get' | 'all'>

/** The next sidecars to write, behind `after`; takes that are gone have no path. */
export const dueSidecars = (reader: Reader, after: string, limit: number): readonly DueSidecar[] =>
  reader
    .all(
      `SELECT d.takeId, d.change, t.sidecarPath FROM sidecars_due d LEFT JOIN takes t ON t.id = d.takeId
       WHERE d.takeId > ? ORDER BY d.takeId LIMIT ?`,
      [after, limit],
    )
    .map((row) => ({
      takeId: textOf(row, 'takeId'),
      change: numberOf(row, 'change'),
      path: textOf(row, 'sidecarPath') === '' ? null : textOf(row, 'sidecarPath'),
    }))

/** What the person said of a take that is there; null: it cannot be read. */
export function reviewOf(reader: Reader, takeId: string): TakeReview | null {
  const take = reader.get(
    'SELECT rating, flag, seenAt, trashedAt, deletedAt, tags, note FROM takes WHERE id = ?',
    [takeId],
  )
  if (take === undefined) throw new TypeError(`${takeId} is not in the database`)
  const clips = reader.all(
    'SELECT id, name, inFrame, outFrame, createdAt FROM clips WHERE takeId = ? AND removedAt IS NULL ORDER BY seq',
    [takeId],
  )
  const votes = reader.all(
    'SELECT id AS pair, round, takeB AS against, vote, votedAt FROM blind_pairs WHERE takeA = ? AND vote IS NOT NULL ORDER BY seq',
    [takeId],
  )
  const read = takeReviewSchema.safeParse({
    rating: numberOf(take, 'rating'),
    flag: textOf(take, 'flag'),
    tags: parsedOrNull(take, 'tags', tagsSchema),
    note: textOf(take, 'note'),
    seenAt: numberOrNull(take, 'seenAt'),
    trashedAt: numberOrNull(take, 'trashedAt'),
    deletedAt: numberOrNull(take, 'deletedAt'),
    clips,
    votes,
  })
  return read.success ? read.data : null
}
