import { join } from 'node:path'
import { EncodedPacketSink, FilePathSource, Input, MP4 } from 'mediabunny'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ExportTarget, TrimMode } from '../../../src/shared/domain/export.ts'
import { chooseTrim } from '../../../src/main/media/trim/chooseTrim.ts'
import {
  frameCount,
  readClipSource,
  type ClipSource,
} from '../../../src/main/media/trim/clipSource.ts'
import { writeClip, type ClipWork } from '../../../src/main/media/trim/writeClip.ts'
import { probe } from '../../../src/main/media/probe.ts'
import { NEVER, realFfmpeg } from '../../helpers/clips.ts'
import { folderWith } from '../../helpers/folder.ts'
import {
  firstLoudSecond,
  numberedClip,
  shownNumbers,
  type NumberedWish,
} from '../../helpers/numberedClip.ts'

async function sourceOf(path: string): Promise<ClipSource> {
  const source = await readClipSource(path)
  if (!source.ok) throw new Error(source.error.message)
  return source.value
}

const said = (numbers: readonly number[]): string => numbers.join(' ')

interface Wish {
  readonly range: { readonly inFrame: number; readonly outFrame: number }
  readonly mode: TrimMode
  readonly target?: ExportTarget
}

function choose(source: ClipSource, { range, mode, target = 'edit' }: Wish) {
  const choice = chooseTrim(source, { range, mode, target, change: null, mayCopy: true })
  if (!choice.ok) throw new Error(choice.error)
  return choice.value
}

const ENCODE = {
  format: 'mp4',
  quality: 'visuallyLossless',
  height: null,
  fps: null,
  loops: 1,
  boomerang: false,
  mute: false,
  fadeSeconds: 0,
} as const

/** Trims as an export would, and gives the path. */
async function trim(source: ClipSource, wish: Wish, name = 'clip.mp4'): Promise<string> {
  const choice = choose(source, wish)
  const part = { source, range: wish.range }
  const frame = { width: 160, height: 32, fps: 24 }
  const work: ClipWork =
    choice.method === 'exact'
      ? { method: 'exact', job: { parts: [part], settings: ENCODE, frame, words: null } }
      : choice.method === 'instant'
        ? { method: 'instant', source, plan: choice.plan, words: null }
        : { method: 'copy', source }
  const out = join(source.path, '..', name)
  const tools = { runner: realFfmpeg(), signal: NEVER, onProgress: () => undefined }
  const written = await writeClip(tools, work, out)
  if (!written.ok) throw new Error(written.error.message)
  return out
}

async function packets(path: string): Promise<readonly string[]> {
  const input = new Input({ source: new FilePathSource(path), formats: [MP4] })
  const track = await input.getPrimaryVideoTrack()
  if (track === null) throw new Error('no video')
  const found: string[] = []
  for await (const { data } of new EncodedPacketSink(track).packets()) {
    found.push(Buffer.from(data).toString('base64'))
  }
  input.dispose()
  return found
}

const SOURCES: readonly (readonly [string, NumberedWish])[] = [
  ['24 frames a second', {}],
  ['23.976', { fps: '24000/1001' }],
  ['29.97 with sound', { fps: '30000/1001', beep: [1, 1.1] }],
  ['uneven frames', { fps: '30', uneven: true }],
  ['a key picture every 20', { keyEvery: 20 }],
]

