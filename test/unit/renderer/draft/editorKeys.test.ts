import { expect, test } from 'vitest'
import {
  editorAct,
  type EditorPress,
} from '../../../../src/renderer/features/draft/grid/editorKeys.ts'

const press = (keys: string): EditorPress => {
  const parts = keys.split('+')
  return {
    key: parts.at(-1) ?? '',
    ctrlKey: parts.includes('Ctrl'),
    metaKey: parts.includes('Cmd'),
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
    isComposing: parts.includes('composing'),
  }
}
const acts = (keys: string, isOver = false, hasHints = false): string => {
  const act = editorAct(press(keys), { isOver, hasHints })
  if (act?.kind === 'commit') return `commit ${act.go}${act.isAll ? ', all' : ''}`
  return act?.kind === 'hint' ? `hint ${act.step}` : (act?.kind ?? 'field')
}

test.each([
  ['Enter', 'commit below'],
  ['Ctrl+Enter', 'commit stay, all'],
  ['Cmd+Enter', 'commit stay, all'],
  ['Shift+Enter', 'field'],
  ['Alt+Enter', 'field'],
  ['Tab', 'commit next'],
  ['Shift+Tab', 'commit previous'],
  ['Escape', 'cancel'],
  ['F2', 'edit'],
  ['ArrowDown', 'field'],
  ['a', 'field'],
])('in an open cell %s is: %s', (keys, expected) => {
  expect(acts(keys)).toBe(expected)
})

test('arrows keep a value that is typed over another, and go through the text of any other', () => {
  expect(acts('ArrowLeft', true)).toBe('commit left')
  expect(acts('ArrowDown', true, true)).toBe('commit down')
  expect(acts('Shift+ArrowLeft', true)).toBe('field')
  expect(acts('Ctrl+ArrowLeft', true)).toBe('field')
  expect(acts('ArrowDown', false, true)).toBe('hint 1')
  expect(acts('ArrowUp', false, true)).toBe('hint -1')
  expect(acts('ArrowLeft', false, true)).toBe('field')
})

test('no key of a letter that is being composed leaves the cell', () => {
  for (const keys of ['Enter', 'Tab', 'Escape', 'F2', 'ArrowDown', 'Ctrl+Enter']) {
    expect(acts(`composing+${keys}`, true, true)).toBe('compose')
  }
})
