import { useEffect, useRef, useState, type KeyboardEvent } from 'react'

import type { Command } from '../../../shared/ipc/commands.ts'
import {
  commandsUnder,
  holderOf,
  withKeys,
  type Shortcuts as Own,
} from '../../../shared/ipc/shortcuts.ts'
import { commandName } from '../../commands/commandName.ts'
import { formatKeys, keysOf } from '../../commands/keys.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { unfrozen } from './unfrozen.ts'

interface ChangeKeysProps {
  readonly command: Command
  readonly own: Own
  readonly onClose: () => void
}

/** Takes the keys that are pressed; says who has them already. */
export function ChangeKeys({ command, own, onClose }: ChangeKeysProps) {
  const isMac = useStore((store) => store.info?.platform === 'darwin')
  const changeSettings = useStore((store) => store.changeSettings)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const [keys, setKeys] = useState<string | null>(null)
  const holder = keys === null ? undefined : holderOf(commandsUnder(own), { id: command.id, keys })
  const keep = (next: Own): void => {
    onClose()
    void changeSettings({ shortcuts: unfrozen(next) })
  }
  const pressed = (event: KeyboardEvent): void => {
    // These two leave the field and the dialog, so that nobody is caught in it.
    if (event.key === 'Tab' || event.key === 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    const next = keysOf(event, isMac)
    if (next !== null) setKeys(next)
  }
  const why = keys === null ? [{ text: 'Press the keys first.' }] : []
  return (
    <Dialog
      title={`Keys of “${commandName(command)}”`}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={() => keep({ ...own, [command.id]: [] })}>No keys</Button>
          <Button
            variant="solid"
            why={why}
            onPress={() => keys !== null && keep(withKeys(own, { id: command.id, keys }))}
          >
            {holder === undefined ? 'Use these keys' : 'Take them over'}
          </Button>
        </>
      }
    >
      <div className="field">
        <input
          className="field-box"
          aria-label="New keys"
          aria-describedby="change-keys-note"
          readOnly
          ref={field}
          value={keys === null ? '' : formatKeys(keys, isMac)}
          placeholder="Press the new keys"
          onKeyDown={pressed}
        />
        <output id="change-keys-note" className="field-note">
          {holder === undefined
            ? 'With or without Ctrl or Cmd, and Shift. Tab and Escape cannot be used.'
            : `“${commandName(holder)}” has these keys and would lose them.`}
        </output>
      </div>
    </Dialog>
  )
}
