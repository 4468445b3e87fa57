/** Why a wait ended before its time. */
export interface Deadline {
  readonly signal: AbortSignal
  readonly timedOut: () => boolean
}

/**
 * Runs `work` with a signal that follows the caller's and fires after `ms`. By hand and not with
 * `AbortSignal.any`, which keeps a trace on a long-lived signal for every call on some runtimes.
 */
export async function withDeadline<T>(
  { signal, ms }: { readonly signal: AbortSignal; readonly ms: number },
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const late = { yes: false }
  const stop = (): void => controller.abort()
  const timer = setTimeout(() => {
    late.yes = true
    stop()
  }, ms)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await work({ signal: controller.signal, timedOut: () => late.yes })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}
