import type { Command } from '../../../shared/ipc/commands.ts'
import type { Shortcuts } from '../../../shared/ipc/shortcuts.ts'

export const nameOf = ({ id, label }: Command): string =>
  id.startsWith('go.') ? `Go to ${label}` : label

/** The settings' schema knows arrays that can change. */
export const unfrozen = (own: Shortcuts): Record<string, string[]> =>
  Object.fromEntries(Object.entries(own).map(([id, keys]) => [id, [...keys]]))
