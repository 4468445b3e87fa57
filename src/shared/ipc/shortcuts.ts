import { COMMANDS, type Command } from './commands.ts'

/** Keys that a person chose for commands, by the command's id; an empty list: none. */
export type Shortcuts = Readonly<Record<string, readonly string[]>>

const TABLE: readonly Command[] = COMMANDS

/** The table of commands under the person's own keys. */
export const commandsUnder = (own: Shortcuts): readonly Command[] =>
  TABLE.map((command) => {
    const keys = own[command.id]
    return keys === undefined ? command : { ...command, keys }
  })

/** Another command that the same keys would mean somewhere; undefined when they are free. */
export function holderOf(
  commands: readonly Command[],
  { id, keys }: { readonly id: string; readonly keys: string },
): Command | undefined {
  const command = commands.find((one) => one.id === id)
  return commands.find(
    (other) =>
      other.id !== id &&
      (other.keys ?? []).includes(keys) &&
      (other.screen === undefined ||
        command?.screen === undefined ||
        other.screen === command.screen),
  )
}

/** The person's keys after one command got others; whoever had them on the same screen loses them. */
export function withKeys(own: Shortcuts, { id, keys }: { id: string; keys: string }): Shortcuts {
  const holder = holderOf(commandsUnder(own), { id, keys })
  const taken =
    holder === undefined ? {} : { [holder.id]: (holder.keys ?? []).filter((one) => one !== keys) }
  return { ...own, ...taken, [id]: [keys] }
}
