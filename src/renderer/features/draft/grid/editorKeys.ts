import type { Direction } from '../../../store/draft/selection.ts'
import type { Onward } from './editing.ts'

/** What a key means to an open cell. */
export type EditorAct =
  /** The text stays; `isAll`: in every chosen cell. */
  | { readonly kind: 'commit'; readonly go: Onward | 'stay'; readonly isAll: boolean }
  | { readonly kind: 'cancel' }
  /** A letter is being composed: every key is the field's own. */
  | { readonly kind: 'compose' }
  /** From here on arrows go through the text. */
  | { readonly kind: 'edit' }
  | { readonly kind: 'hint'; readonly step: 1 | -1 }

export type EditorPress = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'isComposing'
>

interface Editor {
  /** A value is typed over another: arrows keep it. */
  readonly isOver: boolean
  readonly hasHints: boolean
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

/** Null: nothing to the cell; the key is the field's, or a command of the app. */
export function editorAct(press: EditorPress, { isOver, hasHints }: Editor): EditorAct | null {
  const { key } = press
  if (press.isComposing) return { kind: 'compose' }
  if (key === 'Escape') return { kind: 'cancel' }
  const go = onwardOf(press, isOver)
  if (go !== null) return { kind: 'commit', go, isAll: go === 'stay' }
  if (key === 'F2') return { kind: 'edit' }
  if (!hasHints || (key !== 'ArrowDown' && key !== 'ArrowUp')) return null
  return { kind: 'hint', step: key === 'ArrowDown' ? 1 : -1 }
}

/** Where a key that keeps the text leads: Ctrl+Enter writes every chosen cell and stays. Null: it keeps nothing. */
function onwardOf(press: EditorPress, isOver: boolean): Onward | 'stay' | null {
  const isMod = press.ctrlKey || press.metaKey
  const isNewline = press.shiftKey || press.altKey
  if (press.key === 'Enter' && !isNewline) return isMod ? 'stay' : 'below'
  if (press.key === 'Tab') return press.shiftKey ? 'previous' : 'next'
  return isOver && !isMod && !isNewline ? (ARROWS[press.key] ?? null) : null
}
