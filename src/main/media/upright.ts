/** How EXIF wants a picture turned; ffmpeg's own handling differs from version to version. */
const TURNS = [
  'hflip',
  'hflip,vflip',
  'vflip',
  'transpose=0',
  'transpose=1',
  'transpose=3',
  'transpose=2',
] as const

/** Filters that turn a picture of an EXIF orientation (1 to 8) upright; none for 1. Pure. */
export function uprightFilters(orientation: number): readonly string[] {
  const turn = TURNS[orientation - 2]
  return ['format=rgb24', ...(turn === undefined ? [] : [turn])]
}
