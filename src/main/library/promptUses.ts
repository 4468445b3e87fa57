import type { BatchId } from '../../shared/domain/ids.ts'
import { foldName } from '../../shared/template/syntax.ts'
import type { SqlDatabase } from '../storage/sqlite.ts'
import { isListed, listed, textOf } from './libraryDatabase.ts'
import { textKey } from './promptText.ts'

/** A row of a batch with its prompt as a person wrote it. */
export interface UsedRow {
  readonly row: number
  readonly prompt: string
}

const LIST_NAME = /__([\p{L}\p{N}](?:[\p{L}\p{N}\p{M} ./-]|_(?!_))*)__/gu

/**
 * Notes which entries the rows of a batch were made with: those that have the text of a row now or had
 * it in an earlier version, and the lists that it names.
 */
export function recordUses(db: SqlDatabase, batchId: BatchId, rows: readonly UsedRow[]): void {
  const keys = new Map(
    rows.map(({ prompt }) => [prompt, textKey({ kind: 'prompt', text: prompt })]),
  )
  const byKey = idsBy(
    db,
    `SELECT textKey AS "key", promptId AS id FROM prompt_versions WHERE ${isListed('textKey')}
     UNION SELECT textKey, id FROM prompts WHERE ${isListed('textKey')}`,
    [...keys.values()],
  )
  const names = rows.flatMap(({ prompt }) => listNames(prompt))
  const byName =
    names.length === 0
      ? new Map<string, readonly string[]>()
      : idsBy(
          db,
          'SELECT name AS "key", id FROM prompts WHERE kind = \'list\' AND removedAt IS NULL',
        )
  for (const { row, prompt } of rows) {
    const ids = new Set([
      ...(byKey.get(keys.get(prompt) ?? '') ?? []),
      ...listNames(prompt).flatMap((name) => byName.get(foldName(name)) ?? []),
    ])
    for (const id of ids)
      db.run('INSERT OR IGNORE INTO prompt_uses VALUES (?, ?, ?)', [id, batchId, row])
  }
  db.run(
    `UPDATE prompts SET uses = (SELECT count(*) FROM prompt_uses WHERE promptId = prompts.id)
     WHERE id IN (SELECT promptId FROM prompt_uses WHERE batchId = ?)`,
    [batchId],
  )
}

const listNames = (prompt: string): readonly string[] =>
  [...prompt.matchAll(LIST_NAME)].map(([, name = '']) => name.trim())

/** Ids by key; keys are texts that are compared without case. */
function idsBy(
  db: SqlDatabase,
  sql: string,
  keys?: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const row of db.all(sql, keys === undefined ? [] : [listed(keys), listed(keys)])) {
    const key = foldName(textOf(row, 'key'))
    found.set(key, [...(found.get(key) ?? []), textOf(row, 'id')])
  }
  return found
}
