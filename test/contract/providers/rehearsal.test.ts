import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { err, ok } from '../../../src/shared/domain/result.ts'
import type { Operation } from '../../../src/shared/domain/job.ts'
import type { CallContext, VideoProvider, WireRequest } from '../../../src/main/providers/spec.ts'
import {
  createRehearsal,
  type Rehearsal,
  type RenderJob,
  type RenderVideo,
} from '../../../src/main/providers/rehearsal/index.ts'
import { folderWith } from '../../helpers/folder.ts'

const CALL: CallContext = {
  baseUrls: {},
  settings: {},
  credential: 'none',
  apiKey: null,
  http: { create: () => Promise.reject(new Error()), call: () => Promise.reject(new Error()) },
  signal: new AbortController().signal,
  now: Date.now,
}
const open = (workDir: string, render: RenderVideo): Rehearsal =>
  createRehearsal({
    workDir,
    render,
    framePath: ({ sha256 }) => `/frames/${sha256}`,
    concurrency: 2,
  })

async function wireFor(provider: VideoProvider, key = 'job_01A:1'): Promise<WireRequest> {
  const expected = { durationSeconds: 4, width: 64, height: 64, fps: 24, hasAudio: true }
  const frame = {
    role: 'firstFrame',
    contentType: 'image/png',
    bytes: 1,
    width: 1,
    height: 1,
  } as const
  const wire = await provider.prepare(
    {
      version: 1,
      endpoint: 'rehearsal',
      fields: {},
      frames: [{ kind: 'file', sha256: 'a'.repeat(64), name: 'a.png', ...frame }],
      mode: 'imageToVideo',
      expect: { prompt: 'A fox', ...expected },
    },
    {
      ...CALL,
      jobId: 'job_01A',
      idempotencyKey: key,
      readFrame: () => Promise.resolve(new Uint8Array()),
      label: { row: 2, take: 1, modelName: 'M', providerName: 'P' },
    },
  )
  if (!wire.ok) throw new Error(wire.error.message)
  return wire.value
}
async function order(provider: VideoProvider): Promise<Operation> {
  const outcome = await provider.submit(await wireFor(provider), CALL)
  if (outcome.kind !== 'accepted') throw new Error(outcome.error.message)
  return outcome.operation
}

/** A renderer that is led by the test: it ends when it is told. */
function handRender() {
  const jobs: RenderJob[] = []
  const ends: ((text: string) => void)[] = []
  const render: RenderVideo = (job) =>
    new Promise((resolve) => {
      jobs.push(job)
      writeFileSync(job.outputPath, 'half')
      ends.push((text) => {
        appendFileSync(job.outputPath, text)
        resolve(ok(undefined))
      })
      const stopped = { kind: 'media', code: 'ABORTED', message: 'Stopped.' } as const
      job.signal.addEventListener('abort', () => resolve(err(stopped)))
    })
  return { jobs, ends, render }
}
const contentOf = async (provider: VideoProvider, operation: Operation): Promise<string> => {
  const done = await provider.check(operation, CALL)
  const output = done.kind === 'succeeded' ? done.outputs[0] : undefined
  return output?.kind === 'file' ? readFileSync(output.path, 'utf8') : done.kind
}
/** Resolves when the render that the last look began has been handed to the renderer. */
const begun = async (hand: { jobs: readonly RenderJob[] }, count: number): Promise<void> => {
  while (hand.jobs.length < count) await new Promise(setImmediate)
}

