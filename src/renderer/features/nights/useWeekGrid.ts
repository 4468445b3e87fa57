import { useState, type KeyboardEvent, type PointerEvent } from 'react'

import { DAYS, HOURS, isOpen, painted, type Hour, type WeekHours } from './weekHours.ts'

interface Stroke {
  readonly from: Hour
  readonly to: Hour
  readonly value: boolean
}

export interface WeekGridState {
  /** With the stroke that is being drawn. */
  readonly shown: WeekHours
  readonly focused: Hour
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerUp: () => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

/**
 * Paints hours: a stroke of the pointer, or Shift with the arrows, sets a rectangle to the opposite of
 * the hour where it began.
 */
export function useWeekGrid(days: WeekHours, onChange: (days: WeekHours) => void): WeekGridState {
  const [focused, setFocused] = useState<Hour>({ day: 0, hour: 23 })
  const [stroke, setStroke] = useState<Stroke | null>(null)
  const shown = stroke === null ? days : painted(days, stroke)
  const end = (): void => {
    if (stroke === null) return
    setStroke(null)
    onChange(painted(days, stroke))
  }
  return {
    shown,
    focused,
    onPointerDown(event) {
      const hour = hourUnder(event)
      if (hour === null || event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      setFocused(hour)
      setStroke({ from: hour, to: hour, value: !isOpen(days, hour) })
    },
    onPointerMove(event) {
      const hour = stroke === null ? null : hourUnder(event)
      if (stroke !== null && hour !== null) setStroke({ ...stroke, to: hour })
    },
    onPointerUp: end,
    onKeyDown(event) {
      const next = moved(focused, event)
      if (next !== null) {
        event.preventDefault()
        setFocused(next)
        focusOn(event.currentTarget, next)
        // As in a sheet: what Shift passes over becomes like the hour it came from.
        const value = isOpen(days, focused)
        if (event.shiftKey) onChange(painted(days, { from: focused, to: next, value }))
      } else if (event.key === ' ' || event.key === 'Enter') {
        event.preventDefault()
        onChange(painted(days, { from: focused, to: focused, value: !isOpen(days, focused) }))
      }
    },
  }
}

/** The pointer is captured, so the event names the grid and not the cell. */
function hourUnder(event: PointerEvent<HTMLElement>): Hour | null {
  const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-hour]')
  if (!(cell instanceof HTMLElement) || !event.currentTarget.contains(cell)) return null
  return { day: Number(cell.dataset['day']), hour: Number(cell.dataset['hour']) }
}

const STEPS: Readonly<Record<string, Hour>> = {
  ArrowLeft: { day: 0, hour: -1 },
  ArrowRight: { day: 0, hour: 1 },
  ArrowUp: { day: -1, hour: 0 },
  ArrowDown: { day: 1, hour: 0 },
  Home: { day: 0, hour: -HOURS },
  End: { day: 0, hour: HOURS },
}

function moved({ day, hour }: Hour, { key }: KeyboardEvent): Hour | null {
  const step = STEPS[key]
  if (step === undefined) return null
  const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value))
  return { day: within(day + step.day, DAYS.length), hour: within(hour + step.hour, HOURS) }
}

function focusOn(grid: HTMLElement, { day, hour }: Hour): void {
  const cell = grid.querySelector(`[data-day="${day}"][data-hour="${hour}"]`)
  if (cell instanceof HTMLElement) cell.focus()
}
