import type { Countdown, WhenDone, WhenDoneAction } from '../../shared/domain/whenDone.ts'
import type { Result } from '../../shared/domain/result.ts'

/** What can be done to the machine; the real one is `window/systemActs.ts`. */
export interface SystemActs {
  beep(): void
  sleep(): Promise<Result<void, string>>
  shutDown(): Promise<Result<void, string>>
  quit(): void
  /** Started with exactly these arguments, by no shell; the app does not wait for its end. */
  run(program: string, args: readonly string[]): Promise<Result<void, string>>
}

export interface WhenDoneOptions {
  readonly settings: () => WhenDone
  readonly acts: SystemActs
  /** Calls `fn` once after `ms`; returns its cancel. */
  readonly after: (ms: number, fn: () => void) => () => void
  readonly wallNow: () => number
  /** A countdown began or ended. */
  readonly onChange: () => void
  /** An act that could not be done, in a sentence. */
  readonly onTrouble: (message: string) => void
}

/** Carries out what a person wants done once a night's work is done. */
export interface WhenDoneKeeper {
  nightEnded(): void
  /** Takes the countdown back: the person said so, or there is work again. */
  stop(): void
  countdown(): Countdown | null
}

export function createWhenDone(options: WhenDoneOptions): WhenDoneKeeper {
  const { settings, acts, after, wallNow, onChange, onTrouble } = options
  let counting: { readonly countdown: Countdown; readonly cancel: () => void } | null = null
  const finish = (): void => {
    counting?.cancel()
    counting = null
    onChange()
  }
  const count = (): void => {
    const { action, countdownSeconds } = settings()
    if (counting !== null || !isCounted(settings())) return
    const wait = countdownSeconds * 1000
    const cancel = after(wait, () => void act(action))
    counting = { countdown: { action, endsAt: wallNow() + wait }, cancel }
    onChange()
  }
  const act = async (announced: WhenDoneAction): Promise<void> => {
    const chosen = settings()
    finish()
    // Another was chosen meanwhile: nobody was told of that yet.
    if (chosen.action !== announced) return count()
    const done = await perform(acts, chosen)
    if (!done.ok) onTrouble(`${TROUBLE[chosen.action]} ${done.error}`)
  }
  return {
    nightEnded() {
      if (settings().action === 'sound') acts.beep()
      count()
    },
    stop() {
      if (counting !== null) finish()
    },
    countdown: () => counting?.countdown ?? null,
  }
}

/** What cannot be taken back comes after a countdown. */
function isCounted({ action, program }: WhenDone): boolean {
  if (action === 'command') return program !== null
  return action === 'sleep' || action === 'shutDown' || action === 'quit'
}

const OK = { ok: true, value: undefined } as const

async function perform(
  acts: SystemActs,
  { action, program, args }: WhenDone,
): Promise<Result<void, string>> {
  switch (action) {
    case 'sleep':
      return acts.sleep()
    case 'shutDown':
      return acts.shutDown()
    case 'quit':
      acts.quit()
      return OK
    case 'command':
      return program === null ? OK : acts.run(program, args)
    case 'nothing':
    case 'notify':
    case 'sound':
      return OK
  }
}

const TROUBLE: Readonly<Record<WhenDoneAction, string>> = {
  nothing: '',
  notify: '',
  sound: '',
  sleep: 'The machine could not be put to sleep.',
  shutDown: 'The machine could not be shut down.',
  quit: 'Dailies could not quit.',
  command: 'The program could not be run.',
}
