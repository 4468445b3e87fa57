import type { DraftRow } from '../../../../shared/domain/draft.ts'
import { readVariableSet } from '../../../../shared/domain/prompt.ts'
import { withEntry, withNames, type Entry } from '../../../store/draft/entries.ts'
import { useStore } from '../../../store/store.ts'
import { changeChosenRows } from '../gridActions.ts'

/** Into the chosen rows: a prompt or a template as their prompt, a list by its name, the values of a set. */
export function insertIntoRows(entry: Entry): void {
  const joins = `entry ${crypto.randomUUID()}`
  changeChosenRows((row): DraftRow => withEntry(row, entry), joins)
  if (entry.kind === 'variables') addColumns(entry, joins)
  useStore.getState().endStep()
}

/** Its columns stay while a row has a value in them. */
function addColumns({ text }: Entry, joins: string): void {
  const names = Object.keys(readVariableSet(text))
  useStore.getState().editDraft((doc) => {
    const variables = withNames(doc.variables, names)
    return variables === doc.variables ? doc : { ...doc, variables }
  }, joins)
}
