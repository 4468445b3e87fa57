import { describe, expect, it } from 'vitest'
import { createRegistry } from '../../../../src/main/providers/registry.ts'
import { createFal } from '../../../../src/main/providers/fal/index.ts'
import { createReplicate } from '../../../../src/main/providers/replicate/index.ts'

describe('the registry', () => {
  it('holds every provider by its id, in order', () => {
    expect([...createRegistry([createFal(), createReplicate()]).keys()]).toEqual([
      'fal',
      'replicate',
    ])
  })

  it('refuses two of one id', () => {
    expect(() => createRegistry([createFal(), createFal()])).toThrow('two providers share an id')
  })
})
