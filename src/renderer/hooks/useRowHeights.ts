import { useStore } from '../store/store.ts'

interface RowHeights {
  /** A row of text. */
  readonly plain: number
  /** A row with a thumbnail. */
  readonly thumb: number
  readonly header: number
}

const COMFORTABLE: RowHeights = { plain: 32, thumb: 40, header: 28 }
const COMPACT: RowHeights = { plain: 28, thumb: 34, header: 28 }

/** Pixels, the same as the tokens `--row` and `--row-thumb`. */
export function useRowHeights(): RowHeights {
  const density = useStore((store) => store.settings?.appearance.density)
  return density === 'compact' ? COMPACT : COMFORTABLE
}
