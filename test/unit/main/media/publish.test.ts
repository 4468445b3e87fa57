import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mediaError } from '../../../../src/main/media/mediaError.ts'
import { publish } from '../../../../src/main/media/publish.ts'
import type { FfmpegRunner } from '../../../../src/main/media/runFfmpeg.ts'
import { writeExport } from '../../../../src/main/review/export/writeExport.ts'
import { exportSettingsSchema } from '../../../../src/shared/domain/export.ts'
import { err } from '../../../../src/shared/domain/result.ts'
import { folderWith } from '../../../helpers/folder.ts'

const failed = mediaError('FFMPEG_FAILED', 'ffmpeg failed (1): it gave no reason')

it('says why nothing was made, also where what is left of it cannot be removed', async () => {
  const made = await publish([join(folderWith(), 'still.jpg')], async ([temp = '']) => {
    await mkdir(temp)
    return err(failed)
  })
  expect(made).toEqual(err(failed))
})

it('the same of an export, whose rejection would end the app', async () => {
  const runner: FfmpegRunner = {
    async run({ args }) {
      await mkdir(String(args.at(-1)).replace('file:', ''))
      return err(failed)
    },
    stop: async () => undefined,
  }
  const source = { path: '/clip.mp4', times: [0, 1], startSeconds: 0, hasAudio: false }
  const job = {
    parts: [{ source, range: { inFrame: 0, outFrame: 1 } }],
    settings: exportSettingsSchema.parse({}),
    frame: { width: 16, height: 16, fps: 1 },
    words: null,
  }
  const tools = { runner, signal: new AbortController().signal, onProgress: () => undefined }
  const path = join(folderWith(), 'clip.mp4')
  const wish = { path, work: { method: 'exact', job }, sources: [], collision: 'number' } as const
  expect(await writeExport(tools, wish)).toEqual(err(failed))
})
