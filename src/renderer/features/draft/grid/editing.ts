import { createContext, use } from 'react'

import type { Caret } from '../../../store/draft/entries.ts'
import type { Direction } from '../../../store/draft/selection.ts'

/** Enter goes below, Tab to the next cell, an arrow its own way. */
export type Onward = 'below' | 'next' | 'previous' | Direction

/** What an open cell editor asks of the grid around it. */
export interface GridEditing {
  /** Keeps the text; `isAll` writes it into every chosen cell. */
  readonly commit: (
    text: string,
    how: {
      /** `away`: the person went elsewhere, and the keys stay there. */
      readonly go: Onward | 'stay' | 'away'
      readonly isAll?: boolean
    },
  ) => void
  /** Keeps the text while it is still being typed: nothing of a long prompt is lost, all of it is checked. */
  readonly keep: (text: string) => void
  /** Keeps the text, and asks for an entry of the library that goes in at the caret. */
  readonly insert: (caret: Caret) => void
  /** Leaves the cell; `original` is what it held, where something was kept meanwhile. */
  readonly cancel: (original?: string) => void
}

export const GridEditingContext = createContext<GridEditing | null>(null)

export function useGridEditing(): GridEditing {
  const editing = use(GridEditingContext)
  if (editing === null) throw new Error('A cell editor stands outside a grid.')
  return editing
}
