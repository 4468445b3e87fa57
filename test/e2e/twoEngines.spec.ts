import { appPaths } from '../../src/main/storage/appPaths.ts'
import { openStorage } from '../../src/main/storage/openStorage.ts'
import { expect, request, start, test } from './fixtures.ts'

test('beside another engine the app says who holds the folder, shows all, changes nothing, and can retry', async ({
  dataDir,
}) => {
  const before = await start({ dataDir })
  const draft = await before.ask('drafts.create', { name: 'Made before' })
  await before.close()

  const held = await openStorage({
    ...appPaths(dataDir),
    face: 'cli',
    now: Date.now,
    newJobId: () => 'job_00000000',
  })
  if (!held.ok) throw new Error(held.error.message)
  const app = await start({ dataDir })
  const engine = await app.engine()
  expect(engine.kind).toBe('readOnly')
  const words = `the command line, process ${process.pid}`
  expect('message' in engine ? engine.message : '').toContain(words)
  await expect(app.page.getByText(words).first()).toBeVisible()
  expect((await app.ask('drafts.list')).map(({ name }) => name)).toContain('Made before')
  expect(await request(app.page, 'drafts.remove', { draftId: draft.id })).toMatchObject({
    ok: false,
    error: { code: 'ENGINE_HELD' },
  })
  expect(await app.ask('app.retryEngine')).toMatchObject({ kind: 'readOnly' })

  await held.value.close()
  expect(await app.ask('app.retryEngine')).toEqual({ kind: 'running' })
  await app.ask('drafts.remove', { draftId: draft.id })
  await expect(app.page.getByText(words)).toHaveCount(0)
  await app.close()
})
