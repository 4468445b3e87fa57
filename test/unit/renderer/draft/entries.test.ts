import { describe, expect, test } from 'vitest'
import {
  inserted,
  withEntry,
  withNames,
  withSet,
  wordsOf,
} from '../../../../src/renderer/store/draft/entries.ts'
import { opensList } from '../../../../src/renderer/features/draft/template/opensList.ts'
import { emptyRow } from '../../../../src/shared/domain/draft.ts'
import { readVariableSet, writeVariableSet } from '../../../../src/shared/domain/prompt.ts'

const row = { ...emptyRow('row_0001', 0), prompt: 'A fox' }

describe('an entry of the library in a text', () => {
  test('a list goes in by its name, with a blank where words would run together', () => {
    const words = wordsOf({ kind: 'list', name: 'light', text: 'dusk\ndawn' })
    expect(inserted({ text: 'A fox', from: 5, to: 5 }, words)).toEqual({
      text: 'A fox __light__',
      from: 15,
      to: 15,
    })
    expect(inserted({ text: 'at  now', from: 3, to: 3 }, words).text).toBe('at __light__ now')
    expect(inserted({ text: 'at HERE', from: 3, to: 7 }, words).text).toBe('at __light__')
  })

  test('plain text means itself inside a template; comments of a template stay behind', () => {
    expect(wordsOf({ kind: 'prompt', name: 'p', text: 'a {sign}' })).toBe(String.raw`a \{sign\}`)
    expect(wordsOf({ kind: 'template', name: 't', text: '# says why\n{a|b}\n' })).toBe('{a|b}')
  })
})

describe('an entry of the library in a row', () => {
  test('a prompt takes the place of the old one, as plain text where it looks like grammar', () => {
    expect(withEntry(row, { kind: 'prompt', name: 'p', text: 'Owl' })).toMatchObject({
      prompt: 'Owl',
      plain: false,
    })
    expect(withEntry(row, { kind: 'prompt', name: 'p', text: 'a {sign}' })).toMatchObject({
      prompt: 'a {sign}',
      plain: true,
    })
    for (const text of ['a __sign__', '# 3 on the door'])
      expect(withEntry(row, { kind: 'prompt', name: 'p', text })).toMatchObject({
        prompt: text,
        plain: true,
      })
    expect(withEntry(row, { kind: 'template', name: 't', text: '{a|b}' }).plain).toBe(false)
  })

  test('a list goes behind the prompt', () => {
    const made = withEntry({ ...row, plain: true }, { kind: 'list', name: 'lens', text: '' })
    expect(made).toMatchObject({ prompt: 'A fox __lens__', plain: false })
  })

  test('a set fills the variables that the row has, whatever their case', () => {
    const filled = withSet(
      { ...row, variables: { Lens: '35 mm', tone: 'warm' } },
      { lens: '50 mm' },
    )
    expect(filled.variables).toEqual({ Lens: '50 mm', tone: 'warm' })
    expect(withNames(['Lens'], ['lens', 'time'])).toEqual(['Lens', 'time'])
  })

  test('values kept as a set come back as they were', () => {
    const values = { lens: '35 mm | 50 mm', time: 'dusk: late' }
    expect(readVariableSet(writeVariableSet(values))).toEqual(values)
  })
})

test.each([
  ['A kite at __', true],
  ['A kite at __light__', false],
  ['A kite at __light__ by __', true],
  ['__light____', true],
  ['a \\__', false],
  ['no list', false],
])('%j begins the name of a list: %s', (text, isOpen) => {
  expect(opensList(text)).toBe(isOpen)
})
