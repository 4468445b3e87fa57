import type { DraftDefaults, DraftRow } from '../../../../shared/domain/draft.ts'
import type { ModelOption } from '../../../../shared/domain/modelOption.ts'
import type { GridColumn } from '../../../store/draft/columns.ts'
import { variablesIn } from '../../../store/draft/variables.ts'

/** What a cell of plain words shows; faint when the value is not the row's own. */
export interface CellText {
  readonly text: string
  readonly isFaint: boolean
}

interface CellContext {
  readonly models: readonly ModelOption[]
  readonly defaults: DraftDefaults
}

export const NONE = '–'

export function cellText(row: DraftRow, column: GridColumn, context: CellContext): CellText {
  if (column.kind === 'models') return modelsText(row, context)
  const own = column.read(row)
  if (own !== '') return { text: withUnit(column.id, own), isFaint: false }
  if (column.variable !== null) {
    // An empty cell that the prompt uses is a gap to fill; any other is none of its business.
    const isUsed = variablesIn(row.prompt).includes(column.variable)
    return { text: isUsed ? '' : NONE, isFaint: true }
  }
  const fallback = defaultOf(column.id, context.defaults)
  return { text: fallback === '' ? NONE : withUnit(column.id, fallback), isFaint: true }
}

function modelsText(row: DraftRow, { models, defaults }: CellContext): CellText {
  const shown = row.models.length > 0 ? row.models : defaults.models
  const [first] = shown
  if (first === undefined) return { text: NONE, isFaint: true }
  const name = nameOf(first.model, models)
  const more = shown.length > 1 ? ` +${shown.length - 1}` : ''
  return { text: `${name}${more}`, isFaint: row.models.length === 0 }
}

/** A tier that is taken by its own name is told as one. */
function nameOf(choice: string, models: CellContext['models']): string {
  const model = models.find(({ id }) => id === choice)
  if (model !== undefined) return model.name
  const ways = models.flatMap(({ name, routes }) => routes.map((route) => ({ name, route })))
  const way = ways.find(({ route }) => route.choice === choice)
  return way === undefined ? choice : `${way.name}, ${way.route.tier ?? ''}`
}

function withUnit(column: string, text: string): string {
  return column === 'duration' && /^\d+(\.\d+)?$/.test(text) ? `${text} s` : text
}

function defaultOf(column: string, defaults: DraftDefaults): string {
  switch (column) {
    case 'duration':
      return defaults.duration
    case 'size':
      return defaults.size === '' ? defaults.aspectRatio : defaults.size
    case 'takes':
      return defaults.takes === '' ? '1' : defaults.takes
    case 'seed':
      return defaults.seed
    default:
      return ''
  }
}
