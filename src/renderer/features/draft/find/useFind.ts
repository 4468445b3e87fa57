import { useDeferredValue, useMemo, useState } from 'react'

import {
  expressionOf,
  findIn,
  nextFound,
  NOTHING_FOUND,
  replacedIn,
  type Found,
  type FindQuery,
} from '../../../store/draft/find.ts'
import { atCell, rangeOf, type CellRange } from '../../../store/draft/selection.ts'
import { notify } from '../../../store/notify.ts'
import { useStore } from '../../../store/store.ts'
import { plural } from '../../../ui/format.ts'
import { context, edit, rows as rowsShown } from '../gridActions.ts'
import { showOnly } from '../gridView.ts'
import { useColumns } from '../useColumns.ts'
import { useShown } from '../useShown.ts'

export interface Find {
  readonly query: FindQuery
  readonly by: string
  /** The cells that were chosen when the search was held to them; null: everywhere. */
  readonly range: CellRange | null
  readonly found: Found
  /** Why the pattern cannot be read; null: it can. */
  readonly error: string | null
  readonly change: (query: Partial<FindQuery>) => void
  readonly setBy: (by: string) => void
  readonly holdToSelection: (isHeld: boolean) => void
  readonly go: (step: 1 | -1) => void
  readonly replaceHere: () => void
  readonly replaceAll: () => void
  readonly showFound: () => void
}

const EMPTY: FindQuery = { text: '', matchCase: false, isPattern: false }

/** Find and replace over the rows that are shown. */
export function useFind(): Find {
  const [query, setQuery] = useState(EMPTY)
  const [by, setBy] = useState('')
  const [range, setRange] = useState<CellRange | null>(null)
  const { found, error } = useFound(query, range)

  const go = (step: 1 | -1): void => {
    const { selection, select } = useStore.getState()
    const next = nextFound(found, selection.focus, step)
    if (next !== null) select(atCell(next))
  }

  return {
    query,
    by,
    range,
    found,
    error,
    change: (part) => setQuery({ ...query, ...part }),
    setBy,
    holdToSelection: (isHeld) => setRange(isHeld ? rangeOf(useStore.getState().selection) : null),
    go,
    replaceHere: () => {
      const { row, col } = useStore.getState().selection.focus
      const isHere = found.cells.some((cell) => cell.row === row && cell.col === col)
      if (isHere) replace(query, by, { top: row, bottom: row, left: col, right: col })
      go(1)
    },
    replaceAll: () => {
      replace(query, by, range)
      sayReplaced(found)
    },
    showFound: () => {
      const hits = new Set(found.cells.map(({ row }) => row))
      const ids = rowsShown().flatMap(({ id }, index) => (hits.has(index) ? [id] : []))
      showOnly(ids, `“${query.text}” stands in the row`)
    },
  }
}

interface Outcome {
  readonly found: Found
  readonly error: string | null
}

/** Counted behind the typing, never before it. */
function useFound(query: FindQuery, range: CellRange | null): Outcome {
  const { rows } = useShown()
  const columns = useColumns()
  const wanted = useDeferredValue(query)
  return useMemo(() => {
    const read = expressionOf(wanted)
    if (!read.ok) return { found: NOTHING_FOUND, error: read.error }
    if (read.value === null) return { found: NOTHING_FOUND, error: null }
    return { found: findIn({ rows, columns, range }, read.value), error: null }
  }, [wanted, rows, columns, range])
}

function replace(query: FindQuery, by: string, range: CellRange | null): void {
  const read = expressionOf(query)
  if (!read.ok || read.value === null) return
  const expression = read.value
  const { isPattern } = query
  edit((current) => replacedIn({ ...context(), rows: current, range, expression, by, isPattern }))
}

function sayReplaced({ count, cells }: Found): void {
  notify({
    text: `Replaced ${plural(count, 'time')} in ${plural(cells.length, 'cell')}.`,
    tone: 'done',
    action: { label: 'Undo', run: () => useStore.getState().undoDraft() },
  })
}
