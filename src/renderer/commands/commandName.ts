import type { Command } from '../../shared/ipc/commands.ts'

/** As it is listed apart from its menu, whose title says "Go". */
export const commandName = ({ id, label }: Pick<Command, 'id' | 'label'>): string =>
  id.startsWith('go.') ? `Go to ${label}` : label
