import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnsFor, parseModels, written } from '../../../../src/renderer/store/draft/columns.ts'
import { keepable } from '../../../../src/renderer/store/draft/keepable.ts'
import type { DraftDoc } from '../../../../src/renderer/store/draft/sync.ts'
import { emptyRow, lostFrameOf, NO_DEFAULTS } from '../../../../src/shared/domain/draft.ts'
import { draftHeadSchema, draftRowSchema } from '../../../../src/shared/domain/draftSchema.ts'

const saved: DraftDoc = {
  name: 'Draft',
  defaults: NO_DEFAULTS,
  options: {
    expand: { kind: 'product' },
    project: null,
    cap: null,
    allowUnpriced: false,
    concurrency: null,
  },
  variables: ['City'],
  layout: null,
  rows: [],
}
const columns = columnsFor(saved.variables)
const rowOf = (texts: readonly (string | undefined)[]) =>
  written(emptyRow('row_aaaa', 1), { columns, textAt: (at) => texts[at], models: [] })

const head = fc.constantFrom(
  '',
  'https://',
  'https://a.b/',
  'frame_',
  'lost:',
  'fal:',
  '!:',
  'x.png',
)
const tail = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer({ min: 0, max: 60_000 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 0, max: 80 }).map((count) => 'wan-2.6, '.repeat(count)),
)
const text = fc.option(
  fc.tuple(head, tail).map(([before, after]) => before + after),
  { nil: undefined },
)

// Promise: one cell never keeps the rest of a draft from the disk.
test('whatever is pasted, what is sent to be saved is taken', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: columns.length }), (texts) => {
      const { doc } = keepable(saved, { ...saved, rows: [rowOf(texts)] })
      for (const row of doc.rows) expect(draftRowSchema.safeParse(row).error).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})

test('an address that leads nowhere, or is too long, is a problem of its cell', () => {
  const at = columns.findIndex(({ id }) => id === 'firstFrame')
  for (const address of ['https://', 'https://a b', `https://a.org/${'x'.repeat(4000)}`]) {
    const { firstFrame } = rowOf([...Array.from({ length: at }, () => undefined), address])
    expect(lostFrameOf(firstFrame ?? '')?.code).toBe('badFrameUrl')
  }
})

test('a model and a provider that no id can hold stay words that the check refuses', () => {
  const unknown = { model: 'unknown', provider: 'unknown' }
  const cell = '快影, 快影:wan-2.6, fal:快影, :wan-2.6'
  expect(parseModels(cell, [])).toEqual([
    { ...unknown, provider: null },
    { ...unknown, model: 'wan-2.6' },
    { ...unknown, provider: 'fal' },
    { model: 'wan-2.6', provider: null },
  ])
})

test('more variables than a draft can have are named, and the rows are saved', () => {
  const variables = Array.from({ length: 1001 }, (_, index) => `v${index}`)
  const row = rowOf(['a fox'])
  const { doc, tooLong } = keepable(saved, { ...saved, variables, rows: [row] })
  expect(tooLong?.why).toBe('1,001; at most 1,000 can be kept. Use fewer names.')
  expect(doc.rows).toEqual([row])
  const { rows: _rows, ...kept } = doc
  expect(draftHeadSchema.safeParse(kept).error).toBeUndefined()
})