describe.each(SOURCES)('%s: clips begin and end on the very frame', (_name, wish) => {
  test('instant: packets of the source, exact by edit list', async () => {
    const source = await sourceOf(await numberedClip(folderWith(), wish))
    const all = await shownNumbers(source.path)
    expect(frameCount(source)).toBe(all.length)
    const original = (await packets(source.path)).join(' ')
    const ranges = fc
      .uniqueArray(fc.integer({ min: 0, max: all.length }), { minLength: 2, maxLength: 2 })
      .map((points) => ({ inFrame: Math.min(...points), outFrame: Math.max(...points) }))
    await fc.assert(
      fc.asyncProperty(ranges, async (range) => {
        const path = await trim(source, { range, mode: 'instant' })
        expect(said(await shownNumbers(path))).toBe(said(all.slice(range.inFrame, range.outFrame)))
        expect(original).toContain((await packets(path)).join(' '))
      }),
      { numRuns: 4, examples: [[{ inFrame: 0, outFrame: 1 }], [{ inFrame: 41, outFrame: 42 }]] },
    )
  })

  test('exact: encoded anew', async () => {
    const source = await sourceOf(await numberedClip(folderWith(), wish))
    const all = await shownNumbers(source.path)
    for (const [inFrame, outFrame] of [
      [1, 2],
      [37, all.length - 1],
    ] as const) {
      const path = await trim(source, { range: { inFrame, outFrame }, mode: 'exact' })
      expect(said(await shownNumbers(path))).toBe(said(all.slice(inFrame, outFrame)))
    }
  })
})

test.each(['instant', 'exact'] as const)('%s: sound stays with its pictures', async (mode) => {
  const folder = folderWith()
  const source = await sourceOf(await numberedClip(folder, { frames: 96, beep: [2, 2.2] }))
  for (const inFrame of [0, 17, 40]) {
    const path = await trim(source, { range: { inFrame, outFrame: 90 }, mode })
    const heard = await firstLoudSecond(path)
    expect(Math.abs((heard ?? 0) - (2 - inFrame / 24))).toBeLessThan(0.01)
    const facts = await probe(path)
    expect(facts).toMatchObject({ ok: true, value: { hasAudio: true } })
    if (facts.ok) expect(facts.value.durationSeconds).toBeCloseTo((90 - inFrame) / 24, 2)
  }
})

describe('what will happen is told before it does', () => {
  test('hidden frames are named, and an upload is encoded rather than carry them', async () => {
    const source = await sourceOf(await numberedClip(folderWith()))
    const range = { inFrame: 48, outFrame: 96 }
    const edit = choose(source, { range, mode: 'auto' })
    expect(edit).toMatchObject({ method: 'instant' })
    expect(edit.words).toContain('48 frames before it')
    const upload = choose(source, { range, mode: 'auto', target: 'upload' })
    expect(upload).toMatchObject({ method: 'exact' })
    expect(upload.words).toContain('some sites show them')
  })

  test('from a key picture to the end nothing is hidden, and a key picture nearby is named', async () => {
    const source = await sourceOf(await numberedClip(folderWith(), { keyEvery: 20 }))
    const clean = { inFrame: 40, outFrame: 96 }
    expect(choose(source, { range: clean, mode: 'auto', target: 'upload' })).toMatchObject({
      method: 'instant',
      words: 'Instant: no re-encode, nothing hidden.',
    })
    const near = { inFrame: 43, outFrame: 96 }
    const { words } = choose(source, { range: near, mode: 'auto', target: 'upload' })
    expect(words).toContain('frame 40 is a key picture')
  })

  test('a whole take is copied, and what cannot be cut by its index says why', async () => {
    const folder = folderWith()
    const whole = await sourceOf(await numberedClip(folder))
    const all = { inFrame: 0, outFrame: 96 }
    expect(choose(whole, { range: all, mode: 'auto' }).method).toBe('copy')
    const more = '-c:v libx264 -pix_fmt yuv420p -movflags frag_keyframe+empty_moov'
    const pieces = await sourceOf(await numberedClip(folder, { name: 'f.mp4', more }))
    const range = { inFrame: 3, outFrame: 9 }
    expect(choose(pieces, { range, mode: 'auto' })).toMatchObject({
      method: 'exact',
      words: 'Exact re-encode, because it is made of fragments.',
    })
    expect(said(await shownNumbers(await trim(pieces, { range, mode: 'auto' })))).toBe(
      '3 4 5 6 7 8',
    )
    const refused = chooseTrim(pieces, {
      range,
      mode: 'instant',
      target: 'edit',
      change: null,
      mayCopy: true,
    })
    expect(refused).toMatchObject({ ok: false })
  })
})
