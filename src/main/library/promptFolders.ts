import { groupBy } from '../../shared/domain/groupBy.ts'
import { folderPath, type InFolder, type PromptId } from '../../shared/domain/prompt.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { ipcError, type IpcError } from '../../shared/ipc/ipcError.ts'
import type { SqlDatabase, SqlRow } from '../storage/sqlite.ts'
import { isListed, listed, textOf } from './libraryDatabase.ts'
import { IN_FOLDER, inFolder } from './promptQueries.ts'

const LONGEST = 200

/** A folder is the path that its entries name; it is there as long as one of them does. */
export function setFolder(
  db: SqlDatabase,
  ids: readonly PromptId[],
  folder: string,
): readonly InFolder[] {
  const these = `${isListed('id')} AND removedAt IS NULL`
  const before = groups(db.all(`SELECT id, folder FROM prompts WHERE ${these}`, [listed(ids)]))
  const sql = `UPDATE prompts SET folder = ?, revision = revision + 1 WHERE ${these}`
  db.run(sql, [folderPath(folder), listed(ids)])
  return before
}

/** @returns where all of it lay before */
export function moveFolder(
  db: SqlDatabase,
  from: string,
  to: string,
): Result<readonly InFolder[], IpcError> {
  const these = `removedAt IS NULL AND ${IN_FOLDER}`
  const before = groups(db.all(`SELECT id, folder FROM prompts WHERE ${these}`, inFolder(from)))
  const moved = (folder: string): string => folderPath(`${to}/${folder.slice(from.length)}`)
  const tooLong = before.find(({ folder }) => moved(folder).length > LONGEST)
  if (tooLong !== undefined) {
    const message = `The path of “${tooLong.folder}” would be longer than ${LONGEST} characters.`
    return err(ipcError('BAD_INPUT', message))
  }
  for (const { folder, ids } of before) setFolder(db, ids, moved(folder))
  return ok(before)
}

const groups = (rows: readonly SqlRow[]): readonly InFolder[] =>
  [...groupBy(rows, (row) => textOf(row, 'folder'))].map(([folder, some]) => ({
    folder,
    ids: some.map((row) => textOf(row, 'id') as PromptId),
  }))
