import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { CHANNELS, type IpcApi } from '../shared/ipc/api.ts'

type Listener = (event: unknown) => void

/** The paths of dropped files go from here to main; the page never sees or names one. */
function pathsOf(files: readonly unknown[]): string[] {
  return files.map((file) => webUtils.getPathForFile(file as File)).filter((path) => path !== '')
}

const api = {
  request: (route: string, input?: unknown): Promise<unknown> =>
    ipcRenderer.invoke(CHANNELS.request, route, input),
  on(name: string, listener: Listener): () => void {
    const forward = (_: unknown, sent: string, event: unknown): void => {
      if (sent === name) listener(event)
    }
    ipcRenderer.on(CHANNELS.event, forward)
    return () => void ipcRenderer.off(CHANNELS.event, forward)
  },
  drop: (files: readonly unknown[]): Promise<unknown> =>
    ipcRenderer.invoke(CHANNELS.drop, pathsOf(files)),
} satisfies Record<keyof IpcApi, unknown>

contextBridge.exposeInMainWorld('dailies', api)
