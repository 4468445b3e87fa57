import {
  lostFrame,
  lostFrameOf,
  MAX_ADDRESS,
  type DraftRow,
  type FrameRef,
  type ModelChoice,
} from '../../../shared/domain/draft.ts'
import type { ModelOption } from '../../../shared/domain/modelOption.ts'
import { ownText } from '../../../shared/domain/ownText.ts'

export type ColumnKind = 'prompt' | 'text' | 'number' | 'frame' | 'models'

/** A column of the grid: how a row's cell reads as text, and what text makes of the cell. */
export interface GridColumn {
  /** Field of `DraftRow`, or `variables.NAME`: also the name by which problems point at it. */
  readonly id: string
  readonly title: string
  readonly kind: ColumnKind
  /** Name of the variable; null for a field of the row. */
  readonly variable: string | null
  readonly read: (row: DraftRow) => string
  readonly write: (row: DraftRow, text: string, models: readonly ModelOption[]) => DraftRow
}

type TextField = 'prompt' | 'negativePrompt' | 'duration' | 'resolution' | 'takes' | 'seed' | 'name'

const textColumn = (id: TextField, title: string, kind: ColumnKind): GridColumn => ({
  id,
  title,
  kind,
  variable: null,
  read: (row) => row[id],
  write: (row, text) => {
    const value = id === 'prompt' || id === 'negativePrompt' ? text : text.trim()
    return row[id] === value ? row : { ...row, [id]: value }
  },
})

const shapeColumn: GridColumn = {
  id: 'size',
  title: 'Shape',
  kind: 'text',
  variable: null,
  read: (row) => (row.size === '' ? row.aspectRatio : row.size),
  // One cell for both ways of saying it; pixels and ratios cannot be mixed up.
  write: (row, text) => ({ ...row, size: text.trim(), aspectRatio: '' }),
}

/** A field that holds one picture. */
export type FrameField = 'firstFrame' | 'lastFrame'

const frameColumn = (id: FrameField, title: string): GridColumn => ({
  id,
  title,
  kind: 'frame',
  variable: null,
  read: (row) => row[id] ?? '',
  write: (row, text) => {
    const frame = frameRefOf(text.trim())
    return frame === undefined || frame === row[id] ? row : { ...row, [id]: frame }
  },
})

const tagsColumn: GridColumn = {
  id: 'tags',
  title: 'Tags',
  kind: 'text',
  variable: null,
  read: (row) => row.tags.join(', '),
  write: (row, text) => ({ ...row, tags: tagsOf(text) }),
}

/** `night, hero`: each once. */
export function tagsOf(text: string): readonly string[] {
  const tags = text.split(',').map((tag) => tag.trim().slice(0, 100))
  return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, 100)
}

const PICTURE = /\.(png|jpe?g|webp|gif|avif|heic|heif|bmp|tiff?)$/i

/** Undefined: the text names no frame, and the cell stays as it is. */
function frameRefOf(text: string): FrameRef | null | undefined {
  if (text === '') return null
  if (/^frame_[0-9A-Za-z]{4,40}$/.test(text)) return text as FrameRef
  if (lostFrameOf(text) !== null) return text as FrameRef
  if (text.startsWith('https://')) return addressOf(text)
  // The name of a file leads nowhere from here: it is kept, and the check says what to do.
  return PICTURE.test(text) ? lostFrame('imageMissing', text) : undefined
}

/** One that cannot be kept is a problem of its cell, not of the whole draft. */
const addressOf = (text: string): FrameRef =>
  URL.canParse(text) && text.length <= MAX_ADDRESS
    ? (text as FrameRef)
    : lostFrame('badFrameUrl', text.slice(0, 60))

const modelsColumn: GridColumn = {
  id: 'models',
  title: 'Model',
  kind: 'models',
  variable: null,
  read: (row) => formatModels(row.models),
  write: (row, text, models) => ({ ...row, models: knownModels(text, models) }),
}

const read = new WeakMap<readonly ModelOption[], Map<string, readonly ModelChoice[]>>()
/** Texts that are remembered; a sheet has a handful. */
const MEMORY = 1000

