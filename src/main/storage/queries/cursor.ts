/**
 * Where a page ended, as one opaque word. The numbers are those that the list is ordered by.
 * @throws TypeError for a word that is not of this list (a bug of the caller)
 */
export const encodeCursor = (place: readonly number[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

/** @param size how many numbers the list is ordered by */
export function decodeCursor(cursor: string | null, size: number): readonly number[] | null {
  if (cursor === null) return null
  const place = parse(Buffer.from(cursor, 'base64url').toString())
  if (Array.isArray(place) && place.length === size && place.every(Number.isFinite)) {
    return place as number[]
  }
  throw new TypeError('this cursor is not of this list')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // judged by the caller
  }
}
