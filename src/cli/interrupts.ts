import { EXIT } from './exitCode.ts'

/** Ctrl+C and its like. */
export interface Interrupts {
  /** Resolves at the first one. */
  readonly first: Promise<void>
  readonly isInterrupted: () => boolean
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Once: whoever waits for `first` stops claiming and saves. A second one leaves now; what was sent is
 * on disk, so `resume` goes on from there (money rule 2).
 */
export function listenForInterrupts(): Interrupts {
  let isInterrupted = false
  const { promise: first, resolve } = withResolvers()
  const onSignal = (): void => {
    if (isInterrupted) process.exit(EXIT.interrupted)
    isInterrupted = true
    resolve()
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return { first, isInterrupted: () => isInterrupted }
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
