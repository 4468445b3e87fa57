import { describe, expect, test } from 'vitest'
import { pairByName } from '../../../src/shared/domain/framePairs.ts'

const row = (name: string, prompt = '', variables: Record<string, string> = {}) => ({
  name,
  prompt,
  variables,
})
const frame = (name: string) => ({ id: `frame_${name}` as const, name })
const named = (pairs: ReturnType<typeof pairByName>) => Object.fromEntries(pairs.frames)

describe('frames pair with rows by file name', () => {
  test('a folder of 50 pictures finds its 50 rows, in whatever order they come', () => {
    const names = Array.from({ length: 50 }, (_, at) => `Shot ${String(at + 1).padStart(2, '0')}`)
    const frames = names
      .map((name) => frame(`${name.toUpperCase().replace(' ', '_')}.JPG`))
      .toReversed()
    const { frames: pairs, left } = pairByName(
      names.map((name) => row(name)),
      frames,
    )
    expect(left).toEqual([])
    expect(names.map((_, at) => pairs.get(at))).toEqual(frames.toReversed().map(({ id }) => id))
  })

  test('by a variable, by the number of the row, by the whole prompt', () => {
    const rows = [row('', 'A cat'), row('', '', { animal: 'red fox' }), row('', 'Rain, at night')]
    const frames = ['001.png', 'red-fox.webp', 'rain at night.jpg', 'other.png'].map(frame)
    const pairs = pairByName(rows, frames)
    expect(named(pairs)).toEqual({
      0: 'frame_001.png',
      1: 'frame_red-fox.webp',
      2: 'frame_rain at night.jpg',
    })
    expect(pairs.left.map(({ name }) => name)).toEqual(['other.png'])
  })

  test('one frame serves every row that is called like it; an empty name nobody', () => {
    const pairs = pairByName(
      [row('hero'), row('hero'), row('')],
      [frame('hero.png'), frame('-.png')],
    )
    expect(named(pairs)).toEqual({ 0: 'frame_hero.png', 1: 'frame_hero.png' })
    expect(pairs.left.map(({ name }) => name)).toEqual(['-.png'])
  })
})
