import { expect, test } from 'vitest'
import { fieldOf, withKept } from '../../../../src/renderer/features/library/fieldText.ts'

// Promise: saving one field of an entry takes nothing from the one that is being written.
test('what comes from elsewhere is taken in, but never over what is being written', () => {
  const left = fieldOf('A fox')
  const taken = withKept(left, 'An owl')
  expect(taken.text).toBe('An owl')
  expect(withKept(taken, 'An owl')).toBe(taken)
  const edited = withKept({ ...left, text: 'A red f', isEdited: true }, 'An owl')
  expect(edited.text).toBe('A red f')
  // Left and kept: from now on it follows again.
  const kept = withKept({ ...edited, text: 'A red fox', isEdited: false }, 'A red fox')
  expect(withKept(kept, 'A hare').text).toBe('A hare')
})
