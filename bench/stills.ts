import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { findFfmpeg, searchHere } from '../src/main/media/ffmpegPath.ts'
import { createMediaService } from '../src/main/media/mediaService.ts'
import { createFfmpegRunner } from '../src/main/media/runFfmpeg.ts'
import { median, report, seconds } from './table.ts'

/**
 * Facts, poster and filmstrip of an 8 s 1080p clip, as the queue's last step makes them, against the
 * same by separate calls: ffprobe, ffmpeg for the poster, ffmpeg for the filmstrip.
 */
const ROUNDS = 7
const AIM = 0.6
const NEVER = new AbortController().signal
const run = promisify(execFile)

const found = findFfmpeg(searchHere(null))
if (!found.ok) throw new Error(found.error.message)
const ffmpegPath = found.value.path
const media = createMediaService(createFfmpegRunner(() => ({ ok: true, value: ffmpegPath })))
const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'))
const inFolder = (name: string): string => join(folder, name)

async function ffmpeg(args: readonly string[]): Promise<void> {
  await run(ffmpegPath, ['-v', 'error', '-y', ...args])
}

/** A camera that drifts over a detailed picture with grain: one keyframe, B-frames, as services encode. */
async function makeClip(path: string): Promise<void> {
  const picture = fileURLToPath(new URL('../resources/sample/lake-at-dusk.jpg', import.meta.url))
  const drift = "crop=1920:1080:x='190+150*sin(t/2)':y='60+n/2'"
  const filter = `scale=2304:-2,loop=-1:1,fps=24,${drift},noise=alls=4:allf=t,format=yuv420p`
  const encode = ['-c:v', 'libx264', '-preset', 'medium', '-crf', '23']
  await ffmpeg(['-i', picture, '-vf', filter, '-t', '8', ...encode, path])
}

async function ours(videoPath: string): Promise<void> {
  const facts = await media.facts(videoPath, NEVER)
  if (!facts.ok) throw new Error(facts.error.message)
  const paths = { posterPath: inFolder('poster.jpg'), filmstripPath: inFolder('strip.jpg') }
  const made = await media.stills({ videoPath, facts: facts.value, ...paths }, NEVER)
  if (!made.ok) throw new Error(made.error.message)
}

async function separate(videoPath: string): Promise<void> {
  const ffprobe = ffmpegPath.replace(/ffmpeg(?=(\.exe)?$)/, 'ffprobe')
  const facts = ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', videoPath]
  // ffmpeg-static has no ffprobe beside it: then the system's.
  await run(ffprobe, facts).catch(() => run('ffprobe', facts))
  const still = ['-i', videoPath, '-frames:v', '1', '-update', '1']
  await ffmpeg([...still, '-vf', 'scale=-2:720', '-q:v', '3', inFolder('a.jpg')])
  const tiles = 'fps=10/8,scale=-2:120,tile=10x1'
  await ffmpeg([...still, '-vf', tiles, '-q:v', '4', inFolder('b.jpg')])
}

const clip = inFolder('clip.mp4')
try {
  await makeClip(clip)
  const times = { ours: [] as number[], separate: [] as number[] }
  // In turns, so that what else the machine does falls on both.
  for (let round = 0; round < ROUNDS; round += 1) {
    times.ours.push(await seconds(() => ours(clip)))
    times.separate.push(await seconds(() => separate(clip)))
  }
  const [figure, compared] = [median(times.ours), median(times.separate)]
  report('stills', [
    {
      name: 'facts, poster and filmstrip of an 8 s 1080p clip',
      figure,
      unit: 's',
      comparison: 'ffprobe and two ffmpeg calls',
      compared,
      ratio: figure / compared,
      aim: 'at most 0.6',
      met: figure / compared <= AIM,
    },
  ])
} finally {
  rmSync(folder, { recursive: true, force: true })
}
