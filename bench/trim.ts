import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findFfmpeg, searchHere } from '../src/main/media/ffmpegPath.ts'
import { createFfmpegRunner } from '../src/main/media/runFfmpeg.ts'
import { trimFile, type TrimFileWish } from '../src/main/review/export/trimFile.ts'
import { median, report, seconds } from './table.ts'

/**
 * Trims of an 8 s 1080p clip with one key picture, from frame 48 to 144: instant against a copy of the
 * file and one start of ffmpeg, exact against ffmpeg by hand with the same settings.
 */
const ROUNDS = 5
const NEVER = new AbortController().signal
const run = promisify(execFile)

const found = findFfmpeg(searchHere(null))
if (!found.ok) throw new Error(found.error.message)
const ffmpegPath = found.value.path
const runner = createFfmpegRunner(() => ({ ok: true, value: ffmpegPath }))
const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'))
const clip = join(folder, 'clip.mp4')
const out = join(folder, 'out.mp4')
const byHand = join(folder, 'by-hand.mp4')

const ffmpeg = (args: readonly string[]): Promise<unknown> =>
  run(ffmpegPath, ['-v', 'error', '-y', ...args])

async function makeClip(): Promise<void> {
  const picture = 'testsrc2=s=1920x1080:r=24:d=8,noise=alls=4:allf=t,format=yuv420p'
  const sound = ['-f', 'lavfi', '-i', 'sine=d=8', '-c:a', 'aac']
  await ffmpeg(['-f', 'lavfi', '-i', picture, ...sound, '-c:v', 'libx264', '-g', '999', clip])
}

async function ours(mode: TrimFileWish['mode']): Promise<void> {
  rmSync(out, { force: true })
  const tools = { runner, signal: NEVER, onChoice: () => undefined, onProgress: () => undefined }
  const [from, to] = [{ frame: 48 }, { frame: 144 }]
  const wish = { path: clip, from, to, mode, quality: 'visuallyLossless', output: out } as const
  const trimmed = await trimFile(tools, wish)
  if (!trimmed.ok) throw new Error(trimmed.error.message)
}

async function copyAndStart(): Promise<void> {
  await run('cp', [clip, byHand])
  await run(ffmpegPath, ['-version'])
}

async function encodeByHand(): Promise<void> {
  const video = ['-c:v', 'libx264', '-preset', 'medium', '-crf', '16', '-pix_fmt', 'yuv420p']
  const sound = ['-c:a', 'aac', '-b:a', '192k', '-movflags', '+faststart']
  await ffmpeg(['-ss', '2', '-i', clip, '-t', '4', ...video, ...sound, byHand])
}

try {
  await makeClip()
  const times = { instant: [] as number[], copy: [] as number[] }
  const encodes = { ours: [] as number[], byHand: [] as number[] }
  // In turns, so that what else the machine does falls on both.
  for (let round = 0; round < ROUNDS; round += 1) {
    times.instant.push(await seconds(() => ours('instant')))
    times.copy.push(await seconds(copyAndStart))
    encodes.ours.push(await seconds(() => ours('exact')))
    encodes.byHand.push(await seconds(encodeByHand))
  }
  const rows = [
    [
      'instant trim of an 8 s 1080p clip',
      times.instant,
      'cp and one start of ffmpeg',
      times.copy,
      1.5,
    ],
    [
      'exact trim of an 8 s 1080p clip',
      encodes.ours,
      'plain ffmpeg, same settings',
      encodes.byHand,
      1.1,
    ],
  ] as const
  report(
    'trim',
    rows.map(([name, figures, comparison, others, aim]) => {
      const [figure, compared] = [median(figures), median(others)]
      const ratio = figure / compared
      const met = ratio <= aim
      return { name, figure, unit: 's', comparison, compared, ratio, aim: `at most ${aim}`, met }
    }),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
