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

/** Case, blanks, hyphens and the ending do not matter; leading zeros of a name that is a number neither. */
const fold = (name: string): string =>
  name
    .replace(/\.[a-z]{3,4}$/i, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^0+(?=\d+$)/, '')

/** `Shot_01`, `shot 1` and `SHOT1` alike, where nothing is called just so. */
const loosely = (name: string): string =>
  fold(name)
    .replaceAll(/(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/gu, ' ')
    .replaceAll(/(?<= )0+(?=\d)/g, '')

/**
 * Pairs frames with rows by file name: the row's own name, a variable of it, its number in the sheet
 * from 1, or its whole prompt. A frame goes to every row that is called like it; of two frames for one
 * row the first counts.
 */
export function pairByName(rows: readonly PairRow[], frames: readonly NamedFrame[]): FramePairs {
  const exactly = firstBy(frames, fold)
  const nearly = firstBy(frames, loosely)
  const used = new Set<FrameId>()
  const pairs = rows.flatMap((row, index): [number, FrameId][] => {
    const names = [row.name, ...Object.values(row.variables), String(index + 1), row.prompt]
    const found = firstOf(exactly, names.map(fold)) ?? firstOf(nearly, names.map(loosely))
    if (found === undefined) return []
    used.add(found.id)
    return [[index, found.id]]
  })
  return { frames: new Map(pairs), left: frames.filter(({ id }) => !used.has(id)) }
}

function firstBy(frames: readonly NamedFrame[], keyOf: (name: string) => string) {
  const found = new Map<string, NamedFrame>()
  for (const frame of frames) {
    const key = keyOf(frame.name)
    if (key !== '' && !found.has(key)) found.set(key, frame)
  }
  return found
}

const firstOf = (frames: ReadonlyMap<string, NamedFrame>, keys: readonly string[]) =>
  frames.get(keys.find((key) => frames.has(key)) ?? '')