/** A pasted column says the same in thousands of cells. */
function knownModels(text: string, models: readonly ModelOption[]): readonly ModelChoice[] {
  const known = read.get(models) ?? new Map<string, readonly ModelChoice[]>()
  read.set(models, known)
  if (known.size > MEMORY) known.clear()
  const choices = known.get(text) ?? parseModels(text, models)
  known.set(text, choices)
  return choices
}

/** `kling-v3, fal:wan-2.6`: what a copied cell holds. */
export function formatModels(choices: readonly ModelChoice[]): string {
  return choices
    .map(({ model, provider }) => (provider === null ? model : `${provider}:${model}`))
    .join(', ')
}

/**
 * Names and ids in any case. A word that names no model is kept as an id can be written, else as
 * `unknown`, and so is a provider: the check says so at its place.
 */
export function parseModels(text: string, models: readonly ModelOption[]): readonly ModelChoice[] {
  return text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => choiceOf(part, models))
}

function choiceOf(part: string, models: readonly ModelOption[]): ModelChoice {
  const [head = '', ...tail] = part.split(':')
  const hasProvider = tail.length > 0
  const name = (hasProvider ? tail.join(':') : part).trim().toLowerCase()
  const known = models.find((model) => model.id === name || model.name.toLowerCase() === name)
  return {
    model: known?.id ?? idOf(name, 80),
    provider: hasProvider && head.trim() !== '' ? idOf(head.replaceAll('.', '-'), 40) : null,
  }
}

/** As ids of models and providers are written; `unknown` when nothing of it can be. */
const idOf = (words: string, most: number): string =>
  words
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, '-')
    .replaceAll(/^[-.]+|-+$/g, '')
    .slice(0, most) || 'unknown'

export const variableColumn = (name: string): GridColumn => ({
  id: `variables.${name}`,
  title: name,
  kind: 'text',
  variable: name,
  read: (row) => ownText(row.variables, name),
  write: (row, text, models) =>
    written(row, { columns: [variableColumn(name)], textAt: () => text, models }),
})

interface CellTexts {
  readonly columns: readonly GridColumn[]
  /** By the place of the column; undefined leaves the cell as it is. */
  readonly textAt: (at: number) => string | undefined
  readonly models: readonly ModelOption[]
}

/** Writes cells of one row. A row may have hundreds of variables: they are copied once for all of them. */
export function written(row: DraftRow, { columns, textAt, models }: CellTexts): DraftRow {
  let changed = row
  let variables: Map<string, string> | null = null
  for (const [at, column] of columns.entries()) {
    const text = textAt(at)
    if (text === undefined || text === column.read(row)) continue
    if (column.variable === null) {
      changed = column.write(changed, text, models)
      continue
    }
    variables ??= new Map(Object.entries(row.variables))
    if (text === '') variables.delete(column.variable)
    else variables.set(column.variable, text)
  }
  return variables === null ? changed : { ...changed, variables: Object.fromEntries(variables) }
}

const FIXED: readonly GridColumn[] = [
  textColumn('prompt', 'Prompt', 'prompt'),
  textColumn('negativePrompt', 'Negative prompt', 'text'),
  frameColumn('firstFrame', 'First frame'),
  frameColumn('lastFrame', 'Last frame'),
  modelsColumn,
  textColumn('duration', 'Length', 'number'),
  shapeColumn,
  textColumn('resolution', 'Resolution', 'text'),
  textColumn('takes', 'Takes', 'number'),
  textColumn('seed', 'Seed', 'number'),
  tagsColumn,
  textColumn('name', 'Name', 'text'),
]

/** Every column that a draft can show; which ones it does is a matter of layout. */
export function columnsFor(variables: readonly string[]): readonly GridColumn[] {
  return [...FIXED, ...variables.map(variableColumn)]
}

/** Fields that say one thing together are marked where they stand, else in the shape's cell. */
const SHAPE = new Set(['aspectRatio', 'resolution'])

/** The column that shows problems of a field; -1: none does. */
export function columnOfProblem(columns: readonly GridColumn[], field: string | null): number {
  // Warnings name the field of the request.
  const id = field === 'durationSeconds' ? 'duration' : field
  const own = columns.findIndex((column) => column.id === id)
  if (own >= 0 || field === null || !SHAPE.has(field)) return own
  return columns.findIndex((column) => column.id === 'size')
}
