import type { Shortcuts } from '../../../shared/ipc/shortcuts.ts'

/** The settings' schema knows arrays that can change. */
export const unfrozen = (own: Shortcuts): Record<string, string[]> =>
  Object.fromEntries(Object.entries(own).map(([id, keys]) => [id, [...keys]]))
