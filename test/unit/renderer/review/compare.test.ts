import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { labelsOf } from '../../../../src/renderer/features/review/compare/labels.ts'
import {
  begun,
  moved,
  resized,
  SIZES,
  sizeFor,
  winnerStays,
  type Slots,
} from '../../../../src/renderer/features/review/compare/slots.ts'
import { sampleTake } from '../../../helpers/sampleTake.ts'

const sizes = fc.constantFrom(...SIZES)

describe('takes side by side', () => {
  test('as many as there is a layout for', () => {
    expect([1, 2, 3, 4, 5, 7, 40].map(sizeFor)).toEqual([2, 2, 3, 4, 6, 9, 9])
    expect(begun(3, 4).shown).toEqual([0, 1, 2])
  })

  test('the winner keeps its place and meets each other one once', () => {
    let slots: Slots | null = moved(begun(5, 2), 1)
    const met: (readonly number[])[] = []
    while (slots !== null) {
      met.push(slots.shown)
      slots = winnerStays(slots, 5)
    }
    expect(met).toEqual([
      [0, 1],
      [2, 1],
      [3, 1],
      [4, 1],
    ])
  })

  test('the last round holds what is left, and the winner', () => {
    const last = winnerStays(moved(begun(5, 4), 3), 5)
    expect(last).toEqual({ shown: [4, 3], focus: 1, next: 5 })
  })

  test('whatever is pressed: no take twice, never more than fit, focus on one of them', () => {
    const press = fc.oneof(
      fc.record({ size: sizes }),
      fc.record({ by: fc.constantFrom(-1, 1) }),
      fc.constant({}),
    )
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), sizes, fc.array(press), (pool, first, all) => {
        let slots = begun(pool, first)
        let size: number = first
        for (const pressed of all) {
          const focused = slots.shown[slots.focus]
          if ('size' in pressed) {
            slots = resized(slots, pool, pressed.size)
            size = pressed.size
          } else if ('by' in pressed) slots = moved(slots, pressed.by)
          else slots = winnerStays(slots, pool) ?? slots
          expect(new Set(slots.shown).size).toBe(slots.shown.length)
          expect(slots.shown.length).toBeLessThanOrEqual(size)
          expect(slots.shown[slots.focus]).toBeDefined()
          if (!('by' in pressed)) expect(slots.shown[slots.focus]).toBe(focused)
        }
      }),
    )
  })
})

describe('what takes are called side by side', () => {
  const names = (...takes: Parameters<typeof sampleTake>[0][]): readonly string[] =>
    labelsOf(
      takes.map((more) => sampleTake(more)),
      (id) => id.toUpperCase(),
    )

  test('the model alone where that tells them apart', () => {
    expect(names({ modelName: 'Kling 3' }, { modelName: 'Wan 2.6' })).toEqual([
      'Kling 3',
      'Wan 2.6',
    ])
  })

  test('of those that are alike, what differs and no more', () => {
    expect(names({ take: 1 }, { take: 2 })).toEqual(['Rehearsal · take 1', 'Rehearsal · take 2'])
    expect(names({ row: 1 }, { row: 2 }, { modelName: 'Wan 2.6' })).toEqual([
      'Rehearsal · row 1',
      'Rehearsal · row 2',
      'Wan 2.6',
    ])
    expect(names({ provider: 'fal' }, { provider: 'replicate' })).toEqual([
      'Rehearsal · FAL',
      'Rehearsal · REPLICATE',
    ])
    expect(names({ seed: 7 }, { seed: null })).toEqual([
      'Rehearsal · seed 7',
      'Rehearsal · no seed',
    ])
    expect(names({}, {})).toEqual(['Rehearsal', 'Rehearsal'])
  })
})
