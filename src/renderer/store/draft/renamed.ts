import { COLUMNS } from '../../../shared/domain/batchColumns.ts'
import type { ColumnLayout, DraftRow } from '../../../shared/domain/draft.ts'
import { foldName, MAX_NAME_LENGTH } from '../../../shared/template/syntax.ts'
import { readVariable } from '../../../shared/template/tokens.ts'
import { variableColumn } from './columns.ts'
import type { DraftDoc } from './sync.ts'
import { placesOf } from './variables.ts'

/** Another name for a column of a variable. */
export interface Renaming {
  readonly from: string
  readonly to: string
}

/** A sentence on why the name cannot be had; null: it can. */
export function whyNotNamed({ variables }: DraftDoc, { from, to }: Renaming): string | null {
  const key = foldName(to)
  if (key === '') return 'A column needs a name: prompts call it by that.'
  if (readVariable(`{{${to}}}`, 0) === undefined) {
    return `A name has at most ${MAX_NAME_LENGTH} characters, and none of { } | \\ in it.`
  }
  const isTaken = variables.some((name) => foldName(name) === key && name !== from)
  if (isTaken) return `There is a column ${to} already.`
  const known = key.replaceAll(/[\s-]+/g, '_')
  const isKnown = COLUMNS.some((name) => name === known) || key.startsWith('options.')
  return isKnown ? `In an exported sheet ${to} means something else.` : null
}

/** The variable has its new name everywhere: in its column, in every row, and in the prompts that name it. */
export function withRenamed(doc: DraftDoc, renaming: Renaming): DraftDoc {
  const { from, to } = renaming
  return {
    ...doc,
    variables: doc.variables.map((name) => (name === from ? to : name)),
    layout: doc.layout === null ? null : laidOut(doc.layout, renaming),
    rows: doc.rows.map((row) => renamedIn(row, renaming)),
  }
}

function laidOut(layout: ColumnLayout, { from, to }: Renaming): ColumnLayout {
  const [old, now] = [variableColumn(from).id, variableColumn(to).id]
  const named = (id: string): string => (id === old ? now : id)
  const widths = Object.entries(layout.widths).map(([id, width]) => [named(id), width] as const)
  return {
    ...layout,
    order: layout.order.map(named),
    hidden: layout.hidden.map(named),
    widths: Object.fromEntries(widths),
  }
}

function renamedIn(row: DraftRow, { from, to }: Renaming): DraftRow {
  const key = foldName(from)
  const cells = Object.entries(row.variables)
  const hasCell = cells.some(([name]) => foldName(name) === key)
  const prompt = row.plain ? row.prompt : renamedPrompt(row.prompt, { from, to })
  if (!hasCell && prompt === row.prompt) return row
  const variables = hasCell
    ? Object.fromEntries(
        cells.map(([name, value]) => [foldName(name) === key ? to : name, value] as const),
      )
    : row.variables
  return { ...row, prompt, variables }
}

function renamedPrompt(prompt: string, { from, to }: Renaming): string {
  const key = foldName(from)
  const places = placesOf(prompt).filter(({ name }) => foldName(name) === key)
  return places.reduceRight((text, { offset }) => {
    const end = readVariable(text, offset)?.end ?? offset
    return `${text.slice(0, offset)}{{${to}}}${text.slice(end)}`
  }, prompt)
}
