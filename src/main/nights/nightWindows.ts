import type { NightPlan } from '../../shared/domain/nightPlan.ts'
import {
  nextEdge,
  nightWindow,
  opensFrom,
  type NightWindow,
} from '../../shared/schedule/nightWindow.ts'
import { waitWords } from '../../shared/schedule/windowWords.ts'
import type { NightWindows } from '../jobs/windowEdges.ts'

export interface NightWindowSources {
  readonly plan: () => NightPlan
  /** Epoch ms by the clock on the wall: windows follow it, also when it is set back. */
  readonly wallNow: () => number
  readonly timeZone: () => string
}

interface Known {
  readonly plan: NightPlan
  readonly timeZone: string
  readonly since: number
  readonly window: NightWindow
}

/** The night windows of a plan that a person may change at any time. Computed anew only where they change. */
export function createNightWindows(sources: NightWindowSources): NightWindows {
  const { plan, wallNow, timeZone } = sources
  const [viewAt, viewLater] = [viewOf(sources), viewOf(sources)]
  return {
    view: () => viewAt(wallNow()),
    at: (now) => {
      const wall = wallNow()
      const window = viewAt(wall)
      const firstFrom = (at: number): number | null => {
        const then = at + wall - now
        const opensAt = opensFrom(viewLater(then), then)
        return opensAt === null ? null : now + opensAt - wall
      }
      switch (window.kind) {
        case 'always':
          return null
        case 'open':
          return { open: true, opensAt: null, firstFrom, words: '' }
        case 'closing':
        case 'closed': {
          const { opensAt } = window
          const words = waitWords({ opensAt, now: wall, timeZone: timeZone() })
          return {
            open: false,
            opensAt: opensAt === null ? null : now + opensAt - wall,
            firstFrom,
            words,
          }
        }
      }
    },
    atEnd: () => plan().atEnd,
  }
}

/** Looks that go by the last one where it still holds. */
function viewOf({ plan, timeZone }: NightWindowSources): (now: number) => NightWindow {
  let known: Known | null = null
  return (now) => {
    const asked = { plan: plan(), timeZone: timeZone(), now }
    if (known === null || !holds(known, asked))
      known = { ...asked, since: now, window: nightWindow(asked) }
    return known.window
  }
}

function holds(
  known: Known,
  { plan, timeZone, now }: { plan: NightPlan; timeZone: string; now: number },
): boolean {
  if (known.plan !== plan || known.timeZone !== timeZone || now < known.since) return false
  return now < (nextEdge(known.window) ?? Number.POSITIVE_INFINITY)
}
