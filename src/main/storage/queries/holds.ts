import type { ProviderId, RouteId } from '../../../shared/domain/ids.ts'
import type { HoldView } from '../../../shared/domain/views.ts'
import { restsWords, unreachableWords, type LaneState } from '../../jobs/lanes.ts'
import { routeHeldWords } from '../../jobs/routeHolds.ts'
import type { Waiting } from '../../jobs/whyWaiting.ts'
import { readLane, readTrouble } from '../jobStore/claims.ts'
import { CLAIMABLE, num, text } from '../jobStore/readers.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'
import type { LaneProviders } from './lanesAndSpend.ts'
import { movedAway } from './moves.ts'

/** Lanes and models that hold jobs back, those that need the person first. */
export function holdViews(
  db: SqlDatabase,
  providers: LaneProviders,
  now: number,
): readonly HoldView[] {
  const lanes = db
    .all('SELECT * FROM lanes')
    .flatMap((row) => laneHold(db, row, { providers, now }))
  const routes = db
    .all('SELECT * FROM route_failures WHERE heldAt IS NOT NULL')
    .flatMap((row) => routeHold(db, row, providers))
  return [...lanes, ...routes].toSorted((a, b) => Number(b.needsPerson) - Number(a.needsPerson))
}

const nameOf = (providers: LaneProviders, provider: ProviderId): string =>
  providers.get(provider)?.name ?? provider

interface At {
  readonly providers: LaneProviders
  readonly now: number
}

function isHeld(state: LaneState, now: number): boolean {
  const { needsPerson, heldUntil, heldReason, unreachable } = state
  const isWaiting = heldUntil !== null && heldUntil > now
  return heldReason !== null && (needsPerson || unreachable !== null || isWaiting)
}

function laneHold(db: SqlDatabase, row: SqlRow, { providers, now }: At): readonly HoldView[] {
  const state = lenient(() => readLane(row))
  const provider = text(row['provider'])
  if (state === null || state.heldReason === null || !isHeld(state, now)) return []
  return [
    {
      kind: 'lane',
      provider,
      providerName: nameOf(providers, provider),
      route: null,
      modelName: null,
      needsPerson: state.needsPerson,
      until: state.needsPerson ? null : state.heldUntil,
      reason: state.heldReason,
      words: wordsOf(state, { provider, providers, now }),
      jobs: waiting(db, 'provider = ?', provider),
      movedAway: movedAway(db, provider),
    },
  ]
}

function wordsOf(
  state: LaneState,
  { provider, providers, now }: At & { readonly provider: ProviderId },
): string {
  const name = nameOf(providers, provider)
  if (!state.needsPerson && state.unreachable !== null) return unreachableWords(name, state, now)
  return state.needsPerson
    ? (state.heldReason?.message ?? `${name} lane is held`)
    : restsWords(name, state.heldReason)
}

function routeHold(db: SqlDatabase, row: SqlRow, providers: LaneProviders): readonly HoldView[] {
  const trouble = lenient(() => readTrouble(row))
  if (trouble === null) return []
  const { route, provider, modelName, reason } = trouble
  return [
    {
      kind: 'model',
      provider,
      providerName: nameOf(providers, provider),
      route,
      modelName,
      needsPerson: true,
      until: null,
      reason,
      words: routeHeldWords(trouble, nameOf(providers, provider)),
      jobs: waiting(db, 'route = ?', route),
      movedAway: movedAway(db, provider),
    },
  ]
}

const waiting = (db: SqlDatabase, where: string, value: string): number =>
  num(db.get(`SELECT count(*) AS n FROM jobs WHERE ${CLAIMABLE} AND ${where}`, [value])?.['n'])

/** Why a job of a held route waits; null when its route is not held. */
export function heldRoute(
  db: SqlDatabase,
  providers: LaneProviders,
  route: RouteId,
): string | null {
  const row = db.get('SELECT * FROM route_failures WHERE route = ? AND heldAt IS NOT NULL', [route])
  const trouble = row === undefined ? null : lenient(() => readTrouble(row))
  return trouble === null ? null : routeHeldWords(trouble, nameOf(providers, trouble.provider))
}

/** Why a job waits for its lane, as far as the database tells; null when that is not held. */
export function heldLane(
  db: SqlDatabase,
  providers: LaneProviders,
  { provider, now }: { readonly provider: ProviderId; readonly now: number },
): Waiting | null {
  const states = db
    .all('SELECT * FROM lanes WHERE provider = ?', [provider])
    .flatMap((row) => lenient(() => readLane(row)) ?? [])
  const name = nameOf(providers, provider)
  if (states.some(({ paused }) => paused)) return { words: `${name} lane is paused`, until: null }
  const held = states.find((state) => isHeld(state, now))
  if (held === undefined) return null
  const until = held.needsPerson ? null : held.heldUntil
  return { words: wordsOf(held, { provider, providers, now }), until }
}

/** A row that no version of ours wrote is left out of what is shown. */
function lenient<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
