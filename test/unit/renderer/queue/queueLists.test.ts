import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createQueueLists } from '../../../../src/renderer/features/queue/queueLists.ts'
import type { BatchId } from '../../../../src/shared/domain/ids.ts'
import { openPageDoor } from '../../../helpers/pageDoor.ts'

const asked: (string | undefined)[] = []
beforeEach(() => {
  asked.length = 0
  openPageDoor((_route, { filter: { batchId } }: { filter: { batchId?: string } }) => {
    asked.push(batchId)
    const row = { id: `job_of_${batchId}`, batchId, revision: 1 }
    return { ok: true, data: { rows: [row], next: null } }
  })
})
afterEach(() => vi.unstubAllGlobals())

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

// Promise: what main is asked as work goes on hangs on what is in view, not on what was ever scrolled past.
test('batches that were scrolled past are not read again', async () => {
  const lists = createQueueLists({ statuses: null, text: '', of: {} })
  const batches: readonly BatchId[] = Array.from({ length: 30 }, (_, at): BatchId => `batch_${at}`)
  for (const batchId of batches) {
    lists.look(new Set([batchId]))
    lists.of(batchId).show(0, 0)
  }
  await settled()
  expect(asked).toEqual(batches)
  asked.length = 0
  lists.refresh()
  await settled()
  expect(asked).toEqual(['batch_29'])
})
