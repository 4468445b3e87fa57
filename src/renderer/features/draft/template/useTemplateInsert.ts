import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'

import type { DraftRow } from '../../../../shared/domain/draft.ts'
import type { PromptView } from '../../../../shared/domain/prompt.ts'
import { useCommands } from '../../../commands/useCommands.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { inserted, wordsOf } from '../../../store/draft/entries.ts'
import { insertIntoRows } from '../insert/insertActions.ts'
import { writePrompt } from './templateActions.ts'

export interface CaretRange {
  readonly from: number
  readonly to: number
}

/** Entries of the library go in at the caret of the template; a variable set fills the row. */
export function useTemplateInsert(row: DraftRow | null, text: string) {
  const why = useBlocked()
  const [isAsking, setAsking] = useState(false)
  const caret = useRef<CaretRange>({ from: text.length, to: text.length })
  useCommands({ 'draft.insert': { run: () => setAsking(true), why: () => why } })
  const close = (): void => {
    // Gone before the keys go elsewhere: an open dialog holds the focus.
    flushSync(() => setAsking(false))
    focusTemplate()
  }
  const choose = (entry: PromptView): void => {
    const at = {
      from: Math.min(caret.current.from, text.length),
      to: Math.min(caret.current.to, text.length),
    }
    if (entry.kind === 'variables' || (entry.kind !== 'list' && text.trim() === '')) {
      insertIntoRows(entry)
    } else writePrompt(row, inserted({ text, ...at }, wordsOf(entry, row?.plain)).text)
    close()
  }
  return {
    noteCaret: (range: CaretRange): void => {
      caret.current = range
    },
    isAsking,
    choose,
    close,
  }
}

/** The editor lives in a tree of its own, where no dialog can give the focus back to it. */
function focusTemplate(): void {
  const root = document.querySelector('.template-editor')?.shadowRoot
  root?.querySelector<HTMLElement>('.cm-content')?.focus()
}
