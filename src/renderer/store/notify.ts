import type { RequestArguments } from '../../shared/ipc/api.ts'
import type { Envelope } from '../../shared/ipc/ipcError.ts'
import type { OutputOf, RouteName } from '../../shared/ipc/routes.ts'
import { ask } from '../ipc/client.ts'
import { createToasts, type ToastMessage } from '../ui/Toasts.tsx'

/** The one list of messages at the lower edge of the window. */
export const toasts = createToasts()

/** Long enough to read and to take back. */
const UNDO_MS = 10_000

export function notify(message: ToastMessage): void {
  toasts.add(message, { timeout: UNDO_MS })
}

/** Returns what closes the message before its time. */
export function notifyUntil(message: ToastMessage): () => void {
  const key = toasts.add(message, { timeout: UNDO_MS })
  return () => toasts.close(key)
}

export function notifyFailure(what: string, why: string): void {
  toasts.add({ text: `${what} ${why}`, tone: 'fail' }, { timeout: 20_000 })
}

/** Asks main on a person's behalf; when it fails, a message says what did not happen and why. */
export async function act<R extends RouteName>(
  failure: string,
  ...call: RequestArguments<R>
): Promise<Envelope<OutputOf<R>>> {
  const answer = await ask<R>(...call)
  if (!answer.ok) notifyFailure(failure, answer.error.message)
  return answer
}
