import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { probe } from '../../../src/main/media/probe.ts'
import { createRenderVideo } from '../../../src/main/media/rehearsal/renderVideo.ts'
import type { RenderJob, RenderRecipe } from '../../../src/main/providers/rehearsal/index.ts'
import { ffmpeg, FONTS, makePicture, NEVER, realFfmpeg } from '../../helpers/clips.ts'
import { folderWith } from '../../helpers/folder.ts'

const RECIPE: RenderRecipe = {
  version: 1,
  prompt: 'A fox crosses a frozen lake',
  width: 320,
  height: 180,
  fps: 24,
  durationSeconds: 1,
  hasAudio: false,
  seed: 5,
  firstFrame: null,
  lastFrame: null,
  label: { row: 2, take: 1, modelName: 'Rehearsal', providerName: 'Rehearsal' },
}

interface Wish {
  readonly recipe?: Partial<RenderRecipe>
  readonly job?: Partial<RenderJob>
  readonly fontsDir?: string
}
const render = async ({ recipe, job, fontsDir = FONTS }: Wish) => {
  const outputPath = join(folderWith(), 'render.1.part.mp4')
  const progress: number[] = []
  const rendered = await createRenderVideo(
    realFfmpeg(),
    fontsDir,
  )({
    recipe: { ...RECIPE, ...recipe },
    firstFramePath: null,
    lastFramePath: null,
    outputPath,
    onProgress: (share) => progress.push(share),
    signal: NEVER,
    ...job,
  })
  return { rendered, outputPath, progress }
}
const made = async (wish: Wish): Promise<string> => {
  const { rendered, outputPath } = await render(wish)
  if (!rendered.ok) throw new Error(rendered.error.message)
  return outputPath
}

/** The picture at the beginning, the end or between, as gray numbers. */
async function look(path: string, at: number): Promise<Buffer> {
  const out = `${path}.${at}.gray`
  const take = ['-ss', String(at), '-i', path, '-frames:v', '1', '-vf', 'scale=64:36,format=gray']
  await ffmpeg([...take, '-f', 'rawvideo', out])
  return readFileSync(out)
}
const difference = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length

describe('a rehearsal as a file', () => {
  it.each<[string, Partial<RenderRecipe>, object]>([
    ['16:9 with sound', { hasAudio: true, width: 640, height: 360 }, { audioCodec: 'aac' }],
    ['9:16 at 25', { width: 180, height: 320, fps: 25 }, { durationSeconds: 1, fps: 25 }],
    ['1:1 at 23.976', { width: 240, height: 240, fps: 23.976 }, { fps: 23.976 }],
    [
      '21:9, half a second',
      { width: 420, height: 180, durationSeconds: 0.5 },
      { durationSeconds: 0.5 },
    ],
  ])('has the size, length and rate asked for: %s', async (_, recipe, more) => {
    const { width, height, fps, hasAudio } = { ...RECIPE, ...recipe }
    expect(await probe(await made({ recipe }))).toMatchObject({
      ok: true,
      value: { width, height, fps, hasAudio, videoCodec: 'avc', ...more },
    })
  })

  it('rounds odd sides down: the codec has none', async () => {
    const path = await made({ recipe: { width: 321, height: 181 } })
    expect(await probe(path)).toMatchObject({ value: { width: 320, height: 180 } })
  })

  it('is the same to the byte for the same recipe, and another for another seed', async () => {
    const recipe = { hasAudio: true }
    const first = readFileSync(await made({ recipe }))
    expect(readFileSync(await made({ recipe })).equals(first)).toBe(true)
    expect(readFileSync(await made({ recipe: { ...recipe, seed: 6 } })).equals(first)).toBe(false)
  })

  it.each([
    ['every sign that filters and subtitles read', `'\\N{\\b1}%{pts}:[v];,\n"\t$(x) \`y\` C:\\new`],
    ['5,000 characters', 'An old ferry drifts through fog. '.repeat(152)],
    ['one word without end', 'x'.repeat(3_000)],
    ['many scripts', 'Žluťoučký кот 日本語 العربية עברית हिन्दी ไทย 🦊👩‍🚀🇯🇵 1️⃣'],
    ['nothing to be seen', '\u200b\u2060\ufeff'],
    ['broken halves of signs', '\ud83d lone \udc00'],
  ])('renders a prompt with %s', async (_, prompt) => {
    expect(await probe(await made({ recipe: { prompt } }))).toMatchObject({ ok: true })
  })

  it('writes the prompt on the picture, and moves', async () => {
    const words = await made({ recipe: { prompt: 'WWWWWWWW WWWWWWW WWWWWWWW WWWWW' } })
    const other = await made({ recipe: { prompt: '.' } })
    expect(difference(await look(words, 0), await look(other, 0))).toBeGreaterThan(1)
    const long = await made({ recipe: { durationSeconds: 3 } })
    expect(difference(await look(long, 0), await look(long, 2.9))).toBeGreaterThan(0.5)
  })

  it('begins with the first frame and ends with the last', async () => {
    const folder = folderWith()
    const paint = async (name: string, colour: string): Promise<string> => {
      const source = ['-f', 'lavfi', '-i', `color=${colour}:s=320x180`, '-frames:v', '1']
      await ffmpeg([...source, '-update', '1', join(folder, name)])
      return join(folder, name)
    }
    const [white, black] = [await paint('w.png', 'white'), await paint('b.jpg', 'black')]
    const job = { firstFramePath: white, lastFramePath: black }
    const path = await made({ recipe: { prompt: '.' }, job })
    const middle = (picture: Buffer): number => picture[64 * 14 + 32] ?? Number.NaN
    expect(middle(await look(path, 0))).toBeGreaterThan(225)
    expect(middle(await look(path, 0.95))).toBeLessThan(25)
  })

  it('shows a picture of another shape whole', async () => {
    const bytes = readFileSync(await makePicture(folderWith(), 'tall.png', '180x320'))
    const picture = join(folderWith({ 'tall 100%d': bytes }), 'tall 100%d')
    const path = await made({ job: { firstFramePath: picture } })
    expect(await probe(path)).toMatchObject({ value: { width: 320, height: 180 } })
  })

  it('tells how far it is', async () => {
    const { progress } = await render({ recipe: { durationSeconds: 2 } })
    expect(progress.at(-1)).toBe(1)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
  })

  it('finds its fonts in a folder with an odd name', async () => {
    const fonts = folderWith({
      "it's: a [font], folder;/Inter-SemiBold.ttf": readFileSync(join(FONTS, 'Inter-SemiBold.ttf')),
      "it's: a [font], folder;/Inter-Medium.ttf": readFileSync(join(FONTS, 'Inter-Medium.ttf')),
    })
    const odd = await made({ fontsDir: join(fonts, "it's: a [font], folder;") })
    expect(readFileSync(odd).equals(readFileSync(await made({})))).toBe(true)
  })

  it('says which picture cannot be used', async () => {
    const gone = await render({ job: { firstFramePath: '/nowhere.png' } })
    expect(gone.rendered).toMatchObject({ ok: false, error: { code: 'FRAME_UNREADABLE' } })
  })

  it('stops when it is told to', async () => {
    const abort = new AbortController()
    const { rendered } = await render({
      recipe: { durationSeconds: 60 },
      job: { signal: abort.signal, onProgress: () => abort.abort() },
    })
    expect(rendered).toMatchObject({ ok: false, error: { code: 'ABORTED' } })
  })
})
