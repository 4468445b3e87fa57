import { ipcMain } from 'electron'
import { CHANNELS } from '../../shared/ipc/api.ts'
import type { Dispatch } from './dispatch.ts'
import type { Drops } from './drops.ts'
import type { SenderEvent } from './validateSender.ts'

export interface RouterOptions {
  readonly isTrusted: (event: SenderEvent) => boolean
  /** The page may ask before everything is loaded: its first requests wait. */
  readonly answers: Promise<{ readonly dispatch: Dispatch; readonly drops: Drops }>
}

/** Opens the only two channels that main listens on. */
export function openRouter({ isTrusted, answers }: RouterOptions): void {
  ipcMain.handle(CHANNELS.request, async (event, route: unknown, input: unknown) => {
    const trusted = isTrusted(event)
    const { dispatch } = await answers
    return JSON.stringify(await dispatch({ route, input, isTrusted: trusted }))
  })
  ipcMain.handle(CHANNELS.drop, async (event, paths: unknown) => {
    const trusted = isTrusted(event)
    const { drops } = await answers
    return drops.receive(paths, { isTrusted: trusted })
  })
}
