import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureFfmpeg } from './ffmpeg.mjs'
import { inProject, run } from './run.mjs'
import { clamp } from './sampleFrames/noise.mjs'
import { lakeAtDusk } from './sampleFrames/lakeAtDusk.mjs'
import { fruitByTheWindow } from './sampleFrames/fruitByTheWindow.mjs'
import { Problem, runMain, say } from './steps.mjs'

/**
 * Paints the first frames of the sample batch from numbers alone, pixel by pixel, and writes them to
 * resources/sample. Needed only when a picture is changed: node scripts/drawSampleFrames.mjs
 */
async function main() {
  const ffmpeg = await ensureFfmpeg()
  for (const picture of [lakeAtDusk, fruitByTheWindow]) {
    await save(ffmpeg, picture, pixelsOf(picture))
    say(`drew ${picture.name}`)
  }
  return 0
}

/** Samples for each pixel along a side, against jagged edges. */
const SAMPLES = 2

function pixelsOf({ width, height, paint }) {
  const bytes = Buffer.alloc(width * height * 3)
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const colour = average((dx, dy) => paint((column + dx) / width, (row + dy) / height))
      const grain = ((Math.imul(row * width + column, 2654435761) >>> 24) / 255 - 0.5) * 0.012
      const at = (row * width + column) * 3
      for (let index = 0; index < 3; index += 1) {
        bytes[at + index] = Math.round(clamp(colour[index] + grain) * 255)
      }
    }
  }
  return bytes
}

function average(sample) {
  const sum = [0, 0, 0]
  for (let part = 0; part < SAMPLES * SAMPLES; part += 1) {
    const [dx, dy] = [part % SAMPLES, Math.floor(part / SAMPLES)]
    const colour = sample((dx + 0.5) / SAMPLES, (dy + 0.5) / SAMPLES)
    for (let index = 0; index < 3; index += 1) sum[index] += clamp(colour[index])
  }
  return sum.map((value) => value / SAMPLES ** 2)
}

async function save(ffmpeg, { name, width, height }, bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-sample-'))
  const raw = join(folder, 'picture.rgb')
  writeFileSync(raw, bytes)
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`, '-i', raw]
  const colours = 'scale=out_color_matrix=bt601:out_range=pc,format=yuvj444p'
  const output = ['-vf', colours, '-q:v', '2', '-bitexact', inProject('resources', 'sample', name)]
  const { code, output: said } = await run(ffmpeg, ['-v', 'error', '-y', ...input, ...output])
  rmSync(folder, { recursive: true, force: true })
  if (code !== 0) throw new Problem(`${name} could not be written: ${said.trim()}`)
}

await runMain(main)
