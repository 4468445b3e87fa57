import {
  isBlank,
  type Draft,
  type DraftRow,
  type ModelChoice,
} from '../../../shared/domain/draft.ts'
import { COLUMNS } from '../../../shared/domain/batchColumns.ts'
import { escapeTemplate } from '../../../shared/template/escape.ts'
import { ownText } from '../../../shared/domain/ownText.ts'
import { REHEARSAL } from '../../../shared/normalise/rehearsal.ts'
import { parseSizeText, ratioOf } from '../../../shared/normalise/sizes.ts'
import type { SheetText } from '../batchFile/writeSheet.ts'
import { rowTable, type FrameCell } from './draftTable.ts'

export interface DraftSheetInput {
  readonly draft: Draft
  readonly rows: readonly DraftRow[]
  readonly frameCell: FrameCell
}

/** The draft as a batch file; defaults are written into the rows that use them. */
export function draftSheet({ draft, rows, frameCell }: DraftSheetInput): SheetText {
  const used = rows.filter((row) => !isBlank(row))
  const options = [...new Set(used.flatMap((row) => Object.keys(row.options)))]
  const header = [...COLUMNS, ...options.map((name) => `options.${name}`), ...draft.variables]
  const lines = used.map((row) => {
    const filled = withDefaults(row, draft)
    const table = rowTable({
      rows: [{ row: filled, number: 1 }],
      variables: [],
      defaultModels: [],
      lists: {},
      frameCell,
    })
    const known = table.rows[0]?.values.slice(0, COLUMNS.length) ?? []
    const models = modelCells(filled.models)
    const cells = known.map((cell, at) => models.get(COLUMNS[at]) ?? cell)
    const own = options.map((name) => ownText(row.options, name))
    return [...cells, ...own, ...draft.variables.map((name) => ownText(row.variables, name))]
  })
  return { name: draft.name, header, rows: lines }
}

/** A file has one provider a row; models on different ones are named by their routes' models alone. */
function modelCells(models: readonly ModelChoice[]): ReadonlyMap<string | undefined, string> {
  const providers = new Set(models.map(({ provider }) => provider ?? ''))
  const names = models.map(({ model }) => model).filter((model) => model !== REHEARSAL)
  const [only = ''] = providers
  return new Map([
    ['provider', providers.size === 1 ? only : ''],
    ['model', names.join(', ')],
  ])
}

const own = (cell: string, usual: string): string => (cell.trim() === '' ? usual : cell)

function withDefaults(row: DraftRow, { defaults }: Draft): DraftRow {
  return {
    ...row,
    // A file has no mark for plain text.
    prompt: row.plain ? escapeTemplate(row.prompt) : row.prompt,
    plain: false,
    models: row.models.length > 0 ? row.models : defaults.models,
    duration: own(row.duration, defaults.duration),
    ...shapeWithDefaults(row, defaults),
    takes: own(row.takes, defaults.takes),
    seed: own(row.seed, defaults.seed),
  }
}

type Shape = Pick<DraftRow, 'size' | 'aspectRatio' | 'resolution'>

/** As planning does it: a default must not change the shape that a row asks for. */
function shapeWithDefaults(row: DraftRow, defaults: Draft['defaults']): Shape {
  const { size, aspectRatio, resolution } = row
  const isRatio = parseSizeText(size)?.aspectRatio !== undefined
  if (size.trim() !== '' && !isRatio) return { size, aspectRatio, resolution }
  if (isRatio || aspectRatio.trim() !== '') {
    return { size, aspectRatio, resolution: own(resolution, defaults.resolution) }
  }
  if (resolution.trim() === '') return pickShape(defaults)
  return { size, aspectRatio: own(defaults.aspectRatio, ratioIn(defaults.size)), resolution }
}

const pickShape = ({ size, aspectRatio, resolution }: Shape): Shape => ({
  size,
  aspectRatio,
  resolution,
})

/** Of exact pixels only the shape stays, since they would win over a resolution. */
function ratioIn(size: string): string {
  const read = parseSizeText(size)
  return read?.size === undefined ? (read?.aspectRatio ?? '') : ratioOf(read.size)
}
