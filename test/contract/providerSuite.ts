import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { RouteRequest } from '../../src/shared/domain/generation.ts'
import type { Operation } from '../../src/shared/domain/job.ts'
import { isWholeMp4 } from '../../src/main/media/mp4Boxes.ts'
import { probe } from '../../src/main/media/probe.ts'
import type {
  CallContext,
  OutputSource,
  PrepareCall,
  SubmitOutcome,
  VideoProvider,
  WireRequest,
} from '../../src/main/providers/spec.ts'
import { folderWith } from '../helpers/folder.ts'

/** One provider and what stands for its servers. Everything but `make` may be asked at any time. */
export interface ProviderHarness {
  /** A new instance on the same servers or folders: what a restart of the app gives. */
  make(): VideoProvider
  call(): CallContext
  prepareCall(idempotencyKey: string): PrepareCall
  /** `endless` renders run until they are finished or cancelled. */
  request(prompt: string, kind: 'short' | 'endless'): RouteRequest
  /** Resolves when a look at the operation can see its end. */
  finish(provider: VideoProvider, operation: Operation): Promise<void>
  read(output: OutputSource): Promise<Uint8Array>
  /** Must turn up nowhere but in the call itself. */
  readonly secrets: readonly string[]
  close(): Promise<void>
}

/** What every provider promises to the queue, with any server behind it. */
export function describeProvider(name: string, open: () => Promise<ProviderHarness>): void {
  describe(`${name} as a provider`, () => {
    const start = async (): Promise<Started> => {
      const harness = await open()
      onTestFinished(() => harness.close())
      return new Started(harness)
    }

    it('takes an order whose handle survives a restart, and delivers whole videos', async () => {
      const { harness, order } = await start()
      const { provider, operation } = await order('a walk', 'short')
      await harness.finish(provider, operation)
      const done = await harness.make().check(restarted(operation), harness.call())
      if (done.kind !== 'succeeded') throw new Error(JSON.stringify(done))
      expect(done.outputs.length).toBeGreaterThan(0)
      for (const [index, output] of done.outputs.entries()) {
        const path = join(folderWith(), `${index}.mp4`)
        writeFileSync(path, await harness.read(output))
        expect(await isWholeMp4(path)).toBe(true)
        expect(await probe(path)).toMatchObject({ ok: true })
      }
    })

    it('goes on with an unfinished order after a restart', async () => {
      const { harness, order } = await start()
      const { operation } = await order('a restart', 'short')
      const later = harness.make()
      const look = await later.check(restarted(operation), harness.call())
      expect(['queued', 'running', 'succeeded']).toContain(look.kind)
      await harness.finish(later, operation)
      expect((await later.check(operation, harness.call())).kind).toBe('succeeded')
    })

    it('makes one thing of the same order sent twice under one key', async () => {
      const { harness, submit } = await start()
      const provider = harness.make()
      if (provider.traits.idempotency !== 'key') return
      const wire = await frozen(harness, { prompt: 'twice', key: 'job_01SAME:1' })
      const first = operationOf(await submit(provider, wire))
      const again = operationOf(await submit(harness.make(), wire))
      expect(again.id).toBe(first.id)
      const other = await frozen(harness, { prompt: 'twice', key: 'job_01SAME:2' })
      expect(other.fingerprint).toBe(wire.fingerprint)
      expect(operationOf(await submit(provider, other)).id).not.toBe(first.id)
    })

    it('says that an order is missing which it never took', async () => {
      const { harness, order } = await start()
      const { provider, operation } = await order('known', 'short')
      const stranger = provider.operationFromId?.('unknown-id', harness.request('known', 'short'))
      const unknown = restarted(stranger ?? { ...operation, id: 'unknown-id' })
      expect((await provider.check(unknown, harness.call())).kind).toBe('missing')
    })

    it('cancels a running order for good', async () => {
      const { harness, order } = await start()
      const { provider, operation } = await order('stop me', 'endless')
      if (provider.cancel === undefined) return
      await provider.check(operation, harness.call())
      expect((await provider.cancel(operation, harness.call())).kind).toBe('requested')
      const ended = await harness.make().check(restarted(operation), harness.call())
      // Some delete what they cancel.
      expect(['cancelled', 'missing']).toContain(ended.kind)
    })

    it('finds in its list what was sent', async () => {
      const { harness, submit } = await start()
      const provider = harness.make()
      if (provider.findSubmitted === undefined) return
      const wire = await frozen(harness, { prompt: 'find me', key: 'job_01FIND:1' })
      const { id } = operationOf(await submit(provider, wire))
      const { endpoint } = harness.request('find me', 'short')
      const found = await harness
        .make()
        .findSubmitted?.(
          { endpoint, sinceMs: harness.call().now() - 600_000, wire },
          harness.call(),
        )
      if (found?.ok !== true) throw new Error(JSON.stringify(found))
      const own = found.value.filter(({ operation }) => operation.id === id)
      expect(own).toHaveLength(1)
      expect(own[0]?.match).not.toBe('different')
    })

    it('keeps its secrets to the call', async () => {
      const { harness, order } = await start()
      const { provider, operation } = await order('secret', 'short')
      const { baseUrls, settings } = harness.call()
      const shown = provider.describe(harness.request('secret', 'short'), { baseUrls, settings })
      const wire = await frozen(harness, { prompt: 'secret', key: 'job_01SEC:1' })
      const said = JSON.stringify([
        shown,
        operation,
        wire,
        Buffer.from(wire.body).toString('latin1'),
      ])
      for (const secret of harness.secrets) expect(said).not.toContain(secret)
    })
  })
}

interface Ordered {
  readonly provider: VideoProvider
  readonly operation: Operation
}

class Started {
  readonly harness: ProviderHarness
  private orders = 0

  constructor(harness: ProviderHarness) {
    this.harness = harness
  }

  readonly submit = (provider: VideoProvider, wire: WireRequest): Promise<SubmitOutcome> =>
    provider.submit(wire, this.harness.call())

  readonly order = async (prompt: string, kind: 'short' | 'endless'): Promise<Ordered> => {
    this.orders += 1
    const provider = this.harness.make()
    const wire = await frozen(this.harness, { prompt, kind, key: `job_01ORDER:${this.orders}` })
    return { provider, operation: operationOf(await this.submit(provider, wire)) }
  }
}

interface Wanted {
  readonly prompt: string
  readonly kind?: 'short' | 'endless'
  readonly key: string
}

async function frozen(
  harness: ProviderHarness,
  { prompt, kind, key }: Wanted,
): Promise<WireRequest> {
  const request = harness.request(prompt, kind ?? 'short')
  const wire = await harness.make().prepare(request, harness.prepareCall(key))
  if (!wire.ok) throw new Error(wire.error.message)
  return wire.value
}

function operationOf(outcome: SubmitOutcome): Operation {
  if (outcome.kind === 'accepted') return outcome.operation
  throw new Error(JSON.stringify(outcome))
}

/** What the database gives back of an operation. */
const restarted = (operation: Operation): Operation =>
  JSON.parse(JSON.stringify(operation)) as Operation
