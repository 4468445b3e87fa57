import { readFile, stat } from 'node:fs/promises'
import { imageSize } from 'image-size'
import { err, ok, type Result } from '../../shared/domain/result.ts'

/** What a picture file says of itself, before anything is decoded. */
export interface ImageHead {
  readonly contentType: 'image/png' | 'image/jpeg' | 'image/webp'
  /** As displayed: turned by the EXIF orientation. */
  readonly width: number
  readonly height: number
  /** EXIF orientation, 1 to 8; 1 is upright. */
  readonly orientation: number
  readonly bytes: number
}

/** Why a picture cannot be used as a reference frame; becomes a `Problem` at its row and column. */
export interface ImageProblem {
  readonly code: 'imageMissing' | 'imageTooLarge' | 'imageType' | 'imageBroken'
  readonly message: string
  readonly mend: string
}

/** No provider takes more, and a mistaken path to a film should not be read into memory. */
const MAX_BYTES = 50 * 1024 * 1024
const MAX_SIDE = 16_384
/** A picture of 100 megapixels is one; more is a mistake, or made to fill the memory. */
export const MAX_PIXELS = 120_000_000

/** Reads type and size of a picture file. Opens it, does not decode it. */
export async function readImageHead(path: string): Promise<Result<ImageHead, ImageProblem>> {
  const read = await readBounded(path)
  if (!read.ok) return read
  const bytes = read.value
  const contentType = typeOf(magicOf(bytes))
  if (contentType === null) return err(wrongType(magicOf(bytes)))
  if (contentType === 'image/webp' && isAnimated(bytes)) return err(ANIMATED)
  try {
    const { width, height, orientation = 1 } = imageSize(bytes)
    if (!isSide(width) || !isSide(height)) return err(BROKEN)
    if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE)
      return err(tooManyPixels(width, height))
    const turned = orientation >= 5
    return ok({
      contentType,
      width: turned ? height : width,
      height: turned ? width : height,
      orientation,
      bytes: bytes.length,
    })
  } catch {
    return err(BROKEN) // image-size throws on a header that it cannot follow
  }
}

export const BROKEN: ImageProblem = {
  code: 'imageBroken',
  message: 'The picture is damaged or incomplete: it cannot be decoded.',
  mend: 'Save or export it again, or use another picture.',
}

async function readBounded(path: string): Promise<Result<Uint8Array, ImageProblem>> {
  try {
    // Looked at before it is opened: a pipe would keep who opens it waiting for ever.
    const stats = await stat(path)
    if (!stats.isFile()) return err(missing('is not a file'))
    if (stats.size > MAX_BYTES) return err(tooLarge(stats.size))
    return ok(new Uint8Array(await readFile(path)))
  } catch (cause) {
    const isGone = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    return err(missing(isGone ? 'does not exist' : 'cannot be read'))
  }
}

const missing = (what: string): ImageProblem => ({
  code: 'imageMissing',
  message: `The picture file ${what}.`,
  mend: 'Check the path; it is taken relative to the batch file.',
})

const tooLarge = (bytes: number): ImageProblem => ({
  code: 'imageTooLarge',
  message: `The picture has ${Math.round(bytes / 1024 / 1024)} MB; at most 50 MB can be used.`,
  mend: 'Save it smaller, for instance as JPEG.',
})

const tooManyPixels = (width: number, height: number): ImageProblem => ({
  code: 'imageTooLarge',
  message: `The picture has ${width} × ${height} pixels; at most ${MAX_PIXELS / 1_000_000} megapixels and ${MAX_SIDE} pixels a side can be used.`,
  mend: 'Save it smaller: no model takes more than 4096 pixels a side.',
})

const isSide = (side: number): boolean => Number.isInteger(side) && side > 0

/** Flags of the extended header; source: developers.google.com/speed/webp/docs/riff_container. */
const isAnimated = (webp: Uint8Array): boolean =>
  String.fromCharCode(...webp.subarray(12, 16)) === 'VP8X' && ((webp[20] ?? 0) & 0b10) !== 0

const ANIMATED: ImageProblem = {
  code: 'imageType',
  message: 'This WebP picture moves; a shot begins with a still.',
  mend: 'Save one of its pictures as PNG, JPEG or WebP.',
}

/** The first bytes, each as one character. */
const magicOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 16))

function typeOf(magic: string): ImageHead['contentType'] | null {
  if (magic.startsWith('\u0089PNG\r\n\u001A\n')) return 'image/png'
  if (magic.startsWith('\u00FF\u00D8\u00FF')) return 'image/jpeg'
  if (magic.startsWith('RIFF') && magic.startsWith('WEBP', 8)) return 'image/webp'
  return null
}

/** HEIC and its like, by their brand; source: ISO/IEC 23008-12. */
const APPLE_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']
const OTHER_TYPES: readonly (readonly [string, number, string])[] = [
  ['avif', 8, 'AVIF'],
  ['GIF8', 0, 'GIF'],
  ['BM', 0, 'BMP'],
  ['II*\u0000', 0, 'TIFF'],
  ['MM\u0000*', 0, 'TIFF'],
  ['%PDF', 0, 'PDF'],
  ['<svg', 0, 'SVG'],
  // Its own mark comes after a line that says so.
  ['<?xml', 0, 'SVG'],
]

function wrongType(magic: string): ImageProblem {
  const mend = 'Use a PNG, JPEG or WebP file.'
  if (magic === '') return { code: 'imageType', message: 'The picture file is empty.', mend }
  if (magic.startsWith('ftyp', 4) && APPLE_BRANDS.some((brand) => magic.startsWith(brand, 8))) {
    return {
      code: 'imageType',
      message: 'This is an HEIC picture, as iPhones take them; providers do not read it.',
      mend: 'Export it as JPEG (in Photos: File, Export, JPEG), then name that file.',
    }
  }
  const name = OTHER_TYPES.find(([mark, offset]) => magic.startsWith(mark, offset))?.[2]
  const message =
    name === undefined
      ? 'This is not a picture that can be read.'
      : `${name} pictures cannot be used.`
  return { code: 'imageType', message, mend }
}
