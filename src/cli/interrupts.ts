import { EXIT } from './exitCode.ts'

/** Ctrl+C and its like. */
export interface Interrupts {
  /** Resolves at the first one. */
  readonly first: Promise<void>
  /** Aborted by it. */
  readonly signal: AbortSignal
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Once: whoever waits for `first` stops claiming and saves. A second one leaves now; what was sent is
 * on disk, so `resume` goes on from there (money rule 2).
 */
export function listenForInterrupts(): Interrupts {
  const controller = new AbortController()
  const { signal } = controller
  const first = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  const onSignal = (): void => {
    if (signal.aborted) process.exit(EXIT.interrupted)
    controller.abort()
  }
  for (const name of SIGNALS) process.on(name, onSignal)
  return { first, signal }
}
