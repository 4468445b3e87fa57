import { isOpenHour } from '../domain/nightHours.ts'
import type { NightPlan } from '../domain/nightPlan.ts'
import { hourPieces, localTime, type HourPiece } from './localTime.ts'

/** How the night windows stand at a moment. Times are epoch ms. */
export type NightWindow =
  /** No windows are set: everything may start at any time. */
  | { readonly kind: 'always' }
  /** Work is sent until `until`; what runs may go on until `closesAt`. Null: the window never closes. */
  | { readonly kind: 'open'; readonly until: number | null; readonly closesAt: number | null }
  /** Nothing more is sent in this window, and what runs may go on. */
  | { readonly kind: 'closing'; readonly closesAt: number; readonly opensAt: number | null }
  /** `opensAt` null: no hour of the week is open. */
  | { readonly kind: 'closed'; readonly opensAt: number | null }

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** A start may lie a day after the opening, and a day has up to 25 hours. */
const LOOK_BACK_MS = 27 * HOUR_MS
/** The only open hour of a week may be the one that spring leaves out. */
const LOOK_AHEAD_MS = 16 * 24 * HOUR_MS

export interface WindowQuestion {
  readonly plan: NightPlan
  /** Epoch ms by the clock on the wall. */
  readonly now: number
  /** IANA name. */
  readonly timeZone: string
}

/** How the windows of a plan stand now, and when that changes: never in the past. Pure. */
export function nightWindow({ plan, now, timeZone }: WindowQuestion): NightWindow {
  if (!plan.isOn) return { kind: 'always' }
  if (isEveryHour(plan, false)) return { kind: 'closed', opensAt: null }
  const isEndless = isEveryHour(plan, true)
  if (isEndless && !hasDailyTimes(plan)) return { kind: 'open', until: null, closesAt: null }
  const stretches = isEndless ? dailyStretches : stretchesFrom
  let closing: number | null = null
  for (const { from, until, closesAt } of stretches({ plan, now, timeZone })) {
    if (closesAt <= now) continue
    if (from <= now && now < until) return { kind: 'open', until, closesAt }
    if (from > now && from < until) return endsAt(closing, from)
    if (from < until && until <= now) closing = closesAt
  }
  return endsAt(closing, null)
}

const endsAt = (closing: number | null, opensAt: number | null): NightWindow =>
  closing === null ? { kind: 'closed', opensAt } : { kind: 'closing', closesAt: closing, opensAt }

/** The next moment at which the answer changes; null when it never does. */
export function nextEdge(window: NightWindow): number | null {
  switch (window.kind) {
    case 'always':
      return null
    case 'open':
      return window.until
    case 'closing':
      return window.closesAt
    case 'closed':
      return window.opensAt
  }
}

/** From when on work is sent, as the window stands at `now`; null when it never opens. */
export const opensFrom = (window: NightWindow, now: number): number | null =>
  window.kind === 'closed' || window.kind === 'closing' ? window.opensAt : now

export const isEveryHour = ({ days }: NightPlan, open: boolean): boolean =>
  Array.from({ length: 7 * 24 }, (_, cell) => cell).every(
    (cell) => isOpenHour({ days }, Math.floor(cell / 24), cell % 24) === open,
  )

/** Where no hour is closed, one of the two alone says nothing: there is no window that it could cut. */
export const hasDailyTimes = ({ startAt, stopAt }: NightPlan): boolean =>
  startAt !== null && stopAt !== null && startAt !== stopAt

/** Hours of the grid that lie together, and the part of them in which work is sent. */
interface Stretch {
  readonly from: number
  readonly until: number
  readonly closesAt: number
}

function* stretchesFrom({ plan, now, timeZone }: WindowQuestion): Generator<Stretch> {
  const begin = now - LOOK_BACK_MS
  let open: HourPiece[] = []
  for (const piece of hourPieces(begin, timeZone)) {
    const isOpen = isOpenHour(plan, piece.day, Math.floor(piece.minute / 60))
    if (isOpen) open.push(piece)
    else if (open.length > 0) {
      yield stretchOf(open, { plan, begin, timeZone })
      open = []
    }
    if (piece.from > now + LOOK_AHEAD_MS && !isOpen) return
  }
}

/** Of a grid without a closed hour: from each start to the next stop. What runs may go on until the next. */
function* dailyStretches({ plan, now, timeZone }: WindowQuestion): Generator<Stretch> {
  const pieces: HourPiece[] = []
  for (const piece of hourPieces(now - LOOK_BACK_MS, timeZone)) {
    if (piece.from > now + 2 * LOOK_BACK_MS) break
    pieces.push(piece)
  }
  const starts = plan.startAt === null ? [] : momentsOf(pieces, plan.startAt)
  const stops = plan.stopAt === null ? [] : momentsOf(pieces, plan.stopAt)
  for (const [index, from] of starts.entries()) {
    const closesAt = starts[index + 1]
    const until = stops.find((stop) => stop > from)
    if (closesAt !== undefined && until !== undefined) yield { from, until, closesAt }
  }
}

interface Bounds {
  readonly plan: NightPlan
  readonly begin: number
  readonly timeZone: string
}

function stretchOf(pieces: readonly HourPiece[], { plan, begin, timeZone }: Bounds): Stretch {
  const opensAt = pieces[0]?.from ?? begin
  const closesAt = pieces.at(-1)?.to ?? begin
  const starts = plan.startAt === null ? [] : momentsOf(pieces, plan.startAt)
  const stops = plan.stopAt === null ? [] : momentsOf(pieces, plan.stopAt)
  const stopsAtClose = plan.stopAt !== null && localTime(closesAt, timeZone).minute === plan.stopAt
  return {
    // A stretch that was open before we looked has had its hour to start.
    from: opensAt === begin ? begin : (starts[0] ?? opensAt),
    until: stopsAtClose ? closesAt : (stops.at(-1) ?? closesAt),
    closesAt,
  }
}

/** When the clock shows a minute of the day; one that spring leaves out is passed when it jumps. */
function momentsOf(pieces: readonly HourPiece[], minute: number): number[] {
  return pieces.flatMap((piece, index) => {
    const after = minute - piece.minute
    const length = (piece.to - piece.from) / MINUTE_MS
    const wholeMinute = piece.from - (piece.from % MINUTE_MS)
    if (after >= 0 && after < length) return [wholeMinute + after * MINUTE_MS]
    const next = pieces[index + 1]
    const skipped = next !== undefined && minute >= piece.minute + length && minute < next.minute
    return skipped ? [piece.to] : []
  })
}
