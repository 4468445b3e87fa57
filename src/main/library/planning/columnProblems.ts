import { meantColumn, type Column } from '../batchFile/columns.ts'
import { foldName } from '../../../shared/template/syntax.ts'
import type { BatchTable } from '../batchFile/batchTable.ts'
import type { Problem } from '../../../shared/domain/errors.ts'

export interface ColumnCheck {
  readonly table: BatchTable
  /** Folded names of the variables that prompts use. */
  readonly usedVariables: ReadonlySet<string>
}

/**
 * Columns that would do nothing although they look as if they should: a variable of no prompt that is
 * nearly a known column. Code `unknownColumn`; `noPromptColumn` when nothing holds the prompts.
 */
export function columnProblems({ table, usedVariables }: ColumnCheck): readonly Problem[] {
  const row = table.headerRow ?? null
  const known = new Set(table.columns.map(({ key }) => key))
  const unknown = table.columns.flatMap((column): Problem[] => {
    if (column.use !== 'variable' || usedVariables.has(foldName(column.name))) return []
    const meant = meantColumn(column)
    if (meant === undefined || known.has(meant)) return []
    return [unknownColumn(row, column, meant)]
  })
  const hasPrompt = known.has('prompt') || unknown.some(({ code }) => code === 'noPromptColumn')
  return hasPrompt ? unknown : [...unknown, noPrompt(row)]
}

function unknownColumn(row: number | null, { name }: Column, meant: string): Problem {
  const message = `There is no column named ${name}, and no prompt uses {{${name}}}.`
  if (meant === 'prompt') {
    return { ...noPrompt(row), column: name, mend: `Did you mean prompt? Rename ${name}.` }
  }
  const mend =
    meant === 'options.'
      ? 'Did you mean options.NAME, with the name of the option?'
      : `Did you mean ${meant}? Otherwise rename or remove it.`
  return { row, column: name, code: 'unknownColumn', message, mend }
}

const noPrompt = (row: number | null): Problem => ({
  row,
  column: 'prompt',
  code: 'noPromptColumn',
  message: 'No column is named prompt.',
  mend: 'Name the columns in the first row; the one with the prompts is prompt.',
})
