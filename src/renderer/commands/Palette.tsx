import { Autocomplete, ListBox, ListBoxItem } from 'react-aria-components'

import type { Command, CommandId } from '../../shared/ipc/commands.ts'
import { useStore } from '../store/store.ts'
import { FilterField } from '../ui/FilterField.tsx'
import { KeyHint } from '../ui/KeyHint.tsx'
import { PickerFrame } from '../ui/PickerFrame.tsx'
import { useWordFilter } from '../ui/useWordFilter.ts'
import { commandName } from './commandName.ts'
import { formatKeys } from './keys.ts'
import { isMac } from './platform.ts'
import { commandsFor, runCommand, useRegistry } from './registry.ts'

/** Every action that can be done now, found by its words. */
export function Palette() {
  const isOpen = useStore((store) => store.overlay === 'palette')
  const showOverlay = useStore((store) => store.showOverlay)
  return (
    <PickerFrame label="Find a command" isOpen={isOpen} onClose={() => showOverlay('none')}>
      <PaletteList />
    </PickerFrame>
  )
}

function PaletteList() {
  const screen = useStore((store) => store.screen)
  const showOverlay = useStore((store) => store.showOverlay)
  const handlers = useRegistry((registry) => registry.handlers)
  const hasWords = useWordFilter()
  const commands = commandsFor(screen, handlers).filter(({ id }) => id !== 'app.palette')
  return (
    <Autocomplete filter={hasWords}>
      <FilterField isLarge label="Find a command" placeholder="Find a command" />
      <ListBox
        className="list palette-list"
        aria-label="Commands"
        items={commands}
        renderEmptyState={() => <p className="list-empty">No command has these words.</p>}
        onAction={(key) => {
          showOverlay('none')
          // The focus goes back a frame after the palette is gone; a dialog that opens before has no place to give it back to.
          requestAnimationFrame(() => requestAnimationFrame(() => runCommand(key as CommandId)))
        }}
      >
        {(command) => <PaletteItem command={command} why={reasonOf(command)} />}
      </ListBox>
    </Autocomplete>
  )
}

const reasonOf = (command: Command): string | undefined =>
  useRegistry.getState().handlers[command.id as CommandId]?.why?.()[0]?.text

function PaletteItem({
  command,
  why,
}: {
  readonly command: Command
  readonly why: string | undefined
}) {
  const keys = command.keys?.[0]
  const name = commandName(command)
  return (
    <ListBoxItem className="list-item" id={command.id} textValue={name}>
      <span className="list-text">
        {name}
        {why !== undefined && <span className="list-note">{why}</span>}
      </span>
      {keys !== undefined && <KeyHint keys={formatKeys(keys, isMac())} />}
    </ListBoxItem>
  )
}
