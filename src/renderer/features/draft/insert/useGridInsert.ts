import { useState } from 'react'
import { flushSync } from 'react-dom'

import type { PromptView } from '../../../../shared/domain/prompt.ts'
import { useCommands } from '../../../commands/useCommands.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { inserted, wordsOf, type Caret } from '../../../store/draft/entries.ts'
import { useStore } from '../../../store/store.ts'
import { rows } from '../gridActions.ts'
import { insertIntoRows } from './insertActions.ts'

const isFocusPlain = (): boolean => rows()[useStore.getState().selection.focus.row]?.plain === true

interface GridInsert {
  /** Goes on with the text of the cell that was being typed, its caret behind what was put in. */
  readonly type: (caret: Caret) => void
  /** Gives the keys back to the rows. */
  readonly end: () => void
}

/** Entries of the library go into the chosen rows, or at the caret of a cell that is being typed. */
export function useGridInsert({ type, end }: GridInsert) {
  const why = useBlocked()
  /** Null: the chosen rows; undefined: nothing is inserted now. */
  const [place, setPlace] = useState<Caret | null | undefined>(undefined)
  useCommands({ 'draft.insert': { run: () => setPlace(null), why: () => why } })
  // Gone before the keys go elsewhere: an open dialog holds the focus.
  const leave = (): void => flushSync(() => setPlace(undefined))
  const choose = (entry: PromptView): void => {
    leave()
    if (entry.kind === 'variables' || place === null || place === undefined) {
      insertIntoRows(entry)
      end()
    } else type(inserted(place, wordsOf(entry, isFocusPlain())))
  }
  const close = (): void => {
    leave()
    if (place === null || place === undefined) end()
    else type(place)
  }
  return {
    ask: (caret: Caret): void => setPlace(caret),
    isAsking: place !== undefined,
    choose,
    close,
  }
}
