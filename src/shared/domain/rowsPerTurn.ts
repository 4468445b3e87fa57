const CELLS = 8000
/** What a row has beside its variables, roughly. */
const FIELDS = 16
const FEWEST = 20

/**
 * Rows of a draft that are read, written or sent in one go, so that other work has its turn within a few
 * frames: a row may have hundreds of variables.
 */
export const rowsPerTurn = (variables: number): number =>
  Math.max(FEWEST, Math.floor(CELLS / (FIELDS + variables)))

/** A list in portions, none longer than `size`. */
export function inPortions<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / size)
  return Array.from({ length: count }, (_, at) => all.slice(at * size, (at + 1) * size))
}
