import { expect, test } from 'vitest'
import { isPressed, keysOf } from '../../../../src/renderer/commands/keys.ts'
import { COMMANDS, type Command } from '../../../../src/shared/ipc/commands.ts'
import { commandsUnder, holderOf, withKeys } from '../../../../src/shared/ipc/shortcuts.ts'

const keysIn = (commands: readonly Command[], id: string) =>
  commands.find((command) => command.id === id)?.keys

test('a command has the keys that the person gave it, or none where they took them away', () => {
  const commands = commandsUnder({ 'draft.new': ['Mod+Shift+Y'], 'app.quit': [] })
  expect(keysIn(commands, 'draft.new')).toEqual(['Mod+Shift+Y'])
  expect(keysIn(commands, 'app.quit')).toEqual([])
  expect(keysIn(commands, 'app.palette')).toEqual(['Mod+K'])
})

test('keys are held by a command of the same screen or of all, not of another screen', () => {
  const commands = commandsUnder({})
  expect(holderOf(commands, { id: 'draft.new', keys: 'Mod+K' })?.id).toBe('app.palette')
  expect(holderOf(commands, { id: 'review.reject', keys: 'P' })?.id).toBe('review.pick')
  expect(holderOf(commands, { id: 'queue.retry', keys: 'P' })).toBeUndefined()
  expect(holderOf(commands, { id: 'review.pick', keys: 'P' })).toBeUndefined()
})

test('whoever had the keys loses them, so that no press means two things', () => {
  const own = withKeys({}, { id: 'review.reject', keys: 'P' })
  const commands = commandsUnder(own)
  expect(keysIn(commands, 'review.reject')).toEqual(['P'])
  expect(keysIn(commands, 'review.pick')).toEqual([])
  expect(holderOf(commands, { id: 'review.reject', keys: 'P' })).toBeUndefined()
})

test('no two commands of one screen share keys in the table as it comes', () => {
  const commands: readonly Command[] = COMMANDS
  const shared = commands.flatMap((command) =>
    (command.keys ?? []).flatMap((keys) => holderOf(commands, { id: command.id, keys })?.id ?? []),
  )
  expect(shared).toEqual([])
})

const press = (
  key: string,
  held: Partial<Record<'ctrl' | 'meta' | 'shift' | 'alt', boolean>> = {},
) => ({
  key,
  code: /^\d$/.test(key) ? `Digit${key}` : '',
  ctrlKey: held.ctrl === true,
  metaKey: held.meta === true,
  shiftKey: held.shift === true,
  altKey: held.alt === true,
})

test.each([
  ['Mod+Shift+K', press('K', { ctrl: true, shift: true })],
  ['P', press('p')],
  ['Shift+P', press('P', { shift: true })],
  ['Space', press(' ')],
  ['Shift+Space', press(' ', { shift: true })],
  ['?', press('?', { shift: true })],
  ['Mod+1', press('1', { ctrl: true })],
  ['Mod+ArrowUp', press('ArrowUp', { ctrl: true })],
  ['F5', press('F5')],
])('%s is read from a press, and that press is known again', (keys, pressed) => {
  expect(keysOf(pressed, false)).toBe(keys)
  expect(isPressed(pressed, keys, false)).toBe(true)
})

test.each([press('Shift', { shift: true }), press('k', { alt: true }), press('k', { meta: true })])(
  'a modifier alone, and what the system keeps, are no keys',
  (pressed) => expect(keysOf(pressed, false)).toBeNull(),
)
