/** Pure builders of what several runs of ffmpeg share. Each returns arguments, never a command line. */

/**
 * A value inside a filter graph: escaped once for the filter's options, once for the graph.
 * Source: ffmpeg-filters, "Notes on filtergraph escaping".
 */
export function filterValue(text: string): string {
  const option = text.replace(/[\\':]/g, String.raw`\$&`)
  return option.replace(/[\\'[\],;]/g, String.raw`\$&`)
}

/** A file as input: named by protocol, so that a colon in its path is not taken for one. */
export const fileUrl = (path: string): string => `file:${path}`

/** Quiet, and overwrites: outputs are temporary names of ours. */
export const QUIET = ['-v', 'error', '-y'] as const

/** Constant arguments, written as one reads them. Never for a value: that may hold a space. */
export const flags = (text: string): readonly string[] => text.split(' ')

/** One still as JPEG. `-update 1` keeps a percent sign in the path from being read as a pattern. */
export const jpegOutput = (label: string, quality: number, path: string): readonly string[] => [
  '-map',
  label,
  ...flags(`-frames:v 1 -c:v mjpeg -q:v ${quality} -f image2 -update 1`),
  fileUrl(path),
]

/** One still as PNG. */
export const pngOutput = (label: string, path: string): readonly string[] => [
  '-map',
  label,
  ...flags('-frames:v 1 -c:v png -f image2 -update 1'),
  fileUrl(path),
]

/** JPEG's own colours: full range, the older matrix. Without it bright reds and greens shift. */
export const JPEG_COLOURS = 'out_color_matrix=bt601:out_range=pc'
