import type { Arrival } from '../../src/main/jobs/arrivals.ts'
import type { DeliverOutcome } from '../../src/main/jobs/context.ts'
import type { JobError } from '../../src/shared/domain/errors.ts'
import type { Operation } from '../../src/shared/domain/job.ts'
import { ok } from '../../src/shared/domain/result.ts'
import type {
  CheckOutcome,
  FoundOperation,
  ProviderTraits,
  SubmitOutcome,
  VideoProvider,
  WireRequest,
} from '../../src/main/providers/spec.ts'

/** What a create comes to: did the provider take it, and what does the caller see? */
export type SubmitScript =
  | 'accept'
  | 'acceptAndLose' // taken, the answer is lost
  | 'loseBefore' // never taken, the caller cannot know
  | 'notSent'
  | 'refuse429'
  | 'refuse401'
  | 'refuse400'
  | 'refuse503'
export type CheckScript = 'running' | 'succeed' | 'fail' | 'policy' | 'unreachable' | 'missing'

interface Render {
  readonly id: string
  readonly key: string
  readonly fingerprint: string
  readonly createdAtMs: number
  readonly script: CheckScript[]
}

/** What fetching a file comes to; null: it is there. */
export type FakeDelivery = (
  url: string,
  arrive: (arrival: Arrival) => void,
) => DeliverOutcome | null | Promise<DeliverOutcome | null>

/** A provider in memory with a bill: what a real one would charge for. It outlives a "crash" of the engine. */
export interface ScriptedProvider extends VideoProvider {
  readonly bill: readonly Render[]
  /** Every create that reached it, taken or not. */
  readonly creates: readonly string[]
}

export interface ScriptOptions {
  /** `scripted` without. */
  readonly id?: string
  readonly idempotency: 'key' | 'none'
  readonly list: boolean
  readonly concurrency?: number
  readonly now: () => number
  readonly nextSubmit: () => SubmitScript
  readonly checks: () => CheckScript[]
  /** List passes that show nothing yet. */
  readonly listLag?: number
  readonly paid?: boolean
}

const failed = (kind: JobError['kind'], code: string): JobError => ({
  kind,
  code,
  message: `scripted ${code}`,
})

export function scriptedProvider(options: ScriptOptions): ScriptedProvider {
  const bill: Render[] = []
  const creates: string[] = []
  let lag = options.listLag ?? 0
  const take = (wire: WireRequest, key: string): Render => {
    const known =
      options.idempotency === 'key' ? bill.find((render) => render.key === key) : undefined
    if (known !== undefined) return known
    const render = {
      id: `op-${bill.length + 1}`,
      key,
      fingerprint: wire.fingerprint,
      createdAtMs: options.now(),
      script: options.checks(),
    }
    bill.push(render)
    return render
  }
  const operationOf = (render: Render): Operation => ({ id: render.id, version: 1, data: {} })
  const submit = (wire: WireRequest): SubmitOutcome => {
    const key = new TextDecoder().decode(wire.body)
    creates.push(key)
    const script = options.nextSubmit()
    if (script === 'accept') return { kind: 'accepted', operation: operationOf(take(wire, key)) }
    if (script === 'acceptAndLose') take(wire, key)
    if (script === 'acceptAndLose' || script === 'loseBefore')
      return { kind: 'unknown', error: failed('unknown', 'RESET') }
    if (script === 'notSent')
      return { kind: 'notSent', error: failed('unavailable', 'REFUSED_CONNECTION') }
    if (script === 'refuse429')
      return { kind: 'refused', error: failed('rateLimit', 'TOO_MANY'), retryAfterMs: 7_000 }
    if (script === 'refuse401') return { kind: 'refused', error: failed('auth', 'BAD_KEY') }
    if (script === 'refuse503')
      return { kind: 'refused', error: failed('unavailable', 'BUSY'), retryAfterMs: 3_000 }
    return { kind: 'refused', error: failed('invalidRequest', 'BAD_INPUT') }
  }
  const look = (operation: Operation): CheckOutcome => {
    const render = bill.find(({ id }) => id === operation.id)
    if (render === undefined) return { kind: 'missing', error: failed('unknown', 'NOT_FOUND') }
    const step = render.script.length > 1 ? render.script.shift() : render.script[0]
    switch (step) {
      case 'running':
        return { kind: 'running', progress: 0.5 }
      case 'fail':
        return { kind: 'failed', error: failed('unavailable', 'RENDER_BROKE') }
      case 'policy':
        return { kind: 'failed', error: failed('contentPolicy', 'REFUSED_CONTENT') }
      case 'unreachable':
        return { kind: 'unreachable', error: failed('unavailable', 'HTTP_500') }
      case 'missing':
        return { kind: 'missing', error: failed('unknown', 'NOT_FOUND') }
      default:
        return {
          kind: 'succeeded',
          outputs: [
            { kind: 'url', url: `https://cdn.example.com/${render.id}.mp4`, withKey: false },
          ],
        }
    }
  }
  return {
    id: options.id ?? 'scripted',
    name: options.id ?? 'Scripted',
    traits: traitsFor(options),
    bill,
    creates,
    describe: () => null,
    prepare: async (request, call) =>
      ok({
        version: 1,
        method: 'POST',
        url: 'https://api.example.com/create',
        headers: {},
        body: new TextEncoder().encode(call.idempotencyKey),
        fingerprint: JSON.stringify(request.fields),
      }),
    submit: async (wire) => submit(wire),
    check: async (operation) => look(operation),
    ...(options.list
      ? {
          findSubmitted: async ({ sinceMs, wire }) => {
            lag -= 1
            if (lag >= 0) return ok([])
            return ok(
              bill
                .filter(({ createdAtMs }) => createdAtMs >= sinceMs)
                .map((render) => found(render, wire)),
            )
          },
        }
      : {}),
    operationFromId: (id) => ({ id, version: 1, data: {} }),
    verifyKey: async () => ({ kind: 'notNeeded' }),
  }

  function found(render: Render, wire: WireRequest): FoundOperation {
    return {
      operation: operationOf(render),
      createdAtMs: render.createdAtMs,
      match: render.fingerprint === wire.fingerprint ? 'same' : 'different',
    }
  }
}

function traitsFor({ idempotency, concurrency, paid }: ScriptOptions): ProviderTraits {
  return {
    idempotency,
    paid: paid ?? true,
    currency: 'USD',
    lane: { concurrency: concurrency ?? 4, createsPerMinute: null },
    pollFloorMs: 1_000,
    charges: { failed: 'nothing', cancelled: 'full' },
    keyVariable: null,
    baseUrls: [],
  }
}
