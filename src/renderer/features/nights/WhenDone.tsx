import type { Settings } from '../../../shared/domain/settings.ts'
import type { WhenDoneAction } from '../../../shared/domain/whenDone.ts'
import { act } from '../../store/notify.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Select, type Choice } from '../../ui/Select.tsx'
import { KeptField } from './KeptField.tsx'

const ACTIONS: readonly Choice<WhenDoneAction>[] = [
  { id: 'nothing', label: 'Nothing' },
  { id: 'notify', label: 'Tell me' },
  { id: 'sound', label: 'Tell me, with a sound' },
  { id: 'sleep', label: 'Put the machine to sleep' },
  { id: 'shutDown', label: 'Shut the machine down' },
  { id: 'quit', label: 'Quit Dailies' },
  { id: 'command', label: 'Run a program' },
]

/** Whatever cannot be taken back comes after a countdown. */
const COUNTED: readonly WhenDoneAction[] = ['sleep', 'shutDown', 'quit', 'command']

/** What the app does when a night's work is done or can go no further. */
export function WhenDone() {
  const settings = useStore((store) => store.settings)
  const changeSettings = useStore((store) => store.changeSettings)
  if (settings === null) return null
  const { whenDone } = settings
  const change = (part: Partial<Omit<Settings['whenDone'], 'program'>>): void => {
    const { action, countdownSeconds, args } = whenDone
    void changeSettings({ whenDone: { action, countdownSeconds, args, ...part } })
  }
  return (
    <fieldset className="field-group">
      <legend>When the night’s work is done</legend>
      <Select
        label="Then"
        value={whenDone.action}
        choices={ACTIONS}
        onChange={(action) => change({ action })}
      />
      {COUNTED.includes(whenDone.action) && (
        <CountdownField
          seconds={whenDone.countdownSeconds}
          onChange={(countdownSeconds) => change({ countdownSeconds })}
        />
      )}
      {whenDone.action === 'command' && (
        <Program whenDone={whenDone} onArgs={(args) => change({ args })} />
      )}
    </fieldset>
  )
}

interface CountdownFieldProps {
  readonly seconds: number
  readonly onChange: (seconds: number) => void
}

const isSeconds = (text: string): boolean =>
  /^\d{1,3}$/.test(text) && Number(text) >= 5 && Number(text) <= 600

function CountdownField({ seconds, onChange }: CountdownFieldProps) {
  return (
    <KeptField
      label="After a countdown of, seconds"
      value={String(seconds)}
      problemOf={(text) => (isSeconds(text) ? undefined : 'From 5 to 600 seconds.')}
      onKeep={(text) => onChange(Number(text))}
    />
  )
}

interface ProgramProps {
  readonly whenDone: Settings['whenDone']
  readonly onArgs: (args: string[]) => void
}

/** The program comes from the system's dialog only; what it is given is one line for each argument. */
function Program({ whenDone: { program, args }, onArgs }: ProgramProps) {
  const choose = async (): Promise<void> => {
    const answer = await act('No program was chosen.', 'nights.chooseProgram')
    if (answer.ok && answer.data !== null) useStore.getState().settingsArrived(answer.data)
  }
  return (
    <>
      <div className="field-wide when-done-row">
        <Button onPress={() => void choose()}>Choose a program…</Button>
        <span className="text-2 one-line" title={program ?? undefined}>
          {program ?? 'No program is chosen: nothing is run.'}
        </span>
      </div>
      <div className="field-wide">
        <KeptField
          label="Its arguments, one a line"
          value={args.join('\n')}
          lines={2}
          placeholder="none"
          onKeep={(text) => onArgs(text.split('\n').filter((line) => line !== ''))}
        />
      </div>
    </>
  )
}
