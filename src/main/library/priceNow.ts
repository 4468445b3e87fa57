import type { RouteRequest } from '../../shared/domain/generation.ts'
import type { ProviderId, RouteId } from '../../shared/domain/ids.ts'
import type { Money } from '../../shared/domain/money.ts'
import { priceOf } from '../../shared/normalise/price.ts'
import type { Catalogue } from './catalogue.ts'

/** What a request that was planned before costs by the prices of now; null where none is known (money rule 18). */
export const priceNow =
  (catalogue: Pick<Catalogue, 'route'>) =>
  (
    job: { readonly provider: ProviderId; readonly route: RouteId },
    requestOf: () => RouteRequest | null,
  ): Money | null => {
    const route = catalogue.route(job.route)
    // A rehearsal of the route is free.
    if (route?.provider !== job.provider) return null
    const request = requestOf()
    return request === null ? null : priceOf(route, request)
  }
