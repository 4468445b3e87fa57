import { ipcMain } from 'electron'
import { CHANNELS } from '../../shared/ipc/api.ts'
import type { Dispatch } from './dispatch.ts'
import type { Drops } from './drops.ts'
import type { SenderEvent } from './validateSender.ts'

export interface RouterOptions {
  readonly dispatch: Dispatch
  readonly drops: Drops
  readonly isTrusted: (event: SenderEvent) => boolean
}

/** Opens the only two channels that main listens on. Returns what closes them. */
export function openRouter({ dispatch, drops, isTrusted }: RouterOptions): () => void {
  ipcMain.handle(CHANNELS.request, (event, route: unknown, input: unknown) =>
    dispatch({ route, input, isTrusted: isTrusted(event) }),
  )
  ipcMain.handle(CHANNELS.drop, (event, paths: unknown) =>
    drops.receive(paths, { isTrusted: isTrusted(event) }),
  )
  return () => {
    ipcMain.removeHandler(CHANNELS.request)
    ipcMain.removeHandler(CHANNELS.drop)
  }
}
