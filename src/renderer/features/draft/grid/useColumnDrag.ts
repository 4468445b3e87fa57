import { useRef, useState, type PointerEvent } from 'react'

import { placeColumn } from '../gridView.ts'

/** A head that is drawn along by the pointer, and where it would stand. */
interface ColumnDrag {
  readonly id: string
  /** Null: behind the last. */
  readonly before: string | null
}

/** Pixels after which a press is a drag. */
const SLACK = 6

/** Draws a column by its head to another place; Esc and a press that hardly moves leave it there. */
export function useColumnDrag(isReadOnly: boolean) {
  const [drag, setDrag] = useState<ColumnDrag | null>(null)
  const press = useRef<{ readonly id: string; readonly x: number } | null>(null)
  const end = (): void => {
    press.current = null
    setDrag(null)
  }
  return {
    drag,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>): void => {
        const id = headOf(event.target)
        if (isReadOnly || id === null || event.button !== 0 || event.shiftKey) return
        press.current = { id, x: event.clientX }
      },
      onPointerMove: (event: PointerEvent<HTMLElement>): void => {
        const from = press.current
        if (from === null || event.buttons !== 1) return
        if (drag === null && Math.abs(event.clientX - from.x) < SLACK) return
        event.currentTarget.setPointerCapture(event.pointerId)
        const before = headAfter(event.currentTarget, event.clientX)
        if (drag?.before !== before || drag.id !== from.id) setDrag({ id: from.id, before })
      },
      onPointerUp: (): void => {
        if (drag !== null) placeColumn(drag.id, drag.before)
        end()
      },
      onPointerCancel: end,
    },
  }
}

function headOf(target: EventTarget): string | null {
  if (!(target instanceof Element)) return null
  return target.closest<HTMLElement>('[data-column]')?.dataset['column'] ?? null
}

/** The first head whose middle is right of a place; null: none is. */
function headAfter(header: HTMLElement, x: number): string | null {
  for (const head of header.querySelectorAll<HTMLElement>('[data-column]')) {
    const { left, width } = head.getBoundingClientRect()
    if (x < left + width / 2) return head.dataset['column'] ?? null
  }
  return null
}
