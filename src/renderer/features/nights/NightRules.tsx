import type { NightPlan } from '../../../shared/domain/nightPlan.ts'
import { readClock } from '../../../shared/schedule/dailyPlan.ts'
import { clockWords } from '../../../shared/schedule/windowWords.ts'
import { Select } from '../../ui/Select.tsx'
import { KeptField } from './KeptField.tsx'
import { MonthBudget } from './MonthBudget.tsx'
import { NightBudget } from './NightBudget.tsx'

interface NightRulesProps {
  readonly plan: NightPlan
  readonly change: (part: Partial<NightPlan>) => void
}

const AT_END = [
  { id: 'finish', label: 'What runs is finished' },
  {
    id: 'stopFree',
    label: 'Free renders are stopped',
    note: 'They run again in the next window. Paid renders go on.',
  },
] as const

/** A time that is written is meant, as an hour that is painted. */
const meant = (minute: number | null): Partial<NightPlan> => (minute === null ? {} : { isOn: true })

/** What the hours of the grid leave open. */
export function NightRules({ plan, change }: NightRulesProps) {
  return (
    <fieldset className="field-group">
      <legend>In a window</legend>
      <ClockField
        label="Start at"
        empty="its first hour"
        value={plan.startAt}
        onChange={(startAt) => change({ startAt, ...meant(startAt) })}
      />
      <ClockField
        label="Stop sending at"
        empty="its last hour"
        value={plan.stopAt}
        onChange={(stopAt) => change({ stopAt, ...meant(stopAt) })}
      />
      <Select
        label="When it closes"
        value={plan.atEnd}
        choices={AT_END}
        onChange={(atEnd) => change({ atEnd })}
      />
      <NightBudget />
      <MonthBudget />
    </fieldset>
  )
}

interface ClockFieldProps {
  readonly label: string
  /** What holds when nothing is written. */
  readonly empty: string
  /** Minute of the day. */
  readonly value: number | null
  readonly onChange: (minute: number | null) => void
}

function ClockField({ label, empty, value, onChange }: ClockFieldProps) {
  return (
    <KeptField
      label={label}
      value={value === null ? '' : clockWords(value)}
      placeholder={empty}
      problemOf={(text) =>
        text.trim() === '' || readClock(text) !== null ? undefined : 'Write a time such as 23:15.'
      }
      onKeep={(text) => onChange(readClock(text))}
    />
  )
}
