/** How far a run of ffmpeg has come. */
export interface FfmpegProgress {
  /** Frames written so far. */
  readonly frame: number
  /** Time of the last frame written; null before the first one. */
  readonly outSeconds: number | null
  /** Multiple of real time; null while ffmpeg cannot tell. */
  readonly speed: number | null
  readonly done: boolean
}

/**
 * Reads what `-progress pipe:1` prints: blocks of `key=value` lines, each closed by a `progress=`
 * line. Pieces may end anywhere. Source: ffmpeg's documentation of `-progress`.
 */
export function createProgressParser(): (chunk: string) => readonly FfmpegProgress[] {
  let rest = ''
  let block: Record<string, string> = {}
  return (chunk) => {
    const lines = (rest + chunk).split(/\r?\n/)
    rest = lines.pop() ?? ''
    const found: FfmpegProgress[] = []
    for (const line of lines) {
      const at = line.indexOf('=')
      if (at < 0) continue
      const key = line.slice(0, at).trim()
      block[key] = line.slice(at + 1).trim()
      if (key !== 'progress') continue
      found.push(fromBlock(block))
      block = {}
    }
    return found
  }
}

function fromBlock(block: Readonly<Record<string, string>>): FfmpegProgress {
  const micros = numberIn(block['out_time_us'])
  return {
    frame: numberIn(block['frame']) ?? 0,
    // Before the first frame ffmpeg prints N/A or the smallest 64-bit number.
    outSeconds: micros === null || micros < 0 ? null : micros / 1_000_000,
    speed: numberIn(block['speed']?.replace(/x$/, '')),
    done: block['progress'] === 'end',
  }
}

function numberIn(text: string | undefined): number | null {
  if (text === undefined || text === '') return null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}

/** The last lines of what ffmpeg said, without its running statistics: the reason why it stopped. */
export function lastLines(stderr: string, count: number): string {
  const lines = stderr
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim().replace(/^\[[^\]]* @ 0x[0-9a-f]+\] /, ''))
    .filter((line) => line !== '' && !/^(frame|size)=/.test(line) && line !== 'Conversion failed!')
  return lines.slice(-count).join(' | ')
}
