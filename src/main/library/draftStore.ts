import {
  emptyRow,
  NO_DEFAULTS,
  type Draft,
  type DraftDefaults,
  type DraftId,
  type DraftOptions,
  type DraftRow,
  type DraftRowId,
} from '../../shared/domain/draft.ts'
import {
  columnLayoutSchema,
  draftDefaultsSchema,
  draftOptionsSchema,
  draftRowIdSchema,
  draftRowSchema,
} from '../../shared/domain/draftSchema.ts'
import {
  cursorOf,
  cursorValues,
  isListed,
  listed,
  numberOf,
  parsedOrNull,
  textOf,
  textsOf,
  type LibraryOptions,
} from './libraryDatabase.ts'
import { z } from 'zod'
import type { Page } from '../../shared/domain/views.ts'
import type { SqlDatabase, SqlRow } from '../storage/sqlite.ts'
import { parseJson } from '../../shared/domain/json.ts'

/** Parts of a draft's head that a save may replace. */
export type DraftHead = {
  readonly [K in 'name' | 'defaults' | 'options' | 'variables' | 'layout']?: Draft[K] | undefined
}
export interface DraftPatch {
  readonly draftId: DraftId
  readonly head: DraftHead
  readonly put: readonly DraftRow[]
  readonly remove: readonly DraftRowId[]
}

/** Drafts and their rows. A save writes the rows that changed, never the whole draft. */
export interface DraftStore {
  list(): readonly Draft[]
  get(id: DraftId): Draft | null
  rows(query: {
    readonly draftId: DraftId
    readonly after: string | null
    readonly limit: number
  }): Page<DraftRow>
  /** Every row in order, as little as is needed to tell which changed. */
  stamps(id: DraftId): readonly RowStamp[]
  /** In no order; unknown ids are left out. */
  rowsById(id: DraftId, rowIds: readonly DraftRowId[]): readonly DraftRow[]
  create(head: DraftHead & { readonly name: string }): Promise<Draft>
  /** Null when there is no such draft. */
  save(patch: DraftPatch): Promise<Draft | null>
  duplicate(id: DraftId, name: string): Promise<Draft | null>
  setRemoved(id: DraftId, removed: boolean): Promise<Draft | null>
  /** Drops for good what was removed before this start. */
  purge(): Promise<void>
}
export interface RowStamp {
  readonly id: DraftRowId
  readonly revision: number
}

const stampsSchema = z.array(z.tuple([draftRowIdSchema, z.int()]))

const NO_OPTIONS: DraftOptions = {
  expand: { kind: 'product' },
  project: null,
  cap: null,
  allowUnpriced: false,
  concurrency: null,
}
/** A cap may have stood there: nothing that costs is run until the person sets one. */
const UNREADABLE_OPTIONS: DraftOptions = { ...NO_OPTIONS, cap: { micros: 0, currency: 'USD' } }
/** No length: a row or a draft that holds it stops a run as a problem that names it. */
const UNREADABLE = 'cannot be read'
/** Rows with a model of their own would run without the length and the takes that stood there. */
const UNREADABLE_DEFAULTS: DraftDefaults = { ...NO_DEFAULTS, duration: UNREADABLE }
const HEAD = `SELECT d.*, (SELECT count(*) FROM draft_rows r WHERE r.draftId = d.id) AS rows FROM drafts d`

export function createDraftStore({ database, now, newId }: LibraryOptions): DraftStore {
  const { reader } = database
  const read = (id: DraftId): Draft | null => draftAt(reader, id)
  return {
    list: () =>
      reader.all(`${HEAD} WHERE removedAt IS NULL ORDER BY updatedAt DESC, id DESC`).map(toDraft),
    get: read,
    rows: (query) => readPage(reader, query),
    stamps: (id) => readStamps(reader, id),
    rowsById: (id, rowIds) =>
      reader
        .all(`SELECT id, position, cells FROM draft_rows WHERE draftId = ? AND ${isListed('id')}`, [
          id,
          listed(rowIds),
        ])
        .map(toRow),
    create: (head) =>
      database.write((db) => insertDraft(db, { id: `draft_${newId()}`, head, at: now() })),
    save: (patch) => database.write((db) => applyPatch(db, patch, now())),
    duplicate: (id, name) =>
      database.write((db) => copyDraft(db, { from: id, to: `draft_${newId()}`, name, at: now() })),
    setRemoved: (id, removed) =>
      database.write((db) => {
        db.run('UPDATE drafts SET removedAt = ?, revision = revision + 1 WHERE id = ?', [
          removed ? now() : null,
          id,
        ])
        return draftAt(db, id)
      }),
    purge: () =>
      database.write((db) => {
        const gone = 'SELECT id FROM drafts WHERE removedAt IS NOT NULL'
        db.run(`DELETE FROM draft_rows WHERE draftId IN (${gone})`)
        db.run('DELETE FROM drafts WHERE removedAt IS NOT NULL')
      }),
  }
}

type Reader = Pick<SqlDatabase, 'get' | 'all'>

/** One answer of the database instead of one a row: a draft is asked after every key press. */
function readStamps(db: Reader, id: DraftId): readonly RowStamp[] {
  const row = db.get(
    `SELECT json_group_array(json_array(id, revision)) AS stamps FROM
     (SELECT id, revision FROM draft_rows WHERE draftId = ? ORDER BY position, id)`,
    [id],
  )
  if (row === undefined) return []
  const stamps = stampsSchema.parse(parseJson(textOf(row, 'stamps')))
  return stamps.map(([rowId, revision]) => ({ id: rowId, revision }))
}

