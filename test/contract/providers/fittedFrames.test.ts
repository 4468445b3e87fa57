import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { imageSize } from 'image-size'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openCli } from '../../../src/main/composeCli.ts'
import { parseSidecar } from '../../../src/main/media/sidecar.ts'
import { makePicture } from '../../helpers/clips.ts'
import { folderWith } from '../../helpers/folder.ts'
import { keyIn } from '../../helpers/moneyPlan.ts'
import { HOSTED, type HostedId } from '../../helpers/providerBench.ts'
import { formBody } from '../../servers/bodies.ts'
import { startDouble } from '../../servers/start.ts'
import type { LoggedRequest } from '../../servers/types.ts'

interface Case {
  readonly model: string
  readonly size: string
  /** Of the picture that must arrive. */
  readonly sent: string
}
const CASES: Readonly<Record<HostedId, Case>> = {
  lumenfall: { model: 'kling-v3', size: '16:9', sent: '900x506 png' },
  // Retired, but this is a server of one's own.
  'openai-videos': { model: 'sora-2', size: '1280x720', sent: '1280x720 png' },
  fal: { model: 'kling-v3', size: '16:9', sent: '900x506 png' },
  replicate: { model: 'seedance-2.0', size: '9:16', sent: '506x900 png' },
}

/** Runs one row with a square picture on the real catalogue and a real ffmpeg. */
async function sendSquare(id: HostedId, cells: Readonly<Record<string, string>> = {}) {
  const server = await startDouble(id, {})
  onTestFinished(() => server.close())
  const { model, size } = CASES[id]
  const row = { prompt: 'a walk', first_frame: 'square.png', provider: id, model, size, ...cells }
  const folder = folderWith({ 'b.json': JSON.stringify([row]) })
  const picture = await makePicture(folder, 'square.png', '900x900')
  const tools = await openCli({
    dataDir: join(folder, 'data'),
    env: { ...server.env, ...keyIn(id), PATH: process.env['PATH'] ?? '' },
    timeScale: 500,
    pollMs: 5,
  })
  onTestFinished(() => tools.close())
  const plan = await tools.planFile({
    path: join(folder, 'b.json'),
    options: {
      defaults: {},
      expand: { kind: 'product' },
      plain: false,
      rehearse: false,
      maxJobsPerRow: null,
    },
    batch: {
      name: null,
      project: null,
      budgetMicros: null,
      allowUnpriced: true,
      tonight: false,
      concurrency: null,
      outDir: null,
    },
  })
  if (!plan.ok) throw new Error(JSON.stringify(plan.error))
  expect((await plan.value.keepFrames()).ok).toBe(true)
  const opened = await tools.openEngine()
  if (!opened.ok) throw new Error(opened.error.message)
  const engine = opened.value
  await engine.commands.admit(plan.value.plan, { again: false })
  engine.start({ obeyWindows: false })
  await engine.settled({})
  const [take] = engine.queries.takes({
    filter: {},
    order: 'row',
    after: null,
    limit: 1,
  }).rows
  const [job] = engine.queries.jobs({ filter: {}, after: null, limit: 1 }).rows
  await engine.stop()
  const path = take?.sidecarPath ?? null
  if (path === null) throw new Error(`no take: ${JSON.stringify(job)}`)
  const sidecar = parseSidecar(readFileSync(path, 'utf8'))
  if (!sidecar.ok) throw new Error(sidecar.error.message)
  const sent = pictureIn(id, await server.requests())
  return { sent, picture: readFileSync(picture), sidecar: sidecar.value, folder }
}

/** The picture as it crossed the wire. */
function pictureIn(id: HostedId, requests: readonly LoggedRequest[]): Buffer {
  const [create] = requests.filter(({ kind }) => kind === 'create')
  const uploads = requests.filter(
    ({ kind, path }) => kind === 'upload' && !path.includes('initiate'),
  )
  const carrier = uploads[0] ?? create
  const body = Buffer.from(carrier?.body ?? '', 'base64')
  if (id === 'fal') return body
  const form = formBody({ headers: carrier?.headers ?? {}, body })
  if (form !== null) return Buffer.from(form.find(({ fileName }) => fileName !== null)?.bytes ?? [])
  const [, base64 = ''] = /data:image\/\w+;base64,([\w+/=]+)/.exec(body.toString()) ?? []
  return Buffer.from(base64, 'base64')
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const looksOf = (bytes: Buffer): string => {
  const { width, height, type } = imageSize(bytes)
  return `${width}x${height} ${type}`
}

describe.each(HOSTED)('a square first frame for another shape on %s', (id) => {
  it('arrives cut to the shape; the original is kept and the sidecar names both', async () => {
    const { sent, picture, sidecar, folder } = await sendSquare(id)
    expect(looksOf(sent)).toBe(CASES[id].sent)
    const [frame] = sidecar.request.frames
    expect(frame).toMatchObject({
      kind: 'file',
      sha256: sha256(sent),
      bytes: sent.length,
      original: { sha256: sha256(picture), width: 900, height: 900, fit: { how: 'crop' } },
    })
    expect(JSON.stringify(sidecar.sent?.body)).toContain(sha256(sent))
    const kept = [sha256(sent), sha256(picture)]
    for (const digest of kept)
      expect(existsSync(join(folder, 'data', 'frames', `${digest}.png`))).toBe(true)
  })
})

describe('options.frame_fit', () => {
  it('is done as the person wishes, and is never sent', async () => {
    const { sent, sidecar } = await sendSquare('lumenfall', { 'options.frame_fit': 'blur-pad' })
    expect(looksOf(sent)).toBe('1600x900 png')
    expect(JSON.stringify(sidecar.request.fields)).not.toContain('frame_fit')
  })
})
