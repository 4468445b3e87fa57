import { foldName } from '../../../shared/template/syntax.ts'
import { variableColumn, type GridColumn } from './columns.ts'
import type { Matrix } from './edits.ts'

/** A block of cells and the column that each of its cells goes into. */
export interface PasteBlock {
  readonly matrix: Matrix
  readonly columns: readonly GridColumn[]
  /** Variables that the draft has no column for yet. */
  readonly added: readonly string[]
  /** Its first row named the columns. */
  readonly hasHeader: boolean
}

interface PastePlace {
  /** As they are shown. */
  readonly shown: readonly GridColumn[]
  /** Hidden ones too. */
  readonly all: readonly GridColumn[]
  /** The column where the block begins. */
  readonly left: number
  /** Nothing is written in the draft yet, so that a first row may name the columns. */
  readonly isEmpty: boolean
}

/**
 * Where a pasted block goes: into the columns that its header names where the draft is empty, else into
 * those from the left on. Cells that the grid has no column for become variables.
 */
export function pasteBlock(matrix: Matrix, place: PastePlace): PasteBlock {
  const named = place.isEmpty ? underHeader(matrix, place.all) : null
  if (named !== null) return named
  // Cells that hold nothing need no column.
  const width = matrix.reduce((most, row) => Math.max(most, filledWidth(row)), 0)
  const there = place.shown.slice(place.left)
  const added = newNames(width - there.length, place.all)
  return { matrix, columns: [...there, ...added.map(variableColumn)], added, hasHeader: false }
}

const filledWidth = (row: readonly string[]): number => row.findLastIndex((cell) => cell !== '') + 1

/** Null: the first row is no header. One names the prompts, and every column once. */
function underHeader(matrix: Matrix, all: readonly GridColumn[]): PasteBlock | null {
  const [header = [], ...body] = matrix
  const names = header.map((name) => name.trim())
  const columns = names.map((name) => knownColumn(name, all) ?? variableColumn(name))
  const isOnce = new Set(columns.map(({ id }) => foldName(id))).size === columns.length
  const hasPrompt = columns.some(({ id }) => id === 'prompt')
  const isWhole = names.every((name) => name !== '' && name.length <= 60)
  const isWide = matrix.some((row) => row.length > names.length)
  if (body.length === 0 || !hasPrompt || !isOnce || !isWhole || isWide) return null
  const known = new Set(all.map(({ id }) => id))
  const added = columns.flatMap(({ id, variable }) =>
    variable === null || known.has(id) ? [] : [variable],
  )
  return { matrix: body, columns, added, hasHeader: true }
}

/** Names of batch files for columns that the grid calls otherwise. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  prompts: 'prompt',
  text: 'prompt',
  models: 'models',
  length: 'duration',
  seconds: 'duration',
  aspectratio: 'size',
  ratio: 'size',
  image: 'firstFrame',
  tag: 'tags',
}

const bare = (name: string): string => foldName(name).replaceAll(/[\s_-]+/g, '')

function knownColumn(name: string, all: readonly GridColumn[]): GridColumn | undefined {
  const key = bare(name)
  const other = Object.hasOwn(OTHER_NAMES, key) ? OTHER_NAMES[key] : undefined
  return all.find(
    ({ id, title, variable }) =>
      id === other || bare(title) === key || (variable === null && bare(id) === key),
  )
}

/** `extra 1`, `extra 2`: as many as are missing, none that is there. */
function newNames(count: number, all: readonly GridColumn[]): readonly string[] {
  const taken = new Set(all.map(({ title }) => foldName(title)))
  const names: string[] = []
  for (let number = 1; names.length < count; number += 1) {
    const name = `extra ${number}`
    if (!taken.has(name)) names.push(name)
  }
  return names
}