function draftAt(db: Reader, id: DraftId): Draft | null {
  const row = db.get(`${HEAD} WHERE d.id = ? AND removedAt IS NULL`, [id])
  return row === undefined ? null : toDraft(row)
}

function toDraft(row: SqlRow): Draft {
  return {
    id: textOf(row, 'id') as DraftId,
    name: textOf(row, 'name'),
    defaults: parsedOrNull(row, 'defaults', draftDefaultsSchema) ?? UNREADABLE_DEFAULTS,
    options: parsedOrNull(row, 'options', draftOptionsSchema) ?? UNREADABLE_OPTIONS,
    variables: textsOf(row, 'variables'),
    layout: parsedOrNull(row, 'layout', columnLayoutSchema),
    rows: numberOf(row, 'rows'),
    createdAt: numberOf(row, 'createdAt'),
    updatedAt: numberOf(row, 'updatedAt'),
    revision: numberOf(row, 'revision'),
  }
}

const textIf = (value: Draft[keyof Draft] | undefined): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value)

const cellsSchema = z.looseObject({})

/** A row that cannot be read is shown as it is stored, in its prompt: nothing of it is lost, and the others stand. */
function toRow(row: SqlRow): DraftRow {
  const id = textOf(row, 'id') as DraftRowId
  const position = numberOf(row, 'position')
  const cells = parsedOrNull(row, 'cells', cellsSchema)
  const read = draftRowSchema.safeParse({ ...cells, id, position })
  if (read.success) return read.data
  const stored = textOf(row, 'cells')
  // A row without a prompt would be left out as one that nobody began.
  const prompt = stored.trim() === '' ? UNREADABLE : stored
  return { ...emptyRow(id, position), prompt, plain: true, duration: UNREADABLE }
}

function readPage(
  db: Reader,
  { draftId, after, limit }: { draftId: DraftId; after: string | null; limit: number },
): Page<DraftRow> {
  const [position, id] = cursorValues(after) ?? []
  const isFirst = typeof position !== 'number' || typeof id !== 'string'
  const found = db.all(
    `SELECT id, position, cells FROM draft_rows WHERE draftId = ?
     ${isFirst ? '' : 'AND (position, id) > (?, ?)'} ORDER BY position, id LIMIT ?`,
    isFirst ? [draftId, limit + 1] : [draftId, position, id, limit + 1],
  )
  const rows = found.slice(0, limit).map(toRow)
  const last = rows.at(-1)
  const isMore = found.length > limit && last !== undefined
  return { rows, next: isMore ? cursorOf(last.position, last.id) : null }
}

function insertDraft(
  db: SqlDatabase,
  { id, head, at }: { id: DraftId; head: DraftHead & { name: string }; at: number },
): Draft {
  const values = {
    id,
    name: head.name,
    defaults: JSON.stringify(head.defaults ?? NO_DEFAULTS),
    options: JSON.stringify(head.options ?? NO_OPTIONS),
    variables: JSON.stringify(head.variables ?? []),
    layout: textIf(head.layout),
    at,
  }
  db.run(
    `INSERT INTO drafts (id, name, defaults, options, variables, layout, createdAt, updatedAt, revision)
     VALUES (:id, :name, :defaults, :options, :variables, :layout, :at, :at, 1)`,
    values,
  )
  return toDraft({ ...values, rows: 0, createdAt: at, updatedAt: at, revision: 1 })
}

/** What a save does not name stays as it is stored, also where it cannot be read. */
function applyPatch(db: SqlDatabase, patch: DraftPatch, at: number): Draft | null {
  const old = draftAt(db, patch.draftId)
  if (old === null) return null
  const { draftId, head, put, remove } = patch
  const revision = old.revision + 1
  db.run(
    `UPDATE drafts SET name = coalesce(:name, name), defaults = coalesce(:defaults, defaults),
     options = coalesce(:options, options), variables = coalesce(:variables, variables),
     layout = iif(:keepsLayout, layout, :layout), updatedAt = :at, revision = :revision WHERE id = :draftId`,
    {
      name: head.name ?? null,
      defaults: textIf(head.defaults),
      options: textIf(head.options),
      variables: textIf(head.variables),
      layout: textIf(head.layout),
      keepsLayout: head.layout === undefined ? 1 : 0,
      at,
      revision,
      draftId,
    },
  )
  for (const id of remove) {
    db.run('DELETE FROM draft_rows WHERE draftId = ? AND id = ?', [draftId, id])
  }
  for (const { id, position, ...cells } of put) {
    db.run(
      `INSERT INTO draft_rows VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
       SET position = excluded.position, cells = excluded.cells, revision = excluded.revision`,
      [draftId, id, position, JSON.stringify(cells), revision],
    )
  }
  return draftAt(db, draftId)
}

function copyDraft(
  db: SqlDatabase,
  { from, to, name, at }: { from: DraftId; to: DraftId; name: string; at: number },
): Draft | null {
  const old = draftAt(db, from)
  if (old === null) return null
  insertDraft(db, { id: to, head: { ...old, name }, at })
  db.run(
    'INSERT INTO draft_rows SELECT ?, id, position, cells, 1 FROM draft_rows WHERE draftId = ?',
    [to, from],
  )
  return draftAt(db, to)
}
