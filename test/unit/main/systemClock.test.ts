import { describe, expect, it } from 'vitest'
import { systemChance } from '../../../src/main/systemClock.ts'

describe('ids', () => {
  it('sort in the order in which they were made, within a millisecond too', () => {
    const ids = Array.from({ length: 5_000 }, () => systemChance.newId('job'))
    expect(ids.toSorted()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^job_[0-9A-HJKMNP-TV-Z]{26}$/)
  })
})
