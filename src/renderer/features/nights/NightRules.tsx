import { useState } from 'react'

import type { NightPlan } from '../../../shared/domain/nightPlan.ts'
import { readClock } from '../../../shared/schedule/dailyPlan.ts'
import { clockWords } from '../../../shared/schedule/windowWords.ts'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'

interface NightRulesProps {
  readonly plan: NightPlan
  readonly change: (part: Partial<NightPlan>) => void
}

const AT_END = [
  { id: 'finish', label: 'What runs goes on to its end' },
  {
    id: 'stopFree',
    label: 'What costs nothing to stop is stopped',
    note: 'It runs again in the next window. Paid renders go on.',
  },
] as const

/** What the hours of the grid leave open. */
export function NightRules({ plan, change }: NightRulesProps) {
  return (
    <fieldset className="nights-part">
      <legend>In a window</legend>
      <ClockField
        label="Start at"
        empty="its first hour"
        value={plan.startAt}
        onChange={(startAt) => change({ startAt })}
      />
      <ClockField
        label="Stop sending at"
        empty="its last hour"
        value={plan.stopAt}
        onChange={(stopAt) => change({ stopAt })}
      />
      <div className="nights-wide">
        <Select
          label="When it closes"
          value={plan.atEnd}
          choices={AT_END}
          onChange={(atEnd) => change({ atEnd })}
        />
      </div>
    </fieldset>
  )
}

interface ClockFieldProps {
  readonly label: string
  /** What holds when nothing is written. */
  readonly empty: string
  readonly value: number | null
  readonly onChange: (minute: number | null) => void
}

/** A time of the day, kept when it is left or by Enter. */
function ClockField({ label, empty, value, onChange }: ClockFieldProps) {
  const stored = value === null ? '' : clockWords(value)
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? stored
  const minute = text.trim() === '' ? null : readClock(text)
  const isWrong = text.trim() !== '' && minute === null
  const keep = (): void => {
    if (isWrong) return
    setTyped(null)
    if (minute !== value) onChange(minute)
  }
  return (
    <TextField
      label={label}
      value={text}
      placeholder={empty}
      error={isWrong ? 'Write a time such as 23:15.' : undefined}
      onChange={setTyped}
      onEnter={keep}
      onLeave={keep}
    />
  )
}
