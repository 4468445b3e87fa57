import { engineTables } from './0001-engine.ts'
import { libraryTables } from './0002-library.ts'
import { clipTables } from './0003-clips.ts'
import { queueOrderTables } from './0004-queue-order.ts'
import { holdTables } from './0005-holds.ts'
import { voteTables } from './0006-votes.ts'
import { capExtraTables } from './0007-cap-extras.ts'
import { promptVersionTables } from './0008-prompt-versions.ts'
import { frameFitTables } from './0009-frame-fits.ts'
import { promptIndexTables } from './0010-prompt-index.ts'
import { reviewTables } from './0011-review.ts'
import { draftLayoutTables } from './0012-draft-layout.ts'
import { learnedSlotTables } from './0013-learned-slots.ts'
import { otherWayTables } from './0014-other-ways.ts'
import { countedLaterTables } from './0015-counted-later.ts'
import { jobRowTables } from './0016-job-rows.ts'
import { deletedTakeTables } from './0017-deleted-takes.ts'
import { promptPlaceTables } from './0018-prompt-places.ts'
import { taggedTakeTables } from './0019-tagged-takes.ts'
import { quickCountTables } from './0020-quick-counts.ts'

export interface Migration {
  /** As its file is called. */
  readonly name: string
  readonly sql: string
}

/** In order; the database's `user_version` counts how many were applied. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-engine', sql: engineTables },
  { name: '0002-library', sql: libraryTables },
  { name: '0003-clips', sql: clipTables },
  { name: '0004-queue-order', sql: queueOrderTables },
  { name: '0005-holds', sql: holdTables },
  { name: '0006-votes', sql: voteTables },
  { name: '0007-cap-extras', sql: capExtraTables },
  { name: '0008-prompt-versions', sql: promptVersionTables },
  { name: '0009-frame-fits', sql: frameFitTables },
  { name: '0010-prompt-index', sql: promptIndexTables },
  { name: '0011-review', sql: reviewTables },
  { name: '0012-draft-layout', sql: draftLayoutTables },
  { name: '0013-learned-slots', sql: learnedSlotTables },
  { name: '0014-other-ways', sql: otherWayTables },
  { name: '0015-counted-later', sql: countedLaterTables },
  { name: '0016-job-rows', sql: jobRowTables },
  { name: '0017-deleted-takes', sql: deletedTakeTables },
  { name: '0018-prompt-places', sql: promptPlaceTables },
  { name: '0019-tagged-takes', sql: taggedTakeTables },
  { name: '0020-quick-counts', sql: quickCountTables },
]

/** `Dail` in ASCII: marks a database file as ours (SQLite's application_id). */
export const APPLICATION_ID = 0x44_61_69_6c