describe('rehearsal', () => {
  it('renders what was asked, once, and tells how far it is', async () => {
    const hand = handRender()
    const provider = open(folderWith(), hand.render)
    const operation = await order(provider)
    expect(hand.jobs).toHaveLength(0)
    expect(await provider.check(operation, CALL)).toEqual({ kind: 'running', progress: 0 })
    await begun(hand, 1)
    expect(hand.jobs[0]).toMatchObject({
      firstFramePath: `/frames/${'a'.repeat(64)}`,
      lastFramePath: null,
      recipe: { prompt: 'A fox', width: 64, durationSeconds: 4, label: { row: 2 } },
    })
    hand.jobs[0]?.onProgress(0.4)
    expect(await provider.check(operation, CALL)).toEqual({ kind: 'running', progress: 0.4 })
    hand.ends[0]?.('+whole')
    await provider.idle()
    expect(await contentOf(provider, operation)).toBe('half+whole')
    expect(hand.jobs).toHaveLength(1)
  })

  it('is not spoilt by a renderer that outlived a crash of ours', async () => {
    const workDir = folderWith()
    const [before, after] = [handRender(), handRender()]
    const crashed = open(workDir, before.render)
    const operation = await order(crashed)
    await crashed.check(operation, CALL)
    await begun(before, 1)
    const orphan = before.jobs[0]?.outputPath ?? ''

    const provider = open(workDir, after.render)
    await provider.check(operation, CALL)
    await begun(after, 1)
    expect(after.jobs[0]?.outputPath).not.toBe(orphan)
    after.ends[0]?.('+second')
    await provider.idle()
    appendFileSync(orphan, ' and the orphan writes on')
    expect(await contentOf(provider, operation)).toBe('half+second')
  })

  it('begins anew what a stop of the app interrupted, and clears what was left', async () => {
    const workDir = folderWith()
    const hand = handRender()
    const operation = await order(open(workDir, hand.render))
    for (const round of [1, 2, 3]) {
      await open(workDir, hand.render).check(operation, CALL)
      await begun(hand, round)
    }
    const left = readdirSync(join(workDir, operation.id)).filter((name) => name.includes('.part'))
    expect(left).toHaveLength(1)
  })

  it('stays cancelled after a restart, and delivers what had finished', async () => {
    const workDir = folderWith()
    const hand = handRender()
    const provider = open(workDir, hand.render)
    const operation = await order(provider)
    await provider.check(operation, CALL)
    await begun(hand, 1)
    expect(await provider.cancel?.(operation, CALL)).toMatchObject({ kind: 'requested' })
    expect((await open(workDir, hand.render).check(operation, CALL)).kind).toBe('cancelled')

    const other = open(folderWith(), hand.render)
    const done = await order(other)
    await other.check(done, CALL)
    await begun(hand, 2)
    hand.ends[1]?.('+whole')
    await other.idle()
    expect(await other.cancel?.(done, CALL)).toEqual({ kind: 'tooLate' })
    expect((await other.check(done, CALL)).kind).toBe('succeeded')
  })

  it('waits for room on a full disk, and fails for what no wait mends', async () => {
    const errors = [
      { kind: 'disk', code: 'DISK_FULL', message: 'Full.' },
      { kind: 'media', code: 'FFMPEG_MISSING', message: 'None.' },
    ] as const
    let tries = 0
    const provider = open(folderWith(), async () => err(errors[tries++] ?? errors[1]))
    const operation = await order(provider)
    for (const kind of ['unreachable', 'failed']) {
      expect((await provider.check(operation, CALL)).kind).toBe('running')
      await provider.idle()
      const look = await provider.check(operation, CALL)
      expect(look.kind).toBe(kind)
    }
  })

  it('begins nothing where its folder cannot be written', async () => {
    const folder = folderWith({ file: 'not a folder' })
    const provider = open(join(folder, 'file'), handRender().render)
    expect(await provider.submit(await wireFor(provider), CALL)).toMatchObject({
      kind: 'notSent',
      error: { kind: 'disk', code: 'RECIPE_NOT_KEPT' },
    })
  })

  it('forgets an operation whose clip was delivered', async () => {
    const workDir = folderWith()
    const provider = open(workDir, handRender().render)
    const operation = await order(provider)
    await provider.forget?.(operation)
    expect(existsSync(join(workDir, operation.id))).toBe(false)
    expect((await provider.check(operation, CALL)).kind).toBe('missing')
  })

  it('never leaves its folder, whatever an operation is called', async () => {
    const workDir = folderWith({ 'recipe.json': '{}' })
    const provider = open(join(workDir, 'work'), handRender().render)
    const stranger = { id: '../', version: 1, data: null }
    expect((await provider.check(stranger, CALL)).kind).toBe('missing')
    await provider.forget?.(stranger)
    expect(existsSync(join(workDir, 'recipe.json'))).toBe(true)
  })
})

it('says so where the disk does not let it keep that a render is cancelled', async () => {
  const { render } = handRender()
  const folder = folderWith()
  const provider = open(folder, render)
  const operation = await order(provider)
  mkdirSync(join(folder, operation.id, 'cancelled'))
  expect(await provider.cancel?.(operation, CALL)).toMatchObject({
    kind: 'unreachable',
    error: { kind: 'disk', code: 'CANCEL_NOT_KEPT' },
  })
})
