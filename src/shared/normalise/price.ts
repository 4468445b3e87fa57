import { currencyFormat } from '../domain/moneyText.ts'
import type { Capabilities, PriceRule } from '../domain/catalogue.ts'
import type { RouteRequest } from '../domain/generation.ts'
import type { Mode } from '../domain/model.ts'
import { moneyFrom, type Money } from '../domain/money.ts'
import type { Route, RouteMode } from '../domain/route.ts'
import { longestDuration } from './nearest.ts'
import { tierOfSize } from './shape.ts'
import { parseSizeText } from './sizes.ts'
import { decodeFields } from './wire.ts'

/** A price with what it rests on. */
export interface Quote {
  readonly money: Money
  /** For people, e.g. `8 s × $0.18`. */
  readonly howComputed: string
  /** ISO day. */
  readonly checkedOn: string
  readonly source: string
}

/** What a price can depend on. Undefined: the request leaves it open and no default is known. */
interface PriceFacts {
  readonly mode: Mode
  readonly resolution: string | undefined
  readonly audio: boolean | undefined
  readonly durationSeconds: number | undefined
  /** Names on the wire. */
  readonly names: readonly string[]
}

/**
 * The most that this request can cost on its route, from the catalogue (money rules 18 and 21). Read
 * from the frozen wire fields, so it can be asked again at claim. Null when no price is known.
 */
export function priceOf(route: Route, request: RouteRequest): Money | null {
  return quote(route, request)?.money ?? null
}

/** As `priceOf`, with its explanation. */
export function quote(route: Route, request: RouteRequest): Quote | null {
  const mode = route.modes[request.mode]
  if (mode === undefined) return null
  const facts = factsOf(mode, request)
  const quotes = route.prices.flatMap((rule) => (fits(rule, facts) ? quoteBy(rule, facts) : []))
  const rising = quotes.toSorted((a, b) => a.money.micros - b.money.micros)
  return rising.at(-1) ?? null
}

function factsOf(mode: RouteMode, request: RouteRequest): PriceFacts {
  const { capabilities, fields } = mode
  const wire = decodeFields(fields, request.fields)
  const usual = capabilities.defaults ?? {}
  const resolution = wire.resolution ?? tierSent(capabilities, wire.size)
  const fixed = { always: true, never: false, optional: undefined }
  const allowed = capabilities.durationsAt?.[resolution ?? ''] ?? capabilities.durations
  const longest = allowed === undefined ? undefined : longestDuration(allowed)
  return {
    mode: request.mode,
    resolution,
    audio: fixed[capabilities.audio ?? 'optional'] ?? wire.audio ?? usual.audio,
    durationSeconds: wire.durationSeconds ?? usual.durationSeconds ?? longest,
    names: Object.keys(request.fields),
  }
}

/** The tier of an exact size on the wire; with none the default, or the only one there is. */
function tierSent(
  { resolutions = [], defaults }: Capabilities,
  wireSize: string | undefined,
): string | undefined {
  const size = parseSizeText(wireSize ?? '')?.size
  if (size !== undefined) return tierOfSize(resolutions, size)?.name
  const only = resolutions.length === 1 ? resolutions[0]?.name : undefined
  return defaults?.resolution ?? only
}

/** What the request leaves open fits every rule, so that the highest price counts. */
function fits({ when = {} }: PriceRule, facts: PriceFacts): boolean {
  const holds = <T>(allowed: readonly T[] | undefined, value: T | undefined) =>
    allowed === undefined || value === undefined || allowed.includes(value)
  const { withOption } = when
  return (
    (withOption === undefined || withOption.some((name) => facts.names.includes(name))) &&
    holds(when.mode, facts.mode) &&
    holds(when.resolution, facts.resolution) &&
    holds(when.audio === undefined ? undefined : [when.audio], facts.audio) &&
    holds(when.durationSeconds, facts.durationSeconds)
  )
}

function quoteBy(rule: PriceRule, { durationSeconds }: PriceFacts): Quote[] {
  const { currency, checkedOn, source } = rule
  const about = { checkedOn, source }
  if (rule.perClip !== undefined) {
    const money = moneyFrom(rule.perClip, currency, true)
    return [{ money, howComputed: `${amountText(rule.perClip, currency)} a clip`, ...about }]
  }
  if (rule.perSecond === undefined || durationSeconds === undefined) return []
  const money = moneyFrom(rule.perSecond * durationSeconds, currency, true)
  const howComputed = `${durationSeconds} s × ${amountText(rule.perSecond, currency)}`
  return [{ money, howComputed, ...about }]
}

/** All decimals that count, at least two. */
function amountText(amount: number, currency: string): string {
  return currencyFormat(currency, { least: 2, most: 6 }).format(amount)
}
