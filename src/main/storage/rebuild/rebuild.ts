import type { CommitGroup } from '../commitGroup.ts'
import { journalState } from '../journal/journalState.ts'
import { readJournal } from '../journal/readJournal.ts'
import { revisionsFrom, type Revisions } from '../revisions.ts'
import { adoptTakes } from './adoptTakes.ts'
import { findSidecars, type SidecarSearch } from './findSidecars.ts'

export interface RebuildOptions {
  readonly group: CommitGroup
  /** The journal's file; it may be missing. */
  readonly journal: string
  /** Where takes and their sidecars are looked for. */
  readonly folders: readonly string[]
  /** IANA name that the caps were set in. */
  readonly timeZone: string
  /** Of a running engine; absent: those of the database. */
  readonly revisions?: Revisions
}
export interface Rebuilt {
  /** Takes that the database did not know. */
  readonly adopted: number
  readonly problems: SidecarSearch['problems']
}

/**
 * Brings every take that lies on disk with its sidecar into the database, if it is not there.
 * @throws (rejects) StorageError where the journal cannot be read: nothing is brought in then
 */
export async function rebuild(options: RebuildOptions): Promise<Rebuilt> {
  const { takes, problems } = await findSidecars(options.folders)
  const content = readJournal(options.journal)
  // Without it the takes would stand apart from their operations, and the next merge fetch them anew.
  if (!content.ok) throw content.error
  const journal = journalState(content.value.lines)
  const adopted = await options.group.write((db) => {
    const revisions = options.revisions ?? revisionsFrom(db)
    return adoptTakes(db, takes, { journal, revisions, timeZone: options.timeZone })
  })
  return { adopted, problems }
}
