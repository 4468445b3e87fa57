import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JobError } from '../../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { contactSheet, type SheetJob, type SheetTools } from '../../media/contactSheet.ts'
import { QUIET, fileUrl, jpegOutput } from '../../media/ffmpegArgs.ts'
import { readImageHead } from '../../media/imageFile.ts'
import { mediaError } from '../../media/mediaError.ts'
import { pdfOf, type PdfPicture } from '../../media/pdfPages.ts'
import { publish } from '../../media/publish.ts'

/** A contact sheet of takes: PNG, a file a page, or one PDF. Errors as `contactSheet`. */
export async function writeContactSheet(
  tools: SheetTools,
  job: SheetJob,
): Promise<Result<readonly string[], JobError>> {
  if (!job.path.toLowerCase().endsWith('.pdf')) return contactSheet(tools, job)
  const folder = await mkdtemp(join(tmpdir(), 'dailies-sheet-'))
  try {
    const pages = await contactSheet(tools, { ...job, path: join(folder, 'page.png') })
    if (!pages.ok) return pages
    const pictures: PdfPicture[] = []
    for (const page of pages.value) {
      const picture = await asJpeg(tools, page)
      if (!picture.ok) return picture
      pictures.push(picture.value)
    }
    const written = await publish([job.path], async ([temp = job.path]) => {
      await writeFile(temp, pdfOf(pictures, job.title))
      return ok(undefined)
    })
    return written.ok ? ok([job.path]) : written
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const BEST = 2

async function asJpeg(
  { runner, signal }: SheetTools,
  path: string,
): Promise<Result<PdfPicture, JobError>> {
  const out = `${path}.jpg`
  const input = ['-i', fileUrl(path), '-filter_complex', '[0:v:0]format=yuvj444p[page]']
  const run = await runner.run({
    args: [...QUIET, ...input, ...jpegOutput('[page]', BEST, out)],
    signal,
  })
  if (!run.ok) return run
  const head = await readImageHead(out)
  if (!head.ok) return err(mediaError('SHEET_FAILED', head.error.message))
  const { width, height } = head.value
  return ok({ jpeg: await readFile(out), width, height })
}
