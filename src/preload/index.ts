import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { CHANNELS, type IpcApi } from '../shared/ipc/api.ts'

type Listener = (json: unknown) => void

const listeners = new Map<string, Set<Listener>>()
ipcRenderer.on(CHANNELS.event, (_, name: string, json: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(json)
})

function on(name: string, listener: Listener): () => void {
  const heard = listeners.get(name) ?? new Set()
  listeners.set(name, heard.add(listener))
  return () => void heard.delete(listener)
}

/** Empty for what is no file from the system. */
function pathOf(file: unknown): string {
  try {
    return webUtils.getPathForFile(file as File)
  } catch {
    return ''
  }
}

/** The paths of dropped files go from here to main; the page never sees or names one. */
const drop = (files: readonly unknown[]): Promise<unknown> =>
  ipcRenderer.invoke(CHANNELS.drop, files.map(pathOf).filter(Boolean))

const api = {
  request: (route: string, input?: unknown): Promise<unknown> =>
    ipcRenderer.invoke(CHANNELS.request, route, input),
  on,
  drop,
} satisfies Record<keyof IpcApi, unknown>

contextBridge.exposeInMainWorld('dailies', api)
