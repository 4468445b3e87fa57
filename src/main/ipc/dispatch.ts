import type { z } from 'zod'
import { ipcError, type Envelope, type IpcError } from '../../shared/ipc/ipcError.ts'
import {
  routes,
  type OutputOf,
  type ParsedInputOf,
  type RouteName,
} from '../../shared/ipc/routes.ts'
import type { Result } from '../../shared/domain/result.ts'
import { isStoreError } from '../jobs/storeError.ts'

type Answer<T> = Result<T, IpcError> | Promise<Result<T, IpcError>>
/** What is expected to go wrong is a value; what it throws is a bug and reaches the page as INTERNAL. */
export type Handler<R extends RouteName> = (input: ParsedInputOf<R>) => Answer<OutputOf<R>>
/** One handler for every route: a missing one does not compile. */
export type Handlers = { readonly [R in RouteName]: Handler<R> }
/** The handlers of one group of routes. */
export type HandlersFor<Group> = Pick<Handlers, keyof Group & RouteName>

export interface DispatchOptions {
  readonly handlers: Handlers
  /** Told of every bug, with the route that it came from. */
  readonly report: (error: unknown, route: string) => void
}
/** Takes what the page sent, as it came. Never rejects. */
export type Dispatch = (call: {
  readonly route: unknown
  readonly input: unknown
  readonly isTrusted: boolean
}) => Promise<Envelope<unknown>>

/** Known route, trusted sender, parsed input, handler, envelope; in this order. */
export function createDispatch({ handlers, report }: DispatchOptions): Dispatch {
  return async ({ route, input, isTrusted }) => {
    if (!isRoute(route))
      return refuse(ipcError('UNKNOWN_ROUTE', `There is no request ${say(route)}.`))
    if (!isTrusted) {
      return refuse(ipcError('UNTRUSTED_SENDER', 'Only the window of Dailies itself may ask this.'))
    }
    try {
      const parsed = routes[route].input.safeParse(input)
      if (!parsed.success) return refuse(badInput(route, parsed.error))
      // The route's own schema made this input, which the compiler cannot follow through the map.
      const handler = handlers[route] as (parsed: unknown) => Answer<unknown>
      const result = await handler(parsed.data)
      return result.ok ? { ok: true, data: result.value } : refuse(result.error)
    } catch (error) {
      report(error, route)
      return refuse(internal(error))
    }
  }
}

const isRoute = (route: unknown): route is RouteName =>
  typeof route === 'string' && Object.hasOwn(routes, route)

const say = (route: unknown): string =>
  typeof route === 'string' ? `"${route.slice(0, 60)}"` : 'of that kind'

const refuse = (error: IpcError): Envelope<never> => ({ ok: false, error })

function badInput(route: string, error: z.ZodError): IpcError {
  const [first] = error.issues
  const place = first === undefined || first.path.length === 0 ? 'input' : first.path.join('.')
  const details = error.issues.slice(0, 20).map(({ path, message }) => ({ path, message }))
  return ipcError('BAD_INPUT', `${route}: ${place}: ${first?.message ?? 'is not valid'}`, details)
}

function internal(error: unknown): IpcError {
  // The disk refused, in words that say what to do: no fault of ours, and nothing of it was kept.
  if (isStoreError(error)) return { code: error.code, message: error.message }
  const message = error instanceof Error ? error.message : String(error)
  return ipcError('INTERNAL', `A fault in Dailies stopped this: ${message}. The log says more.`)
}
