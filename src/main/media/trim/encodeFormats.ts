import type { ExportFormat, ExportQuality } from '../../../shared/domain/export.ts'
import { flags } from '../ffmpegArgs.ts'

/** How a format is encoded. */
export interface Encoding {
  readonly ending: string
  readonly hasSound: boolean
  readonly video: (quality: ExportQuality) => readonly string[]
  readonly audio: readonly string[]
  /** Pixel format that the filters end in. */
  readonly pixels: string
  readonly container: readonly string[]
}

const byQuality =
  (values: Readonly<Record<ExportQuality, number>>, args: (value: number) => string) =>
  (quality: ExportQuality): readonly string[] =>
    flags(args(values[quality]))

/** At 16 the eye finds no difference to the source; each 6 more halves the file. */
const X264 = byQuality(
  { visuallyLossless: 16, high: 20, small: 26 },
  (crf) => `-c:v libx264 -preset medium -crf ${crf}`,
)
const AAC = flags('-c:a aac -b:a 192k')

export const ENCODINGS: Readonly<Record<ExportFormat, Encoding>> = {
  mp4: {
    ending: '.mp4',
    hasSound: true,
    video: X264,
    audio: AAC,
    pixels: 'yuv420p',
    container: flags('-movflags +faststart -f mp4'),
  },
  mov: {
    ending: '.mov',
    hasSound: true,
    video: X264,
    audio: AAC,
    pixels: 'yuv420p',
    container: flags('-movflags +faststart -f mov'),
  },
  prores: {
    ending: '.mov',
    hasSound: true,
    // 3 is HQ, 2 the standard one, 1 LT.
    video: byQuality(
      { visuallyLossless: 3, high: 2, small: 1 },
      (profile) => `-c:v prores_ks -profile:v ${profile} -vendor apl0`,
    ),
    audio: flags('-c:a pcm_s16le'),
    pixels: 'yuv422p10le',
    container: flags('-f mov'),
  },
  webm: {
    ending: '.webm',
    hasSound: true,
    video: byQuality(
      { visuallyLossless: 16, high: 24, small: 34 },
      (crf) => `-c:v libvpx-vp9 -crf ${crf} -b:v 0 -row-mt 1 -deadline good -cpu-used 4`,
    ),
    audio: flags('-c:a libopus -b:a 160k'),
    pixels: 'yuv420p',
    container: flags('-f webm'),
  },
  gif: {
    ending: '.gif',
    hasSound: false,
    video: () => flags('-c:v gif'),
    audio: [],
    pixels: '',
    container: flags('-loop 0 -f gif'),
  },
}
