import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DEFAULT_NAMING,
  fileNameFor,
  safeName,
  type NameParts,
  foldedName,
} from '../../../../src/shared/domain/naming.ts'

const parts: NameParts = {
  batch: 'Launch week',
  row: 3,
  take: 2,
  takeNo: 0,
  name: null,
  prompt: 'A fox, at night!',
  model: 'kling-v3',
  provider: 'fal',
  seed: 0,
  at: new Date(2026, 10, 22, 12).getTime(),
}

/** Any text, and what one of the three systems would make something of. */
const hostile = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength }),
    fc
      .array(
        fc.constantFrom(
          '..',
          '/',
          '\\',
          'C:',
          'con',
          'COM²',
          'nul',
          '.',
          ' ',
          '~',
          '%',
          '$',
          '{name}',
        ),
        { maxLength: 12 },
      )
      .map((pieces) => pieces.join('')),
  )

describe('file names', () => {
  it('are filled from the template, a seed of 0 too', () => {
    expect(fileNameFor(DEFAULT_NAMING, parts)).toBe('003-a-fox-at-night-kling-v3-t2')
    expect(fileNameFor('{date} {seed} {provider}', parts)).toBe('2026-11-22 0 fal')
    expect(fileNameFor('{name}', { ...parts, name: 'Fuchs' })).toBe('fuchs')
  })

  it('make folders of slashes in the template and never of slashes in a value', () => {
    expect(fileNameFor('{batch}/{model}/{row}', parts)).toBe('launch-week/kling-v3/003')
    expect(fileNameFor('{prompt}', { ...parts, prompt: '../../etc/passwd' })).toBe('etc-passwd')
    expect(fileNameFor('../../{row}', parts)).not.toContain('..')
  })

  it('keep letters of every script and number the second output', () => {
    expect(fileNameFor('{prompt}', { ...parts, prompt: 'Лиса идёт 夜の狐' })).toBe(
      'лиса-идёт-夜の狐',
    )
    expect(fileNameFor('{row}', { ...parts, takeNo: 1 })).toBe('003-2')
  })

  it('are safe on every system whatever the template and the prompt say', () => {
    fc.assert(
      fc.property(hostile(400), hostile(100), (prompt, template) => {
        for (const step of fileNameFor(`${template}{prompt}`, { ...parts, prompt }).split('/')) {
          expect(step).not.toBe('')
          expect(step).not.toMatch(/[\p{Cc}<>:"\\|?*]/u)
          expect(step).not.toMatch(/^[ .]|[ .]$/)
          expect(step).not.toMatch(/^(con|prn|aux|nul|(com|lpt)[\d¹²³]) *(\..*)?$/i)
          expect(new TextEncoder().encode(step).length).toBeLessThan(200)
        }
      }),
      { numRuns: 10_000 },
    )
  })

  it.each(['con', 'AUX.mp4', 'com1.tar.gz', 'COM².txt', 'nul .x', 'conin$', 'LPT9'])(
    'are never %s, a device of Windows',
    (name) => {
      expect(safeName(name)).toBe(`_${name}`)
    },
  )

  it.each([
    ['ſun', 'Sun'],
    ['caf\u00e9', 'cafe\u0301'],
    ['straße', 'STRASSE'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['\u212Aite', 'kite'],
  ])('%s and %s are one file on some system', (one, other) => {
    expect(foldedName(one)).toBe(foldedName(other))
  })

  it('never end up empty', () => {
    for (const text of ['', '...', ' ', '\u0000', '/', '???']) expect(safeName(text)).not.toBe('')
  })
})
