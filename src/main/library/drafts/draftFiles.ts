import { basename, dirname, extname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { ColumnName } from '../../../shared/domain/batchColumns.ts'
import type {
  ColumnTarget,
  ImportProgress,
  ImportReading,
} from '../../../shared/domain/batchImport.ts'
import { readNames } from '../../../shared/domain/cell.ts'
import {
  emptyRow,
  isLibraryFrame,
  NO_DEFAULTS,
  type Draft,
  type DraftDefaults,
  type DraftId,
  type DraftRow,
  type FrameRef,
  type ModelChoice,
} from '../../../shared/domain/draft.ts'
import type { Problem } from '../../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { inPortions, rowsPerTurn } from '../../../shared/domain/rowsPerTurn.ts'
import { splitValues } from '../../../shared/template/variables.ts'
import type { BatchRow, BatchTable } from '../batchFile/batchTable.ts'
import { mapColumns, NAME_PROBLEMS } from '../batchFile/mapColumns.ts'
import type { ReadBatchFile } from '../batchFile/readBatchFile.ts'
import type { SheetReader } from '../batchFile/sheetReader.ts'
import type { Catalogue } from '../catalogue.ts'
import type { DraftStore } from '../draftStore.ts'
import type { PromptLibrary } from '../promptLibrary.ts'
import { bringFrames, type BroughtFrames, type FrameTools } from './bringFrames.ts'
import { cutToFit } from './cutToFit.ts'
import { keepLists } from './keepLists.ts'
import { modelChoices } from './modelChoices.ts'

export interface DraftFilesOptions extends FrameTools {
  readonly drafts: DraftStore
  readonly prompts: PromptLibrary
  readonly catalogue: Catalogue
  readonly newId: () => string
  readonly sheets: Pick<SheetReader, 'read'>
}

export interface DraftRead {
  readonly draft: Draft
  readonly problems: readonly Problem[]
}
export interface ReadWish {
  readonly path: string
  /** Null: a new draft, named after the file. */
  readonly into: DraftId | null
  /** For a new draft. */
  readonly defaults?: DraftDefaults
  readonly name?: string
  /** How the file is read, and what its columns are for; absent: as the file says itself. */
  readonly reading?: ImportReading
  readonly columns?: readonly ColumnTarget[]
  /** Ends it; what had come in goes again. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}
type Progress = Pick<ImportProgress, 'what' | 'done' | 'total'>

/** Batch files in the app. */
export interface DraftFiles {
  /**
   * Reads a batch file behind the rows of a draft, or into a new one. Cells come in as they are; what
   * is wrong with them shows in the draft. Error: nothing of the file could be read.
   */
  read(wish: ReadWish): Promise<Result<DraftRead, { readonly message: string }>>
}

export function createDraftFiles(options: DraftFilesOptions): DraftFiles {
  const { drafts, prompts, sheets } = options
  return {
    async read({ path, into, defaults = NO_DEFAULTS, ...wish }) {
      const { signal } = wish
      const isStopped = (): boolean => signal?.aborted === true
      const wanted = { path, plain: false, reading: wish.reading }
      const file = mapped(await sheets.read(wanted, signal), wish)
      if (file.table === null) return err({ message: sentence(file.problems) })
      const { table } = file
      const frames = await bringFrames(options, table, { ...wish, folder: dirname(path) })
      if (isStopped()) return err(stopped(frames))
      const lists = await keepLists(prompts, table.lists)
      const name = wish.name ?? table.name ?? basename(path, extname(path))
      const draft =
        (into === null ? null : drafts.get(into)) ?? (await drafts.create({ name, defaults }))
      const brought = await bringRows({ ...options, ...wish, frames: frames.refs }, table, draft)
      if (isStopped()) {
        await takeBack(drafts, draft, into === null)
        return err(stopped(frames))
      }
      const problems = [...file.problems, ...lists, ...frames.problems, ...brought.problems]
      return ok({ draft: brought.draft, problems })
    },
  }
}

/** Pictures are of use without their rows, so those that came first stay. */
const stopped = ({ refs }: BroughtFrames): { readonly message: string } => {
  const came = [...refs.values()].some((ref) => isLibraryFrame(ref))
  const rest = came ? 'no row came in. Pictures that were read stay in Frames.' : 'nothing came in.'
  return { message: `The import was stopped; ${rest}` }
}

/** A draft as it was before rows came in behind its own; a new one goes whole. */
async function takeBack(drafts: DraftStore, { id, rows }: Draft, isNew: boolean): Promise<void> {
  if (isNew) return void (await drafts.setRemoved(id, true))
  const brought = drafts.stamps(id).slice(rows)
  for (const some of inPortions(brought, 1000)) {
    await drafts.save({ draftId: id, head: {}, put: [], remove: some.map((row) => row.id) })
  }
}

function mapped(
  { table, problems }: ReadBatchFile,
  { columns }: Pick<ReadWish, 'columns'>,
): Pick<ReadBatchFile, 'table' | 'problems'> {
  if (table === null || columns === undefined) return { table, problems }
  const chosen = mapColumns(table, columns)
  const rest = problems.filter(({ code }) => !NAME_PROBLEMS.includes(code))
  return { table: chosen.table, problems: [...rest, ...chosen.problems] }
}

const sentence = (problems: readonly Problem[]): string =>
  problems
    .slice(0, 3)
    .map(({ row, message, mend }) => `${row === null ? '' : `Row ${row}: `}${message} ${mend}`)
    .join(' ') || 'The file could not be read.'

function lastPosition(drafts: DraftStore, { id }: Draft): number {
  const last = drafts.stamps(id).at(-1)
  return last === undefined ? 0 : (drafts.rowsById(id, [last.id])[0]?.position ?? 0)
}

/** Behind the rows that are there. */
async function bringRows(
  options: Omit<RowOptions, 'after'> &
    Pick<DraftFilesOptions, 'drafts'> &
    Pick<ReadWish, 'signal' | 'onProgress'>,
  table: BatchTable,
  draft: Draft,
): Promise<DraftRead> {
  const { drafts, signal, onProgress } = options
  const first = lastPosition(drafts, draft)
  const problems: Problem[] = []
  let saved = draft
  const total = table.rows.length
  let from = 0
  for (const rows of inPortions(table.rows, rowsPerTurn(table.columns.length))) {
    if (signal?.aborted === true) break
    const some = { ...table, rows }
    const made = rowsOf(some, { ...options, after: first + from })
    problems.push(...made.problems)
    saved = await saveRows(drafts, saved, made.rows)
    from += rows.length
    onProgress?.({ what: 'rows', done: from, total })
    await setImmediate()
  }
  return { draft: saved, problems }
}

async function saveRows(
  drafts: DraftStore,
  draft: Draft,
  put: readonly DraftRow[],
): Promise<Draft> {
  const names = new Set(draft.variables)
  for (const { variables } of put) for (const name of Object.keys(variables)) names.add(name)
  const head = names.size > draft.variables.length ? { variables: [...names] } : {}
  return (await drafts.save({ draftId: draft.id, head, put, remove: [] })) ?? draft
}

function cellOf({ columns }: BatchTable, { values }: BatchRow, name: ColumnName): string {
  return values[columns.findIndex(({ key }) => key === name)] ?? ''
}

interface RowOptions extends Pick<DraftFilesOptions, 'catalogue' | 'newId'> {
  readonly frames: ReadonlyMap<string, FrameRef>
  /** Position of the last row that is there. */
  readonly after: number
}

interface Rows {
  readonly rows: readonly DraftRow[]
  readonly problems: readonly Problem[]
}

function rowsOf(table: BatchTable, options: RowOptions): Rows {
  const problems: Problem[] = []
  const rows = table.rows.map((source, index) => {
    const cell = (name: ColumnName): string => cellOf(table, source, name)
    const frame = (name: ColumnName): FrameRef | null => options.frames.get(cell(name)) ?? null
    const models: readonly ModelChoice[] = modelChoices(options.catalogue, {
      models: readNames(cell('model')),
      provider: cell('provider').toLowerCase(),
    })
    const row: DraftRow = {
      ...emptyRow(`row_${options.newId()}`, options.after + index + 1),
      prompt: cell('prompt'),
      negativePrompt: cell('negative_prompt'),
      firstFrame: frame('first_frame'),
      lastFrame: frame('last_frame'),
      references: splitValues(cell('reference')).flatMap((text) => options.frames.get(text) ?? []),
      models,
      duration: cell('duration'),
      size: cell('size'),
      aspectRatio: cell('aspect_ratio'),
      resolution: cell('resolution'),
      takes: cell('takes'),
      seed: cell('seed'),
      tags: readNames(cell('tags')),
      name: cell('name'),
      variables: cellsFor(table, source, 'variable'),
      options: cellsFor(table, source, 'option'),
    }
    // A cell beyond what a draft holds is cut there rather than refused with the whole file.
    const cut = cutToFit(row)
    problems.push(...cut.columns.map((column) => tooLong(source.row, column)))
    return cut.row
  })
  return { rows, problems }
}

const tooLong = (row: number, column: string): Problem => ({
  row,
  column,
  code: 'cellCut',
  message: `${column} holds more than a draft can keep, so it was cut.`,
  mend: 'Shorten it in the file and import again, or mend it in the draft.',
})

function cellsFor(
  { columns }: BatchTable,
  { values }: BatchRow,
  use: 'variable' | 'option',
): Readonly<Record<string, string>> {
  const cells: [string, string][] = []
  for (const [at, column] of columns.entries()) {
    const value = values[at] ?? ''
    if (column.use === use && value !== '') {
      cells.push([column.name.replace(/^options\./i, ''), value])
    }
  }
  return Object.fromEntries(cells)
}
