import { foldedName } from '../../../shared/domain/naming.ts'

/** How a name is found that is neither used in this export nor, where that matters, by a file. */
export interface NameWish {
  /** Relative, without its ending. */
  readonly name: string
  readonly ending: string
}

/**
 * A name for each, unlike every other whatever the system makes of capitals: `name`, `name (2)` and so
 * on. `isFree` false: a file of that name lies there and shall be kept.
 */
export function uniqueNames(
  wishes: readonly NameWish[],
  isFree: (file: string) => boolean,
): readonly string[] {
  const used = new Set<string>()
  return wishes.map(({ name, ending }) => {
    for (let number = 1; ; number += 1) {
      const file = number === 1 ? `${name}${ending}` : `${name} (${number})${ending}`
      const key = foldedName(file)
      if (used.has(key) || !isFree(file)) continue
      used.add(key)
      return file
    }
  })
}
