import type { Page } from '../../shared/domain/views.ts'

/** What a list of rows from main must have. */
export interface KeysetRow {
  readonly id: string
  readonly revision: number
}

/** One page that was read. Its rows are dropped when they are far from view; its place is kept. */
export interface LoadedPage<T> {
  /** The cursor that reads it. */
  readonly after: string | null
  readonly ids: readonly string[]
  /** What a row belongs to, e.g. its prompt; the layout of groups needs no rows. */
  readonly groups: readonly string[]
  readonly rows: readonly T[] | null
  /** Something of it changed in main: read again when in view. */
  readonly isStale: boolean
}

export interface KeysetState<T> {
  readonly pages: readonly LoadedPage<T>[]
  /** Cursor of the first page not read; null: the end is known. */
  readonly next: string | null
  readonly isStarted: boolean
  readonly error: string | null
}

export const emptyKeyset = <T>(): KeysetState<T> => ({
  pages: [],
  next: null,
  isStarted: false,
  error: null,
})

export const hasMore = <T>(state: KeysetState<T>): boolean =>
  !state.isStarted || state.next !== null

export function knownCount<T>(state: KeysetState<T>): number {
  return state.pages.reduce((sum, page) => sum + page.ids.length, 0)
}

/** Page and place of a row by its index; null beyond what was read. */
export function locate<T>(
  state: KeysetState<T>,
  index: number,
): { readonly page: number; readonly place: number } | null {
  let start = 0
  for (const [page, loaded] of state.pages.entries()) {
    if (index < start + loaded.ids.length) return { page, place: index - start }
    start += loaded.ids.length
  }
  return null
}

export function rowAt<T>(state: KeysetState<T>, index: number): T | null {
  const at = locate(state, index)
  return at === null ? null : (state.pages[at.page]?.rows?.[at.place] ?? null)
}

export function idAt<T>(state: KeysetState<T>, index: number): string | null {
  const at = locate(state, index)
  return at === null ? null : (state.pages[at.page]?.ids[at.place] ?? null)
}

/** A row whose page is here. */
export function rowById<T extends KeysetRow>(state: KeysetState<T>, id: string): T | null {
  for (const page of state.pages) {
    const found = page.rows?.find((row) => row.id === id)
    if (found !== undefined) return found
  }
  return null
}

export function indexOfId<T>(state: KeysetState<T>, id: string): number {
  let start = 0
  for (const page of state.pages) {
    const place = page.ids.indexOf(id)
    if (place >= 0) return start + place
    start += page.ids.length
  }
  return -1
}

function pageFrom<T extends KeysetRow>(
  after: string | null,
  rows: readonly T[],
  groupOf: (row: T) => string,
): LoadedPage<T> {
  return { after, ids: rows.map((row) => row.id), groups: rows.map(groupOf), rows, isStale: false }
}

/** Adds the page that `state.next` reads. */
export function withNextPage<T extends KeysetRow>(
  state: KeysetState<T>,
  page: Page<T>,
  groupOf: (row: T) => string,
): KeysetState<T> {
  const after = state.isStarted ? state.next : null
  const pages =
    page.rows.length === 0 ? state.pages : [...state.pages, pageFrom(after, page.rows, groupOf)]
  return { pages, next: page.next, isStarted: true, error: null }
}

/**
 * Puts a page that was read again in its place. It ends where the next one begins, however many rows
 * came between; when that border is gone, what follows is forgotten and read anew as needed.
 */
export function withPageAgain<T extends KeysetRow>(
  state: KeysetState<T>,
  at: number,
  read: { readonly page: Page<T>; readonly groupOf: (row: T) => string },
): KeysetState<T> {
  const old = state.pages[at]
  if (old === undefined) return state
  const border = state.pages[at + 1]?.ids[0]
  const end = border === undefined ? -1 : read.page.rows.findIndex((row) => row.id === border)
  const isWhole = end >= 0
  const rows = isWhole ? read.page.rows.slice(0, end) : read.page.rows
  const again = rows.length === 0 ? [] : [pageFrom(old.after, rows, read.groupOf)]
  const tail = isWhole ? state.pages.slice(at + 1) : []
  return {
    pages: [...state.pages.slice(0, at), ...again, ...tail],
    next: isWhole ? state.next : read.page.next,
    isStarted: true,
    error: null,
  }
}

/** Newer rows in their places. `missing` are those that no page holds: perhaps new, perhaps of another list. */
export function withPatches<T extends KeysetRow>(
  state: KeysetState<T>,
  patches: readonly T[],
): { readonly state: KeysetState<T>; readonly missing: readonly T[] } {
  const byId = new Map(patches.map((row) => [row.id, row]))
  const found = new Set<string>()
  const pages = state.pages.map((page) => {
    const places = page.ids.flatMap((id, place) => (byId.has(id) ? [place] : []))
    if (places.length === 0) return page
    for (const place of places) found.add(page.ids[place] ?? '')
    if (page.rows === null) return page
    const rows = [...page.rows]
    for (const place of places) {
      const old = rows[place]
      const fresh = byId.get(page.ids[place] ?? '')
      if (old !== undefined && fresh !== undefined && fresh.revision >= old.revision) {
        rows[place] = fresh
      }
    }
    return { ...page, rows }
  })
  return { state: { ...state, pages }, missing: patches.filter((row) => !found.has(row.id)) }
}

/** Marks every page to be read again, in view first. */
export function allStale<T>(state: KeysetState<T>): KeysetState<T> {
  if (state.pages.length === 0) return emptyKeyset<T>()
  return { ...state, pages: state.pages.map((page) => ({ ...page, isStale: true })) }
}

/** Forgets rows of pages outside `from..to` (page numbers), so that memory stays flat. */
export function trimmed<T>(state: KeysetState<T>, from: number, to: number): KeysetState<T> {
  const isFar = (at: number): boolean => at < from || at > to
  if (!state.pages.some((page, at) => isFar(at) && page.rows !== null)) return state
  return {
    ...state,
    pages: state.pages.map((page, at) => (isFar(at) ? { ...page, rows: null } : page)),
  }
}
