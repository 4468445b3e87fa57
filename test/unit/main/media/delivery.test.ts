import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createDelivery } from '../../../../src/main/media/delivery.ts'
import { err, ok } from '../../../../src/shared/domain/result.ts'
import { folderWith } from '../../../helpers/folder.ts'
import { startCase } from '../../../helpers/queueCase.ts'

it('a clip that cannot be asked for is tried again for the reason that there is', async () => {
  const { h, job } = await startCase({})
  const delivery = createDelivery({
    store: h.store,
    download: () => Promise.reject(new Error('nobody is asked')),
    isPlayable: async () => ok(undefined),
    spoolDir: '/nowhere',
    namingTemplate: () => '{row}',
  })
  const error = { kind: 'invalidRequest', code: 'BAD_BASE_URL', message: 'No address.' } as const
  const outcome = await delivery.deliver({
    job: job(0),
    takeNo: 0,
    source: { kind: 'url', url: 'https://files.example/clip.mp4', withKey: false },
    path: '/nowhere/clip.mp4',
    call: err(error),
    signal: new AbortController().signal,
  })
  expect(outcome).toEqual({ kind: 'retry', error })
})

it('a file where a folder of the name should be is trouble of the disk, told with its place', async () => {
  const { h, job } = await startCase({})
  const outDir = folderWith({ test: 'no folder' })
  h.db.run('UPDATE batches SET outDir = ?', [outDir])
  const delivery = createDelivery({
    store: h.store,
    download: () => Promise.reject(new Error('nobody is asked')),
    isPlayable: async () => ok(undefined),
    spoolDir: '/nowhere',
    namingTemplate: () => '{batch}/{row}',
  })
  const placed = await delivery.place(job(0), 0)
  expect(placed).toMatchObject({ ok: false, error: { kind: 'disk' } })
  expect(placed.ok ? '' : placed.error.message).toContain(join(outDir, 'test'))
})
