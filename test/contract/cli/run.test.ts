import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eventsOf, runCli, startCli, type Line } from '../../helpers/cli.ts'
import { folderWith } from '../../helpers/folder.ts'
import { PNG } from '../../helpers/planning.ts'

const BATCH =
  'prompt,size,duration,takes,seed,first_frame\nA fox,160x90,0.5,2,7,\nAn owl,90x160,0.5,,,first.png\n'
const FAST = { DAILIES_TIME_SCALE: '10', DAILIES_POLL_MIN_MS: '20' }

const batchFolder = (csv = BATCH): string => folderWith({ 'b.csv': csv, 'first.png': PNG })
const run = ['run', 'b.csv', '--provider', 'rehearsal', '--data-dir', 'data', '--out', 'out']

describe('run', () => {
  test('ends with a summary of all succeeded, and take lines that are exactly what the files are', async () => {
    const cwd = batchFolder()
    const ended = await runCli({ args: [...run, '--json'], cwd, env: FAST })
    expect(ended).toMatchObject({ code: 0 })
    expect(ended.events[0]).toMatchObject({ event: 'admitted', jobs: 3 })
    expect(ended.events.at(-1)).toMatchObject({
      event: 'summary',
      succeeded: 3,
      failed: 0,
      cancelled: 0,
      needsYou: 0,
      waiting: 0,
      spent: { micros: 0 },
    })
    const takes = eventsOf(ended, 'take')
    const seeds = takes.filter(({ row }) => row === 2).map(({ seed }) => seed)
    expect(new Set(seeds)).toEqual(new Set([7, 8]))
    for (const take of takes) {
      const bytes = readFileSync(String(take['path']))
      expect(take).toMatchObject({
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        hasAudio: true,
        ...(take['row'] === 2 ? { width: 160, height: 90 } : { width: 90, height: 160 }),
      })
      expect(take['durationSeconds']).toBeCloseTo(0.5, 1)
      for (const part of ['posterPath', 'filmstripPath', 'sidecarPath']) {
        expect(statSync(String(take[part])).size).toBeGreaterThan(0)
      }
    }
    expect(ended.stderr).toContain(`Contact sheet: ${join(cwd, 'out', 'b-contact-sheet.png')}`)
    expect(statSync(join(cwd, 'out', 'b-contact-sheet.png')).size).toBeGreaterThan(1000)
    const clips = readdirSync(join(cwd, 'out')).filter((name) => name.endsWith('.mp4'))
    expect(clips.toSorted()).toEqual(takes.map(({ path }) => basename(String(path))).toSorted())
  })

  test('can be looked at afterwards', async () => {
    const cwd = batchFolder('prompt,size,duration\nA fox,160x90,0.5\n')
    const ran = await runCli({ args: [...run, '--json'], cwd, env: FAST })
    const look = async (...args: string[]) =>
      runCli({ args: [...args, '--data-dir', 'data', '--json'], cwd })
    const batch = String(ran.events[0]?.['batchId'])
    const takes = await look('takes', '--batch', batch)
    expect(takes.events).toEqual(eventsOf(ran, 'take'))
    const jobs = await look('jobs')
    expect(jobs.events).toMatchObject([
      { event: 'job', status: 'succeeded', step: 'finish', row: 2 },
    ])
    const status = await look('status')
    expect(status.events).toMatchObject([{ event: 'summary', batchId: null, succeeded: 1 }])
    expect([takes.code, jobs.code, status.code]).toEqual([0, 0, 0])
  })

  test('follows the settings that the app keeps in the same data folder', async () => {
    const cwd = folderWith({ 'b.csv': 'prompt,size,duration\nA fox,160x90,0.5\n' })
    const settings = {
      folders: { outDir: join(cwd, 'clips') },
      naming: { template: '{row} by {provider}' },
    }
    mkdirSync(join(cwd, 'data'))
    writeFileSync(join(cwd, 'data', 'settings.json'), JSON.stringify(settings))
    const args = ['run', 'b.csv', '--provider', 'rehearsal', '--data-dir', 'data', '--json']
    const ended = await runCli({ args, cwd, env: FAST })
    expect(eventsOf(ended, 'take')).toMatchObject([
      { path: join(cwd, 'clips', '002 by rehearsal.mp4') },
    ])
  })

  test('without --json it speaks plain lines to people', async () => {
    const cwd = batchFolder('prompt,size,duration\nA fox,160x90,0.5\n')
    const { code, stdout, stderr } = await runCli({ args: run, cwd, env: FAST })
    expect(code).toBe(0)
    expect(stdout).toMatch(/row 2 started on rehearsal: A fox/)
    expect(stdout).toMatch(/1 succeeded; spent \$0\.00/)
    expect(stderr).toMatch(/Admitted 1 job/)
    expect(`${stdout}${stderr}`).not.toContain('\u001B')
  })

  test('with --quiet and --json nothing is said on standard error', async () => {
    const cwd = batchFolder('prompt,size,duration\nA fox,160x90,0.5\n')
    const { code, stderr } = await runCli({ args: [...run, '--json', '--quiet'], cwd, env: FAST })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  test('goes on when nobody reads its output any more', async () => {
    const cwd = batchFolder()
    const { child, seen } = startCli({ args: [...run, '--json'], cwd, env: FAST })
    await seen('admitted')
    child.stdout?.destroy()
    const code = await new Promise((settle) => child.once('exit', settle))
    expect(code).toBe(0)
    const after = await runCli({ args: ['status', '--data-dir', 'data', '--json'], cwd })
    expect(after.events.at(-1)).toMatchObject({ succeeded: 3 })
  })
})

describe('interrupted', () => {
  const slow = 'prompt,size,duration,takes\nA fox,320x180,4,4\n'
  const resume = (cwd: string) =>
    runCli({ args: ['resume', '--data-dir', 'data', '--json'], cwd, env: FAST })
  const isRendering = ({ step, status }: Line): boolean => step === 'poll' && status === 'running'

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s it saves, says how to go on, and resume makes nothing twice',
    async (signal) => {
      const cwd = batchFolder(slow)
      const first = startCli({ args: [...run, '--json'], cwd })
      await first.seen('job', isRendering)
      first.child.kill(signal)
      const ended = await first.ended
      expect(ended.code).toBe(130)
      expect(ended.events.at(-1)).toMatchObject({
        event: 'summary',
        waiting: 4 - eventsOf(ended, 'take').length,
      })
      expect(ended.stderr).toContain('dailies resume --data-dir data')
      const resumed = await resume(cwd)
      expect(resumed.code).toBe(0)
      expect(resumed.events.at(-1)).toMatchObject({ event: 'summary', batchId: null, waiting: 0 })
      const takes = [...eventsOf(ended, 'take'), ...eventsOf(resumed, 'take')]
      expect(new Set(takes.map(({ jobId }) => jobId)).size).toBe(4)
      expect(readdirSync(join(cwd, 'out')).filter((name) => name.endsWith('.mp4'))).toHaveLength(4)
    },
  )

  test('by SIGKILL in the middle, resume finishes the rest and no clip is made twice', async () => {
    const cwd = batchFolder(slow)
    const first = startCli({ args: [...run, '--json'], cwd })
    await first.seen('take')
    first.child.kill('SIGKILL')
    await first.ended
    const resumed = await resume(cwd)
    expect(resumed).toMatchObject({ code: 0 })
    const { events } = await runCli({ args: ['takes', '--data-dir', 'data', '--json'], cwd })
    expect(new Set(events.map(({ jobId }) => jobId)).size).toBe(4)
    expect(events).toHaveLength(4)
    expect(readdirSync(join(cwd, 'out')).filter((name) => name.endsWith('.mp4'))).toHaveLength(4)
  })

  test('the same file is refused while its batch is unfinished, and runs again when told to', async () => {
    const cwd = batchFolder(slow)
    const first = startCli({ args: [...run, '--json'], cwd })
    await first.seen('job', isRendering)
    first.child.kill('SIGINT')
    await first.ended
    const second = await runCli({ args: [...run, '--json'], cwd })
    expect(second.code).toBe(2)
    expect(second.events).toMatchObject([{ event: 'problem', code: 'batchUnfinished' }])
    expect(second.events[0]?.['mend']).toContain('resume')
    const third = startCli({ args: [...run, '--json', '--again'], cwd })
    await third.seen('admitted')
    third.child.kill('SIGINT')
    expect((await third.ended).code).toBe(130)
  })

  test('beside a running engine looking works and changing is refused with 4', async () => {
    // More than any machine renders while three commands start beside it.
    const cwd = batchFolder('prompt,size,duration,takes\nA fox,320x180,4,90\n')
    const first = startCli({ args: [...run, '--json'], cwd })
    const { batchId } = await first.seen('admitted')
    const status = await runCli({ args: ['status', '--data-dir', 'data', '--json'], cwd })
    expect(status.code).toBe(0)
    const cancel = await runCli({
      args: ['cancel', String(batchId), '--data-dir', 'data', '--json'],
      cwd,
    })
    expect(cancel.code).toBe(4)
    writeFileSync(join(cwd, 'other.csv'), 'prompt\nother\n')
    const other = await runCli({
      args: ['run', 'other.csv', '--provider', 'rehearsal', '--data-dir', 'data', '--json'],
      cwd,
    })
    expect(other.code).toBe(4)
    first.child.kill('SIGINT')
    await first.ended
  })
})

test('cancelled jobs end with 1, retried ones run as new jobs', async () => {
  const cwd = batchFolder('prompt,size,duration,takes\nA fox,320x180,2,3\n')
  const first = startCli({ args: [...run, '--json'], cwd })
  const { batchId } = await first.seen('admitted')
  first.child.kill('SIGINT')
  await first.ended
  const say = (...args: string[]) =>
    runCli({ args: [...args, '--data-dir', 'data', '--json'], cwd, env: FAST })
  const cancelled = await say('cancel', String(batchId))
  expect(cancelled).toMatchObject({ code: 0 })
  const after = await say('resume')
  expect([0, 1]).toContain(after.code)
  const retried = await say('retry', String(batchId))
  expect(retried.events).toMatchObject([{ event: 'retried' }])
  const resumed = await say('resume')
  expect(resumed).toMatchObject({ code: 0 })
  expect(resumed.events.at(-1)).toMatchObject({ failed: 0, cancelled: 0, waiting: 0 })
})
