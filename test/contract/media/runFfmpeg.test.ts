import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { err } from '../../../src/shared/domain/result.ts'
import { readAbilities } from '../../../src/main/media/ffmpegAbilities.ts'
import { flags } from '../../../src/main/media/ffmpegArgs.ts'
import { mediaError } from '../../../src/main/media/mediaError.ts'
import { createFfmpegRunner } from '../../../src/main/media/runFfmpeg.ts'
import { NEVER, realFfmpeg } from '../../helpers/clips.ts'
import { folderWith } from '../../helpers/folder.ts'

/** Hours of work: it ends only when it is stopped. */
const ENDLESS = flags('-v error -re -f lavfi -i color=s=64x64:d=9999 -f null -')

describe('running ffmpeg', () => {
  it('tells how far it has come, up to the end', async () => {
    const seen: number[] = []
    const run = await realFfmpeg().run({
      args: flags('-v error -f lavfi -i testsrc2=s=160x90:r=24:d=4 -f null -'),
      signal: NEVER,
      onProgress: ({ frame }) => seen.push(frame),
    })
    expect(run.ok).toBe(true)
    expect(seen.at(-1)).toBe(96)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  })

  it('gives what it prints, and finds all that the app needs in this build', async () => {
    const abilities = await readAbilities(realFfmpeg(), NEVER)
    expect(abilities).toMatchObject({ ok: true, value: { missing: [] } })
    expect(abilities.ok && abilities.value.version).toMatch(/\d/)
  })

  it('fails with its last lines', async () => {
    const run = await realFfmpeg().run({
      args: ['-v', 'error', '-i', '/nowhere.mp4'],
      signal: NEVER,
    })
    expect(run).toMatchObject({ ok: false, error: { kind: 'media', code: 'FFMPEG_FAILED' } })
    expect(!run.ok && run.error.message).toContain('/nowhere.mp4: No such file or directory')
  })

  it('stops at once when it is aborted, before or while it runs', async () => {
    const early = await realFfmpeg().run({ args: ENDLESS, signal: AbortSignal.abort() })
    expect(early).toMatchObject({ ok: false, error: { code: 'ABORTED' } })
    const abort = new AbortController()
    const run = await realFfmpeg().run({
      args: ENDLESS,
      signal: abort.signal,
      onProgress: () => abort.abort(),
    })
    expect(run).toMatchObject({ ok: false, error: { code: 'ABORTED' } })
  })

  it('is killed when it takes too long', async () => {
    const run = await realFfmpeg().run({ args: ENDLESS, signal: NEVER, timeoutMs: 100 })
    expect(run).toMatchObject({ ok: false, error: { code: 'FFMPEG_TIMEOUT' } })
  })

  it('stops all that run, and starts no more', async () => {
    const runner = realFfmpeg()
    const runs = [1, 2].map(() => runner.run({ args: ENDLESS, signal: NEVER }))
    await runner.stop()
    for (const run of await Promise.all(runs)) {
      expect(run).toMatchObject({ ok: false, error: { code: 'ABORTED' } })
    }
    expect((await runner.run({ args: ['-version'], signal: NEVER })).ok).toBe(false)
  })

  it('says what is missing when there is none, or when it does not start', async () => {
    const none = createFfmpegRunner(() => err(mediaError('FFMPEG_MISSING', 'No ffmpeg was found.')))
    expect(await none.run({ args: ['-version'], signal: NEVER })).toMatchObject({
      error: { code: 'FFMPEG_MISSING' },
    })
    const broken = createFfmpegRunner(() => ({ ok: true, value: '/nowhere/ffmpeg' }))
    expect(await broken.run({ args: ['-version'], signal: NEVER })).toMatchObject({
      error: { code: 'FFMPEG_MISSING' },
    })
  })

  it('passes names through as they are: no shell reads them', async () => {
    const folder = folderWith()
    const name = `a; touch "$HOME" 'x' 100%d : \\ é.mkv`
    const args = [
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      'color=s=64x64:d=0.1',
      `file:${join(folder, name)}`,
    ]
    expect((await realFfmpeg().run({ args, signal: NEVER })).ok).toBe(true)
    expect(existsSync(join(folder, name))).toBe(true)
  })
})
