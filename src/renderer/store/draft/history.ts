/** Undo and redo by keeping what was: rows are shared between states, so a step costs little. */
export interface History<T> {
  readonly past: readonly T[]
  readonly future: readonly T[]
}

const STEPS = 200

export const emptyHistory = <T>(): History<T> => ({ past: [], future: [] })

export function remembered<T>(history: History<T>, before: T): History<T> {
  return { past: [...history.past.slice(1 - STEPS), before], future: [] }
}

export interface Step<T> {
  readonly history: History<T>
  readonly state: T
}

export function undone<T>(history: History<T>, now: T): Step<T> | null {
  const state = history.past.at(-1)
  if (state === undefined) return null
  return {
    state,
    history: { past: history.past.slice(0, -1), future: [now, ...history.future] },
  }
}

export function redone<T>(history: History<T>, now: T): Step<T> | null {
  const [state, ...future] = history.future
  if (state === undefined) return null
  return { state, history: { past: [...history.past, now], future } }
}
