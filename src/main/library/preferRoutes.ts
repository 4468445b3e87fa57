import type { Money } from '../../shared/domain/money.ts'
import type { Route } from '../../shared/domain/route.ts'
import type { RoutePreference } from '../../shared/domain/routePreference.ts'

/** What is known of one way to a model. */
export interface RouteStanding {
  readonly route: Route
  /** A key is there, or none is needed. */
  readonly isReady: boolean
  /** Nothing is sent that way for now. */
  readonly isHeld: boolean
  /** Of the very request; null: not known, or the route cannot make it. */
  readonly cost: Money | null
  /** Middle of the measured times; null: none yet. */
  readonly renderMs: number | null
}

/**
 * Ways in order of preference: those with a key first, of these the ones that are not held, what is
 * known before what is not, and else as they came. Prices of one currency are compared: that of the
 * first priced way of those that stand alike in key and hold. Pure.
 */
export function preferRoutes(
  routes: readonly RouteStanding[],
  preference: RoutePreference,
): readonly RouteStanding[] {
  const rank = rankBy(routes, preference)
  return routes.toSorted((a, b) => {
    const ready = Number(b.isReady) - Number(a.isReady) || Number(a.isHeld) - Number(b.isHeld)
    const [one, other] = [rank(a), rank(b)]
    return ready === 0 && one !== other ? one - other : ready
  })
}

/** Lower is better; Infinity where nothing is known. */
function rankBy(
  routes: readonly RouteStanding[],
  { by, providers }: RoutePreference,
): (standing: RouteStanding) => number {
  if (by === 'speed') return ({ renderMs }) => renderMs ?? Infinity
  if (by === 'price')
    return (one) =>
      one.cost?.currency === currencyOf(routes, one) ? (one.cost?.micros ?? Infinity) : Infinity
  return ({ route }) => {
    const at = providers.indexOf(route.provider)
    return at === -1 ? Infinity : at
  }
}

function currencyOf(
  routes: readonly RouteStanding[],
  { isReady, isHeld }: RouteStanding,
): string | undefined {
  const alike = routes.filter((one) => one.isReady === isReady && one.isHeld === isHeld)
  return alike.find(({ cost }) => cost !== null)?.cost?.currency
}

/** Why the first way was taken, in words; null where there was nothing to choose. */
export function whyPreferred(
  ordered: readonly RouteStanding[],
  preference: RoutePreference,
): string | null {
  const [first] = ordered
  if (first === undefined || ordered.length < 2) return null
  const keyed = ordered.filter(({ isReady }) => isReady === first.isReady)
  const ready = keyed.filter(({ isHeld }) => isHeld === first.isHeld)
  const isKeyed = first.isReady && keyed.length < ordered.length
  const of = `of ${ready.length} ways${isKeyed ? ' with a key' : ''}`
  if (ready.length < keyed.length) {
    if (ready.length === 1) return `the only one of ${ordered.length} ways that is not held`
    return `${reasonOf(first, ready, preference)} ${of} that are not held`
  }
  if (ready.length === 1) return `the only one of ${ordered.length} ways with a key`
  return `${reasonOf(first, ready, preference)} ${of}`
}

function reasonOf(
  first: RouteStanding,
  among: readonly RouteStanding[],
  preference: RoutePreference,
): string {
  const { by } = preference
  const rank = rankBy(among, preference)
  if (rank(first) === Infinity) {
    const known = { price: 'no price is known: ', speed: 'no time is measured yet: ', listed: '' }
    return `${known[by]}the catalogue’s first`
  }
  if (by === 'listed') return 'your order’s first'
  const others = among.filter((other) => other !== first)
  const word = by === 'price' ? 'cheapest' : 'fastest'
  if (others.some((other) => rank(other) === rank(first))) return `first among the ${word}`
  const isAlone = others.every((other) => rank(other) === Infinity)
  const what = by === 'price' ? 'known price' : 'measured time'
  return isAlone ? `the only ${what}` : `${word}${by === 'speed' ? ' as measured' : ''}`
}
