import { Pencil, RotateCcw } from 'lucide-react'
import { useState } from 'react'

import { COMMANDS, SCREENS, type Command } from '../../../shared/ipc/commands.ts'
import { commandsUnder, type Shortcuts as Own } from '../../../shared/ipc/shortcuts.ts'
import { commandName } from '../../commands/commandName.ts'
import { formatKeys } from '../../commands/keys.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { KeyHint } from '../../ui/KeyHint.tsx'
import { ChangeKeys } from './ChangeKeys.tsx'
import { unfrozen } from './unfrozen.ts'

const GROUPS = [
  { id: 'everywhere', title: 'Everywhere' },
  ...SCREENS.map((screen) => ({
    id: screen,
    title: screen.slice(0, 1).toUpperCase() + screen.slice(1),
  })),
]
const NONE: Own = Object.freeze({})
const TABLE: readonly Command[] = COMMANDS

/** All commands by where they work, with their keys; each can have others. */
export function Shortcuts() {
  const own = useStore((store) => store.settings?.shortcuts ?? NONE)
  const changeSettings = useStore((store) => store.changeSettings)
  const [changing, setChanging] = useState<Command | null>(null)
  const commands = commandsUnder(own)
  const count = Object.keys(own).length
  const reset = (id: string): void => {
    const { [id]: _gone, ...others } = own
    void changeSettings({ shortcuts: unfrozen(others) })
  }
  return (
    <>
      <div className="shortcuts-head">
        <p className="text-2">
          Keys without Ctrl or Cmd do nothing while you type. <b>?</b> shows those of a screen.
        </p>
        {count > 0 && (
          <Button onPress={() => void changeSettings({ shortcuts: {} })}>
            Put all {count} changed back
          </Button>
        )}
      </div>
      <div className="shortcuts">
        {GROUPS.map(({ id, title }) => {
          const here = commands.filter((command) => (command.screen ?? 'everywhere') === id)
          if (here.length === 0) return null
          return (
            <section key={id} aria-label={title}>
              <h3>{title}</h3>
              <ul>
                {here.map((command) => (
                  <Line
                    key={command.id}
                    command={command}
                    isChanged={own[command.id] !== undefined}
                    onChange={() => setChanging(command)}
                    onReset={() => reset(command.id)}
                  />
                ))}
              </ul>
            </section>
          )
        })}
      </div>
      {changing !== null && (
        <ChangeKeys command={changing} own={own} onClose={() => setChanging(null)} />
      )}
    </>
  )
}

interface LineProps {
  readonly command: Command
  readonly isChanged: boolean
  readonly onChange: () => void
  readonly onReset: () => void
}

function Line({ command, isChanged, onChange, onReset }: LineProps) {
  const isMac = useStore((store) => store.info?.platform === 'darwin')
  const name = commandName(command)
  const usual = TABLE.find(({ id }) => id === command.id)?.keys ?? []
  const back = usual.map((keys) => formatKeys(keys, isMac)).join(', ') || 'none'
  return (
    <li>
      <span className="one-line">{name}</span>
      <span className="shortcut-keys">
        {command.keys?.map((keys) => (
          <KeyHint key={keys} keys={formatKeys(keys, isMac)} />
        ))}
        {isChanged && (
          <IconButton
            icon={<RotateCcw />}
            label={`Put back the keys of ${name}: ${back}`}
            onPress={onReset}
          />
        )}
        <IconButton icon={<Pencil />} label={`Change the keys of ${name}`} onPress={onChange} />
      </span>
    </li>
  )
}
