import type { CommandId } from '../../shared/ipc/commands.ts'
import { useStore } from '../store/store.ts'
import { formatKeys, isPressed, type KeyPress } from './keys.ts'
import { commandOf } from './registry.ts'

export const isMac = (): boolean => useStore.getState().info?.platform === 'darwin'

/** The first key of a command, as printed on this machine's keyboard. */
export function useKeys(id: CommandId): string | undefined {
  const platform = useStore((store) => store.info?.platform)
  const keys = commandOf(id)?.keys?.[0]
  return keys === undefined ? undefined : formatKeys(keys, platform === 'darwin')
}

/** Does this press mean a command, under the person's own keys? For fields that keep their keys to themselves. */
export const isCommand = (id: CommandId, press: KeyPress): boolean =>
  (commandOf(id)?.keys ?? []).some((keys) => isPressed(press, keys, isMac()))
