import type { DraftRow } from './draft.ts'
import type { FrameId } from './ids.ts'

export interface NamedFrame {
  readonly id: FrameId
  readonly name: string
}

export interface FramePairs {
  /** A frame for each row that found one; the index is the row's. */
  readonly frames: ReadonlyMap<number, FrameId>
  /** Frames that no row is called like. */
  readonly left: readonly NamedFrame[]
}

type PairRow = Pick<DraftRow, 'prompt' | 'name' | 'variables'>

/** Case, blanks, hyphens and the ending do not matter; leading zeros of a number neither. */
const fold = (name: string): string =>
  name
    .replace(/\.[a-z]{3,4}$/i, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^0+(?=\d+$)/, '')

/**
 * Pairs frames with rows by file name: the row's own name, a variable of it, its number in the sheet
 * from 1, or its whole prompt. A frame goes to every row that is called like it; of two frames for one
 * row the first counts.
 */
export function pairByName(rows: readonly PairRow[], frames: readonly NamedFrame[]): FramePairs {
  const byName = new Map<string, NamedFrame>()
  for (const frame of frames) {
    const key = fold(frame.name)
    if (key !== '' && !byName.has(key)) byName.set(key, frame)
  }
  const used = new Set<FrameId>()
  const pairs = rows.flatMap((row, index): [number, FrameId][] => {
    const names = [row.name, ...Object.values(row.variables), String(index + 1), row.prompt]
    const found = names.map((name) => byName.get(fold(name))).find((frame) => frame !== undefined)
    if (found === undefined) return []
    used.add(found.id)
    return [[index, found.id]]
  })
  return { frames: new Map(pairs), left: frames.filter(({ id }) => !used.has(id)) }
}
