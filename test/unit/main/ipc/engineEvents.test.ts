import { expect, test } from 'vitest'
import type { Engine, EngineEvent } from '../../../../src/main/engine.ts'
import { publishEngine } from '../../../../src/main/ipc/engineEvents.ts'
import { createPublisher } from '../../../../src/main/ipc/publish.ts'
import { createQueries } from '../../../../src/main/storage/queries/queries.ts'
import type { BatchView } from '../../../../src/shared/domain/batch.ts'
import type { Patches } from '../../../../src/shared/ipc/events.ts'
import { startCase } from '../../../helpers/queueCase.ts'
import { planOf } from '../../../helpers/queueHarness.ts'

// Promise: why all batches wait may change many times a minute, with hundreds of them open.
test('what all open batches wait for is read at once; only one that has ended is read by itself', async () => {
  const { h, clock, provider } = await startCase({ jobs: 1 })
  await h.settle()
  await h.commands.pause({ all: true })
  for (let batch = 0; batch < 5; batch += 1)
    await h.commands.admit(planOf({ jobs: 1 }), { again: true })
  const looks: string[] = []
  const queries = createQueries({
    db: {
      ...h.db,
      get: (sql, values) => {
        if (sql.startsWith('SELECT * FROM batches WHERE id')) looks.push(sql)
        return h.db.get(sql, values)
      },
    },
    now: clock.now,
    providers: new Map([[provider.id, provider]]),
    blocked: () => null,
  })
  const told: Patches<BatchView>[] = []
  const later: (() => void)[] = []
  const publisher = createPublisher({
    send: (name, { data }) => {
      if (name === 'batches.changed') told.push(data as Patches<BatchView>)
    },
    now: clock.now,
    schedule: (run) => {
      later.push(run)
      return () => undefined
    },
    report: (error) => {
      throw error
    },
  })
  let tell: (event: EngineEvent) => void = () => undefined
  const subscribe: Engine['subscribe'] = (listener) => {
    tell = listener
    return () => undefined
  }
  // It asks an engine for nothing else.
  publishEngine({ queries, subscribe } as Engine, publisher)
  const ended = queries.batches({}).find(({ finishedAt }) => finishedAt !== null)
  if (ended === undefined) throw new Error('none has ended')
  tell({ type: 'batch', batchId: ended.id })
  tell({ type: 'lanes' })
  looks.length = 0
  for (const run of later) run()
  expect(told).toHaveLength(1)
  expect(told[0]?.rows).toHaveLength(6)
  expect(looks).toHaveLength(1)
})
