import type { Model, Route } from '../../shared/domain/route.ts'
import type { RouteRules } from './catalogue.ts'

interface Asked {
  readonly route: Route
  /** Of one mode; absent: every mode of the route. */
  readonly endpoint: string | undefined
  readonly rules: RouteRules
}

/** `not offered by Lumenfall on 2026-11-22`; null where the list has it, or says nothing of it. */
export function notOffered(
  models: readonly Model[],
  { route, endpoint, rules }: Asked,
): string | null {
  const offers = rules.offers?.(route.provider) ?? null
  // A name that pins an upstream stands in no list.
  if (offers === null || route.byNameOnly) return null
  const { endpoints, providerName, askedAt } = offers
  const asked = endpoint === undefined ? endpointsOf(route) : [endpoint]
  if (asked.some((one) => endpoints.has(one))) return null
  // A list without any route of ours names things in another way: it is no evidence.
  const isOfOurNames = models
    .flatMap(({ routes }) => routes.filter(({ provider }) => provider === route.provider))
    .some((one) => endpointsOf(one).some((name) => endpoints.has(name)))
  if (!isOfOurNames) return null
  return `not offered by ${providerName} on ${new Date(askedAt).toISOString().slice(0, 10)}`
}

const endpointsOf = ({ modes }: Route): readonly string[] =>
  Object.values(modes).map(({ endpoint }) => endpoint)
