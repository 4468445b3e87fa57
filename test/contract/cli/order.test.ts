import { expect, test } from 'vitest'
import { eventsOf, runCli } from '../../helpers/cli.ts'
import { folderWith } from '../../helpers/folder.ts'

const BATCH = 'prompt,size,duration\nA fox,160x90,0.5\nAn owl,160x90,0.5\nA hare,160x90,0.5\n'
const FAST = { DAILIES_TIME_SCALE: '10', DAILIES_POLL_MIN_MS: '20' }

test('a paused queue stays paused, is put in order, and runs once the pause is off', async () => {
  const cwd = folderWith({ 'b.csv': BATCH })
  const dailies = (...words: string[]) =>
    runCli({ args: [...words, '--data-dir', 'data', '--out', 'out', '--json'], cwd, env: FAST })
  const rows = async () =>
    eventsOf(await dailies('jobs', '--project', 'Kites'), 'job').map(({ row }) => row)

  expect((await dailies('pause')).code).toBe(0)
  // Nothing waits, and it is told all the same.
  const status = await runCli({ args: ['status', '--data-dir', 'data'], cwd })
  expect(status.stdout).toContain('dailies unpause')
  const held = await dailies('run', 'b.csv', '--rehearse', '--project', 'Kites')
  expect(held.code).toBe(3)
  expect(held.stderr).toContain('dailies unpause')
  expect(eventsOf(held, 'waits')).toMatchObject([{ reason: 'everything is paused', jobs: 3 }])
  const queued = eventsOf(await dailies('jobs'), 'job')
  const last = String(queued.find(({ row }) => row === 4)?.['jobId'])

  await dailies('move', last, '--place', '2')
  await dailies('duplicate', last)
  expect(await rows()).toEqual([2, 4, 4, 3])
  expect((await dailies('retry', '--class', 'contentPolicy', last)).code).toBe(2)

  await dailies('pause', last)
  await dailies('unpause')
  const worked = await dailies('resume')
  expect(worked.code).toBe(3)
  expect(eventsOf(worked, 'take')).toHaveLength(3)
  await dailies('prune')
  expect(await rows()).toEqual([4])

  const unasked = await dailies('empty-trash')
  expect(unasked.code).toBe(2)
  expect(eventsOf(unasked, 'problem')).toMatchObject([{ code: 'notConfirmed', column: '--yes' }])
  const emptied = await dailies('empty-trash', '--yes')
  expect(eventsOf(emptied, 'emptied')).toMatchObject([{ deleted: 0, bytes: 0, kept: [] }])
  const [take] = eventsOf(worked, 'take')
  const refused = await dailies('empty-trash', String(take?.['takeId']))
  expect(refused.code).toBe(2)
  expect(refused.stdout).toContain('Not all of these takes are in the trash.')
  const unknown = await dailies('empty-trash', String(take?.['takeId']), 'nonsense', '--yes')
  expect(unknown.code).toBe(2)
  expect(unknown.stdout).toContain('nonsense is not the id of a take.')
})
