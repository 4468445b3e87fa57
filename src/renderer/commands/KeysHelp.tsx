import type { Command } from '../../shared/ipc/commands.ts'
import { useStore } from '../store/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { KeyHint } from '../ui/KeyHint.tsx'
import { commandName } from './commandName.ts'
import { formatKeys } from './keys.ts'
import './keysHelp.css'
import { isMac } from './platform.ts'
import { commandsFor, useRegistry } from './registry.ts'
import { SCREEN_KEYS } from './screenKeys.ts'

/** The keys of the screen that is there now, then those that work everywhere. */
export function KeysHelp() {
  const screen = useStore((store) => store.screen)
  const isOpen = useStore((store) => store.overlay === 'keys')
  const showOverlay = useStore((store) => store.showOverlay)
  const handlers = useRegistry((registry) => registry.handlers)
  const commands = commandsFor(screen, handlers).filter(({ keys }) => keys !== undefined)
  const here = commands.filter((command) => command.screen === screen)
  const everywhere = commands.filter((command) => command.screen === undefined)
  const moves = SCREEN_KEYS[screen].map(({ keys, label }) => ({
    id: label,
    label,
    keys: keys.replace('Mod+', isMac() ? '⌘' : 'Ctrl+'),
  }))
  const title = `Keys of ${screen.slice(0, 1).toUpperCase()}${screen.slice(1)}`
  return (
    <Dialog title={title} size="medium" isOpen={isOpen} onClose={() => showOverlay('none')}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lists scroll, by keys too */}
      <div className="keys-help" tabIndex={0}>
        <KeyList title="Here" keys={[...moves, ...here.map(entryOf)]} />
        <KeyList title="Everywhere" keys={everywhere.map(entryOf)} />
      </div>
    </Dialog>
  )
}

interface KeyEntry {
  readonly id: string
  readonly label: string
  readonly keys: string
}

function entryOf(command: Command): KeyEntry {
  return {
    id: command.id,
    label: commandName(command),
    keys: formatKeys(command.keys?.[0] ?? '', isMac()),
  }
}

function KeyList({ title, keys }: { readonly title: string; readonly keys: readonly KeyEntry[] }) {
  return (
    <section>
      <h3>{title}</h3>
      {keys.length === 0 && <p className="text-3">Nothing but the mouse and Tab.</p>}
      <ul>
        {keys.map((entry) => (
          <li key={entry.id}>
            {entry.label}
            <span>
              <KeyHint keys={entry.keys} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
