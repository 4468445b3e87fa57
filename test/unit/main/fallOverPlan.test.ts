import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openCli } from '../../../src/main/composeCli.ts'
import { credentialOf } from '../../../src/main/providers/credentialId.ts'
import { appPaths, makeDataDir } from '../../../src/main/storage/appPaths.ts'
import { openStorage } from '../../../src/main/storage/openStorage.ts'
import { folderWith } from '../../helpers/folder.ts'
import { NO_BATCH } from '../../helpers/planning.ts'

/** One for every provider that has the model. */
const KEY = 'canary-0123456789'
const KEYS = { LUMENFALL_API_KEY: KEY, FAL_KEY: KEY }

/** A data folder whose queue found the lane of a provider's key held. */
async function holdLane(dataDir: string, provider: string): Promise<void> {
  const paths = appPaths(dataDir)
  expect(makeDataDir(paths).ok).toBe(true)
  const newJobId = () => 'job_00000000' as const
  const opened = await openStorage({ ...paths, face: 'cli', now: Date.now, newJobId })
  if (!opened.ok) throw new Error(opened.error.message)
  opened.value.db.run(
    `INSERT INTO lanes (provider, credential, paused, heldReason, needsPerson) VALUES (?, ?, 0, '{"code":"NO_CREDIT"}', 1)`,
    [provider, credentialOf(KEY)],
  )
  await opened.value.close()
}

/** Which provider each job of a file would go to, and why. */
async function plannedBy(folder: string, fallOver: boolean | undefined) {
  const tools = await openCli({
    dataDir: join(folder, 'data'),
    env: { ...KEYS },
    timeScale: 1,
    pollMs: null,
    fallOver,
  })
  try {
    const planned = await tools.planFile({
      path: join(folder, 'b.csv'),
      sheet: undefined,
      options: {
        defaults: { model: 'kling-v3' },
        expand: { kind: 'product' },
        plain: false,
        rehearse: false,
        maxJobsPerRow: null,
      },
      batch: NO_BATCH,
    })
    if (!planned.ok) throw new Error(JSON.stringify(planned.error))
    return planned.value.plan.jobs.map(({ provider, routeWhy }) => [provider, routeWhy])
  } finally {
    await tools.close()
  }
}

// Promise: with --fall-over a plan takes another way where the first is held; a row that names one keeps it.
test('--fall-over plans rows without a provider another way where the first is held', async () => {
  const rows = 'prompt,duration,provider\nA fox,5,\nAn owl,5,PROVIDER\n'
  const first = await plannedBy(folderWith({ 'b.csv': rows.replace('PROVIDER', '') }), true)
  const usual = String(first[0]?.[0])
  const folder = folderWith({ 'b.csv': rows.replace('PROVIDER', usual) })
  await holdLane(join(folder, 'data'), usual)

  const [moved, named] = await plannedBy(folder, true)
  expect(moved?.[0]).not.toBe(usual)
  expect(moved?.[1]).toContain('not held')
  expect(named?.[0]).toBe(usual)

  for (const off of [false, undefined]) {
    const stays = await plannedBy(folder, off)
    expect(stays.map(([provider]) => provider)).toEqual([usual, usual])
  }
})
