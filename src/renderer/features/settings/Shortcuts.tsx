import { COMMANDS, SCREENS, type Command } from '../../../shared/ipc/commands.ts'
import { formatKeys } from '../../commands/keys.ts'
import { useStore } from '../../store/store.ts'
import { KeyHint } from '../../ui/KeyHint.tsx'

const WITH_KEYS = COMMANDS.filter((command: Command) => command.keys !== undefined)

const GROUPS = [
  { id: 'everywhere', title: 'Everywhere' },
  ...SCREENS.map((screen) => ({
    id: screen,
    title: screen.slice(0, 1).toUpperCase() + screen.slice(1),
  })),
]

/** All of them, by where they work. `?` shows those of a screen when one is there. */
export function Shortcuts() {
  const isMac = useStore((store) => store.info?.platform === 'darwin')
  return (
    <div className="shortcuts">
      {GROUPS.map(({ id, title }) => {
        const commands: readonly Command[] = WITH_KEYS.filter(
          (command: Command) => (command.screen ?? 'everywhere') === id,
        )
        if (commands.length === 0) return null
        return (
          <section key={id}>
            <h3>{title}</h3>
            <ul>
              {commands.map((command) => (
                <li key={command.id}>
                  {command.id.startsWith('go.') ? `Go to ${command.label}` : command.label}
                  <span className="shortcut-keys">
                    {command.keys?.map((keys) => (
                      <KeyHint key={keys} keys={formatKeys(keys, isMac)} />
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}
