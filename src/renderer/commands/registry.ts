import { create } from 'zustand'

import type { Command, CommandId } from '../../shared/ipc/commands.ts'
import { commandsUnder, type Shortcuts } from '../../shared/ipc/shortcuts.ts'
import { notify } from '../store/notify.ts'
import { useStore } from '../store/store.ts'
import type { Reason } from '../ui/Button.tsx'

/** What a command does on the screen that is there now. */
export interface CommandHandler {
  readonly run: () => void
  /** Why it cannot be done now; asked when it is shown or tried. */
  readonly why?: (() => readonly Reason[]) | undefined
}

export type Handlers = Partial<Record<CommandId, CommandHandler>>

interface Registry {
  readonly handlers: Handlers
  readonly add: (handlers: Handlers) => void
  readonly remove: (handlers: Handlers) => void
}

export const useRegistry = create<Registry>()((set, get) => ({
  handlers: {},
  add: (handlers) => set({ handlers: { ...get().handlers, ...handlers } }),
  remove: (handlers) => {
    const kept = Object.entries(get().handlers).filter(
      ([id, handler]) => handlers[id as CommandId] !== handler,
    )
    set({ handlers: Object.fromEntries(kept) })
  },
}))

let table: { readonly own: Shortcuts; readonly commands: readonly Command[] } | null = null

const NO_SHORTCUTS: Shortcuts = Object.freeze({})

/** All commands, under the keys that the person chose. */
function allCommands(): readonly Command[] {
  const own = useStore.getState().settings?.shortcuts ?? NO_SHORTCUTS
  if (table?.own !== own) table = { own, commands: commandsUnder(own) }
  return table.commands
}

export const commandOf = (id: CommandId): Command | undefined =>
  allCommands().find((command) => command.id === id)

/** Commands that can be used on this screen, in the order of the table. */
export function commandsFor(screen: string, handlers: Handlers): readonly Command[] {
  return allCommands().filter(
    (command) =>
      (command.screen === undefined || command.screen === screen) &&
      handlers[command.id as CommandId] !== undefined,
  )
}

/** From a key, the menu, the tray or the palette. Says why when it cannot be done. */
export function runCommand(id: CommandId): void {
  const handler = useRegistry.getState().handlers[id]
  const command = commandOf(id)
  if (handler === undefined) {
    const screen = command?.screen
    if (screen === undefined || screen === useStore.getState().screen) return
    const { go } = useStore.getState()
    notify({
      text: `“${command?.label ?? id}” works on another screen.`,
      action: { label: 'Go there', run: () => go(screen) },
    })
    return
  }
  const [reason] = handler.why?.() ?? []
  if (reason === undefined) handler.run()
  else {
    notify({
      text: reason.text,
      tone: 'ask',
      ...(reason.go === undefined ? {} : { action: { label: 'Show', run: reason.go } }),
    })
  }
}
