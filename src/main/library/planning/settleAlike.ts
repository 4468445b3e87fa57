import { normalise } from '../../../shared/normalise/normalise.ts'
import { ok, type Result } from '../../../shared/domain/result.ts'
import { priceOf } from '../../../shared/normalise/price.ts'
import type { GenerationRequest } from '../../../shared/domain/generation.ts'
import type { Money } from '../../../shared/domain/money.ts'
import type { Normalised, RequestProblem } from '../../../shared/normalise/types.ts'
import type { Route, RouteMode } from '../../../shared/domain/route.ts'

/** A request in its route's own words, and the most that it costs; null when no price is known. */
export interface Settled {
  readonly done: Normalised
  readonly estimate: Money | null
}
export type SettleResult = Result<Settled, readonly RequestProblem[]>
export type Settle = (request: GenerationRequest, seedIfNone: number) => SettleResult

/**
 * Normalises and prices the requests of one route. Most rows of a sheet differ in prompt and seed
 * alone, so such requests are settled once; the outcome is exactly that of `normalise`.
 */
export function settleAlike(model: { readonly name: string }, route: Route): Settle {
  const known = new Map<string, Settled>()
  return (request, seedIfNone) => {
    const twin = twinOf(request, route.modes[request.mode], seedIfNone)
    const before = twin === undefined ? undefined : known.get(twin.key)
    if (twin !== undefined && before !== undefined) return ok(withWords(before, twin))
    const done = normalise({ request, model, route, seedIfNone })
    if (!done.ok) return done
    const settled = { done: done.value, estimate: priceOf(route, done.value.request) }
    if (twin !== undefined) known.set(twin.key, settled)
    return ok(settled)
  }
}

/** What requests of one key differ in, under the wire's names. */
interface Twin {
  readonly key: string
  readonly prompt: string
  readonly promptName: string
  readonly seed: number | undefined
  readonly seedName: string | undefined
}

/** Undefined where prompt or seed decide about more than themselves: limits, options under their names. */
function twinOf(
  request: GenerationRequest,
  mode: RouteMode | undefined,
  seedIfNone: number,
): Twin | undefined {
  const { prompt, seed, options, ...shape } = request
  const promptName = mode?.fields.prompt?.name
  const seedName = mode?.fields.seed?.name
  if (mode === undefined || promptName === undefined) return undefined
  const { promptMaxChars = Infinity, seedMax = Infinity } = mode.capabilities
  const sent = seed ?? seedIfNone
  const isPlain = prompt.length <= promptMaxChars && Object.keys(options).length === 0
  const isSeedFree = seedName === undefined ? seed === undefined : sent <= seedMax
  if (!isPlain || !isSeedFree) return undefined
  const key = JSON.stringify(shape)
  return { key, prompt, promptName, seed: seedName === undefined ? undefined : sent, seedName }
}

function withWords({ done, estimate }: Settled, twin: Twin): Settled {
  const { prompt, promptName, seed, seedName } = twin
  const seedField = seedName === undefined || seed === undefined ? {} : { [seedName]: seed }
  const { request, applied } = done
  return {
    done: {
      ...done,
      request: {
        ...request,
        fields: { ...request.fields, [promptName]: prompt, ...seedField },
        expect: { ...request.expect, prompt, seed },
      },
      applied: { ...applied, prompt, seed },
    },
    estimate,
  }
}
