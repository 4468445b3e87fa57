import { describe, expect, it } from 'vitest'
import { readFailure } from '../../../../src/main/providers/fal/response.ts'

const answer = (status: number, detail: string) => ({
  kind: 'answer' as const,
  status,
  headers: {},
  body: Buffer.from(JSON.stringify({ detail })),
})

describe('the result call of fal', () => {
  it('that says the request is still in progress is no failure of a paid render', () => {
    expect(readFailure(answer(400, 'Request is still in progress'), true)).toBeNull()
  })

  it('that refuses what was asked is one', () => {
    expect(readFailure(answer(400, 'Invalid prompt'), true)).toMatchObject({ kind: 'failed' })
  })
})
