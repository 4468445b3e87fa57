import { describe, expect, it } from 'vitest'
import { startCase as start } from '../../../helpers/queueCase.ts'
import { startQueue } from '../../../helpers/queueHarness.ts'

const HOUR = 3_600_000

describe('the same key again', () => {
  it('counts as sent only when it left', async () => {
    const { h, provider, job } = await start({
      idempotency: 'key',
      list: false,
      submits: ['loseBefore', 'notSent', 'loseBefore', 'loseBefore'],
    })
    await h.until(() => job(0).status === 'needsYou', HOUR)
    expect(provider.creates).toHaveLength(4)
    expect(job(0).needsYou?.evidence[0]).toContain('3 times')
  })

  it.each(['sendAgain', 'giveUp'] as const)('goes out no more after %s', async (kind) => {
    const { h, provider, job } = await start({
      idempotency: 'key',
      list: false,
      submits: ['loseBefore', 'loseBefore', 'loseBefore'],
    })
    await h.until(() => job(0).status === 'needsYou', HOUR)
    await h.commands.resolve(job(0).id, { kind })
    await h.until(() => false, 2 * HOUR)
    // What never arrived would be bought by it, beside the create that the person asked for.
    expect(provider.bill.map(({ key }) => key)).toEqual(
      kind === 'sendAgain' ? [`${job(0).id}:2`] : [],
    )
  })

  it('goes out no sooner than 30 s after the first send, also when a start finds it unknown', async () => {
    const sentAt: number[] = []
    const { h, clock } = await start({
      idempotency: 'key',
      list: false,
      submits: ['acceptAndLose', 'loseBefore', 'accept'],
      change: (plain) => ({
        submit: (wire, call) => {
          sentAt.push(clock.now())
          return plain.submit(wire, call)
        },
      }),
    })
    await h.until(() => sentAt.length === 1)
    // A merge at the start of a run leaves such an intent due at once.
    await h.store.write((tx) => {
      const intent = tx.dueIntents(clock.now() + HOUR)[0]
      if (intent !== undefined) tx.updateIntent(intent.id, { nextLookAt: clock.now() })
    })
    h.runner.wake()
    await h.settle()
    expect(sentAt.length).toBeGreaterThan(1)
    expect((sentAt[1] ?? 0) - (sentAt[0] ?? 0)).toBeGreaterThanOrEqual(30_000)
  })

  it('leaves no more when the machine slept between the decision and the send', async () => {
    const late: boolean[] = []
    const { h, clock } = await start({
      idempotency: 'key',
      list: false,
      submits: ['acceptAndLose', 'accept'],
      change: (plain) => ({
        submit: (wire, call) => {
          // For two hours: by then the provider has forgotten the key, and would render it once more.
          if (late.length > 0) clock.setWall(clock.now() + 2 * HOUR)
          late.push(call.isLate?.() ?? false)
          return plain.submit(wire, call)
        },
      }),
    })
    await h.until(() => late.length === 2)
    expect(late).toEqual([false, true])
  })

  it('is not used when the clock says that the first send lies ahead', async () => {
    const { h, provider, clock, job } = await start({
      idempotency: 'key',
      list: false,
      submits: ['acceptAndLose'],
    })
    await h.until(() => provider.creates.length === 1)
    h.kill()
    // The machine starts again with its clock two hours back: how old the request is, nobody knows.
    clock.setWall(clock.now() - 2 * HOUR)
    const next = await startQueue({ clock, provider, db: h.db, run: 2 })
    await next.settle()
    expect(provider.creates).toHaveLength(1)
    expect(job(0).status).toBe('needsYou')
  })
})
