// oxlint-disable jsx-a11y/no-noninteractive-element-to-interactive-role -- a table may be a grid
import { Button } from 'react-aria-components'

import { clockWords } from '../../../shared/schedule/windowWords.ts'
import { useWeekGrid, type WeekGridState } from './useWeekGrid.ts'
import { DAYS, HOURS, isOpen, toggled, type WeekHours } from './weekHours.ts'

interface WeekGridProps {
  readonly days: WeekHours
  readonly isOff: boolean
  readonly onChange: (days: WeekHours) => void
}

const EVERY_HOUR = Array.from({ length: HOURS }, (_, hour) => hour)

/** A week of hours: drawn with the pointer, or with arrows and Space. */
export function WeekGrid({ days, isOff, onChange }: WeekGridProps) {
  const grid = useWeekGrid(days, onChange)
  const toggleDay = (day: number): void =>
    onChange(toggled(days, { from: { day, hour: 0 }, to: { day, hour: HOURS - 1 } }))
  const toggleHour = (hour: number): void =>
    onChange(toggled(days, { from: { day: 0, hour }, to: { day: DAYS.length - 1, hour } }))
  return (
    <table
      className="week"
      role="grid"
      aria-label="Hours of the week in which work for the night is sent"
      data-off={isOff ? '' : undefined}
      onPointerDown={grid.onPointerDown}
      onPointerMove={grid.onPointerMove}
      onPointerUp={grid.onPointerUp}
      onPointerCancel={grid.onPointerUp}
      onKeyDown={grid.onKeyDown}
    >
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">Day</span>
          </th>
          {EVERY_HOUR.map((hour) => (
            <th key={hour} scope="col">
              <Button
                aria-label={`${hour} o’clock on every day`}
                excludeFromTabOrder
                onPress={() => toggleHour(hour)}
              >
                {hour}
              </Button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {DAYS.map((name, day) => (
          <Day key={name} day={day} grid={grid} onToggle={() => toggleDay(day)} />
        ))}
      </tbody>
    </table>
  )
}

interface DayProps {
  readonly day: number
  readonly grid: WeekGridState
  readonly onToggle: () => void
}

function Day({ day, grid: { shown, focused }, onToggle }: DayProps) {
  const name = DAYS[day] ?? ''
  return (
    <tr>
      <th scope="row">
        <Button
          aria-label={`${name.slice(0, 3)}, all hours`}
          excludeFromTabOrder
          onPress={onToggle}
        >
          {name.slice(0, 3)}
        </Button>
      </th>
      {EVERY_HOUR.map((hour) => (
        <td
          key={hour}
          aria-label={`${name} ${clockWords(hour * 60)}`}
          aria-selected={isOpen(shown, { day, hour })}
          tabIndex={focused.day === day && focused.hour === hour ? 0 : -1}
          data-day={day}
          data-hour={hour}
        />
      ))}
    </tr>
  )
}
