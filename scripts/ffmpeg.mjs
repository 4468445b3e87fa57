import { existsSync } from 'node:fs'
import { inProject, run, starts } from './run.mjs'
import { Problem } from './steps.mjs'
import { FFMPEG, installSystemPackages } from './systemPackages.mjs'

/** The ffmpeg to use: FFMPEG_PATH, ffmpeg-static's binary, the one on the PATH, or one just installed. */
export async function ensureFfmpeg() {
  const found = await findFfmpeg()
  if (found !== undefined) return found
  await installSystemPackages(FFMPEG)
  return 'ffmpeg'
}

async function findFfmpeg() {
  const named = process.env.FFMPEG_PATH
  if (named) {
    if (await starts(named, ['-version'])) return named
    throw new Problem(`FFMPEG_PATH is ${named}, which does not start. Correct or unset it.`)
  }
  // Its install script downloads the binary, which may have failed: look for the file itself.
  const file = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg'
  const carried = inProject('node_modules', 'ffmpeg-static', file)
  for (const candidate of existsSync(carried) ? [carried, 'ffmpeg'] : ['ffmpeg']) {
    if (await starts(candidate, ['-version'])) return candidate
  }
  return undefined
}

/** Decodes the whole file. Resolves to undefined when it is a playable video, else to what is wrong. */
export async function whyNotPlayable(ffmpeg, file) {
  const args = ['-v', 'error', '-xerror', '-progress', 'pipe:1', '-i', file, '-map', '0:v:0']
  const { code, output } = await run(ffmpeg, [...args, '-f', 'null', '-'])
  if (code !== 0) return output.trim().split('\n').at(-1) ?? `ffmpeg ended with ${code}`
  const frames = Math.max(0, ...[...output.matchAll(/^frame=(\d+)$/gm)].map(([, n]) => Number(n)))
  return frames > 1 ? undefined : 'it is not a moving picture'
}

/** Lays pictures out in one image, `columns` to a row. */
export async function contactSheet(ffmpeg, { pictures, columns, output }) {
  const cell = 'scale=480:270:force_original_aspect_ratio=decrease,pad=480:270:-1:-1,setsar=1'
  const inputs = pictures.flatMap((picture) => ['-i', picture])
  const cells = pictures.map((_, i) => `[${i}:v]${cell}[c${i}]`).join(';')
  const labels = pictures.map((_, i) => `[c${i}]`).join('')
  const rows = Math.ceil(pictures.length / columns)
  const tile = `concat=n=${pictures.length}:v=1:a=0,tile=${columns}x${rows}:margin=8:padding=8[sheet]`
  const graph = ['-filter_complex', `${cells};${labels}${tile}`, '-map', '[sheet]']
  const args = ['-v', 'error', '-y', ...inputs, ...graph, '-frames:v', '1', output]
  const { code, output: said } = await run(ffmpeg, args)
  if (code !== 0) throw new Problem(`The contact sheet could not be made: ${said.trim()}`)
}
