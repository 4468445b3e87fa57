type Work = () => Promise<boolean>

/** Work of which a little runs at the same time; what was asked for last comes first. */
export interface CopyTurns {
  /** The same key again while it waits or runs is the same work. */
  run(key: string, work: Work, when: 'now' | 'later'): Promise<boolean>
}

interface Waiting {
  readonly start: () => Promise<boolean>
  readonly done: Promise<boolean>
}

/** The wall asks for what is in view, so the latest wish is the one that somebody looks at. */
export function createCopyTurns(atOnce: number): CopyTurns {
  const known = new Map<string, Waiting>()
  const started = new Set<string>()
  const asked: string[] = []
  const later: string[] = []
  let running = 0

  const next = (): void => {
    while (running < atOnce) {
      const key = asked.pop() ?? later.shift()
      if (key === undefined) return
      const waiting = known.get(key)
      if (waiting === undefined || started.has(key)) continue
      started.add(key)
      running += 1
      void waiting.start().finally(() => {
        running -= 1
        started.delete(key)
        known.delete(key)
        next()
      })
    }
  }
  return {
    run(key, work, when) {
      const waiting = known.get(key) ?? waitingFor(work)
      known.set(key, waiting)
      if (when === 'now') asked.push(key)
      else later.push(key)
      next()
      return waiting.done
    },
  }
}

function waitingFor(work: Work): Waiting {
  let finish: (isMade: boolean) => void = () => undefined
  const done = new Promise<boolean>((resolve) => (finish = resolve))
  const start = async (): Promise<boolean> => {
    const isMade = await work().catch(() => false)
    finish(isMade)
    return isMade
  }
  return { start, done }
}
