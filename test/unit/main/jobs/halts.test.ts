import { expect, it } from 'vitest'
import { ok } from '../../../../src/shared/domain/result.ts'
import { createHalts, type Outstanding } from '../../../../src/main/jobs/halts.ts'
import type { JobStore } from '../../../../src/main/jobs/ports.ts'
import { startCase } from '../../../helpers/queueCase.ts'

const MB = 1024 * 1024

/** Two folders that wait for 100 MB each, and 200 MB free where each lies. */
async function haltWith(diskOf: (folder: string) => number): Promise<string | null> {
  const { h } = await startCase({})
  const waiting: Outstanding[] = ['/a', '/b'].map((outDir) => ({ outDir, bytes: 100 * MB }))
  const store: JobStore = {
    ...h.store,
    read: (look) => h.store.read((tx) => look({ ...tx, outstanding: () => waiting })),
  }
  const delivery = {
    ...h.ctx.delivery,
    roomAt: async (folder: string) => ok({ freeBytes: 200 * MB, disk: diskOf(folder) }),
  }
  const ctx = () => ({ ...h.ctx, store, delivery })
  const halts = createHalts({ ctx, dataDir: '/data', guard: () => null })
  return (await halts.check())?.code ?? null
}

it('the room of one disk is counted once for all folders on it', async () => {
  expect(await haltWith(() => 1)).toBe('diskFull')
  expect(await haltWith((folder) => (folder === '/a' ? 1 : 2))).toBeNull()
})

it.each([
  ['ENOSPC', 'diskFull'],
  ['DISK_FULL', 'diskFull'],
  ['EROFS', 'folderUnusable'],
  ['FOLDER_READ_ONLY', 'folderUnusable'],
])('a download that meets %s on the disk says %s', async (code, halt) => {
  const error = { kind: 'disk', code, message: 'The disk refused.' } as const
  const { h } = await startCase({ deliver: () => ({ kind: 'disk', error }) })
  await h.until(() => h.events.some(({ type }) => type === 'halted'))
  expect(h.events.find(({ type }) => type === 'halted')).toMatchObject({ code: halt })
})
