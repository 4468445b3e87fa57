import { rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { JobError } from '../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { canWriteText } from './ffmpegAbilities.ts'
import { QUIET, filterValue, pngOutput } from './ffmpegArgs.ts'
import { imageInput } from './imageFacts.ts'
import { readImageHead, type ImageHead } from './imageFile.ts'
import type { FfmpegRunner } from './runFfmpeg.ts'
import { TAKES_PER_PAGE, layOut, sheetText, type SheetPage, type SheetTake } from './sheetLayout.ts'
import { publish } from './publish.ts'

export interface SheetJob {
  /** Usually the name of the batch. */
  readonly title: string
  /** Counts and such, one line. */
  readonly subtitle: string
  readonly takes: readonly SheetTake[]
  /** Absolute path of page 1, ends in `.png`; later pages get `-2`, `-3` before the ending. */
  readonly path: string
}
export interface SheetTools {
  readonly runner: FfmpegRunner
  /** Folder of the bundled fonts. */
  readonly fontsDir: string
  readonly signal: AbortSignal
}

/**
 * Draws the stills of a batch in a grid with their labels, 40 takes to a page, as PNG. Each page is
 * written whole or not at all. Gives the paths of the pages. Errors as `FfmpegRunner.run`.
 */
export async function contactSheet(
  tools: SheetTools,
  job: SheetJob,
): Promise<Result<readonly string[], JobError>> {
  const count = Math.max(1, Math.ceil(job.takes.length / TAKES_PER_PAGE))
  const paths: string[] = []
  for (let number = 1; number <= count; number += 1) {
    const takes = job.takes.slice((number - 1) * TAKES_PER_PAGE, number * TAKES_PER_PAGE)
    const path = number === 1 ? job.path : job.path.replace(/(\.[^.]*)?$/, `-${number}$1`)
    const pageWords = count === 1 ? '' : `${number} of ${count}`
    const drawn = await publish([path], ([temp = path]) =>
      drawPage(tools, { ...job, takes, path: temp, pageWords }),
    )
    if (!drawn.ok) return drawn
    paths.push(path)
  }
  return ok(paths)
}

async function drawPage(
  { runner, fontsDir, signal }: SheetTools,
  { title, subtitle, takes, path, pageWords }: SheetJob & { readonly pageWords: string },
): Promise<Result<void, JobError>> {
  const stills = await Promise.all(takes.map(({ posterPath }) => readStill(posterPath)))
  const page = layOut(takes, usualRatio(stills))
  const empty = new Set(stills.flatMap((still, index) => (still === null ? [index] : [])))
  const folder = dirname(path)
  const overlayName = `${basename(path).replace(/\W+/g, '-')}.ass`
  const hasText = await canWriteText(runner, signal)
  if (hasText) {
    await writeFile(
      join(folder, overlayName),
      sheetText(page, { title, subtitle, pageWords, empty }),
    )
  }
  const text = hasText ? `ass=${overlayName}:fontsdir=${filterValue(fontsDir)}` : 'null'
  const run = await runner.run({
    args: sheetArgs(page, { stills, text, path }),
    cwd: folder,
    signal,
  })
  await rm(join(folder, overlayName), { force: true })
  return run.ok ? ok(undefined) : err(run.error)
}

interface Still {
  readonly path: string
  readonly head: ImageHead
}

async function readStill(path: string | null): Promise<Still | null> {
  if (path === null) return null
  const head = await readImageHead(path)
  return head.ok ? { path, head: head.value } : null
}

/** The middle of the stills' ratios: cells take the shape that most of them have. */
function usualRatio(stills: readonly (Still | null)[]): number {
  const ratios = stills.flatMap((still) =>
    still === null ? [] : [still.head.width / still.head.height],
  )
  return ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 16 / 9
}

interface SheetDrawing {
  readonly stills: readonly (Still | null)[]
  /** The filter that writes the labels. */
  readonly text: string
  readonly path: string
}

/** Arguments for one page. Pure. */
function sheetArgs(page: SheetPage, { stills, text, path }: SheetDrawing): readonly string[] {
  const { width, height } = page.picture
  const placed = page.cells.flatMap(({ x, y }, index) => {
    const still = stills[index] ?? null
    return still === null ? [] : [{ x, y, still }]
  })
  const graph = [
    `color=0x0F1013:s=${page.width}x${page.height},format=rgb24,trim=end_frame=1[p0]`,
    ...placed.flatMap(({ x, y }, n) => [
      `[${n}:v]scale=${width}:${height}:force_original_aspect_ratio=decrease:flags=lanczos,` +
        `setsar=1,format=rgb24,pad=${width}:${height}:-1:-1:color=0x1B1D22[c${n}]`,
      `[p${n}][c${n}]overlay=${x}:${y}:format=rgb[p${n + 1}]`,
    ]),
    `[p${placed.length}]format=rgb24,${text}[page]`,
  ]
  const inputs = placed.flatMap(({ still }) => imageInput(still.path, still.head.contentType))
  return [...QUIET, ...inputs, '-filter_complex', graph.join(';'), ...pngOutput('[page]', path)]
}
