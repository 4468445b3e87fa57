import type { DroppedFile, IpcApi, RequestArguments } from '../../shared/ipc/api.ts'
import type { EventEnvelope, EventName } from '../../shared/ipc/events.ts'
import type { Envelope } from '../../shared/ipc/ipcError.ts'
import type { OutputOf, RouteName } from '../../shared/ipc/routes.ts'

declare global {
  interface Window {
    readonly dailies: IpcApi
  }
}

/** Asks main. Never rejects: what went wrong is in the envelope, in words for a person. */
export async function ask<R extends RouteName>(
  ...call: RequestArguments<R>
): Promise<Envelope<OutputOf<R>>> {
  return JSON.parse(await window.dailies.request<R>(...call)) as Envelope<OutputOf<R>>
}

/** Returns its unsubscribe. */
export function listen<E extends EventName>(
  event: E,
  listener: (event: EventEnvelope<E>) => void,
): () => void {
  return window.dailies.on(event, (json) => listener(JSON.parse(json) as EventEnvelope<E>))
}

export function drop(files: readonly File[]): Promise<Envelope<readonly DroppedFile[]>> {
  return window.dailies.drop(files)
}
