import type { FramesComing } from '../../../shared/domain/referenceFrame.ts'
import type { FrameWatch } from '../../library/frameImport.ts'

interface ComingFrames {
  /** Runs one import among those that are counted and can be stopped. */
  watch<T>(bringIn: (watch: FrameWatch) => Promise<T>): Promise<T>
  /** Stops all of them. */
  stop(): void
}

/** Pictures on their way in, all imports as one number. Null: none. */
export function framesComing(tell: (now: FramesComing | null) => void): ComingFrames {
  const running = new Map<AbortController, FramesComing>()
  const told = (): void => {
    const all = [...running.values()]
    const sum = (name: keyof FramesComing): number => all.reduce((n, one) => n + one[name], 0)
    tell(all.length === 0 ? null : { done: sum('done'), total: sum('total') })
  }
  return {
    async watch(bringIn) {
      const stop = new AbortController()
      const onStep = (coming: FramesComing): void => {
        running.set(stop, coming)
        told()
      }
      try {
        return await bringIn({ signal: stop.signal, onStep })
      } finally {
        running.delete(stop)
        told()
      }
    },
    stop() {
      for (const one of running.keys()) one.abort()
    },
  }
}
