import { describe, expect, test } from 'vitest'
import {
  formatKeys,
  isPressed,
  needsNoField,
  type KeyPress,
} from '../../../../src/renderer/commands/keys.ts'
import { COMMANDS, type Command } from '../../../../src/shared/ipc/commands.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
})

describe('a key means what the table says', () => {
  test('Mod is Ctrl, on a Mac Cmd', () => {
    expect(isPressed(press('k', { ctrlKey: true }), 'Mod+K', false)).toBe(true)
    expect(isPressed(press('k', { ctrlKey: true }), 'Mod+K', true)).toBe(false)
    expect(isPressed(press('k', { metaKey: true }), 'Mod+K', true)).toBe(true)
    expect(isPressed(press('k', { ctrlKey: true, altKey: true }), 'Mod+K', false)).toBe(false)
  })

  test('Shift counts for letters and named keys, not for what it prints', () => {
    expect(isPressed(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Z', false)).toBe(false)
    expect(isPressed(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z', false)).toBe(
      true,
    )
    expect(isPressed(press('?', { shiftKey: true }), '?', false)).toBe(true)
    expect(isPressed(press(' '), 'Space', false)).toBe(true)
    expect(isPressed(press('Enter', { shiftKey: true }), 'Enter', false)).toBe(false)
  })

  test('digits work where another layout prints something else', () => {
    const azerty = press('&', { code: 'Digit1', ctrlKey: true })
    expect(isPressed(azerty, 'Mod+1', false)).toBe(true)
    expect(isPressed(press('&', { code: 'Digit1' }), '1', false)).toBe(false)
  })

  test('written as the keyboard has it', () => {
    expect(formatKeys('Mod+Shift+Enter', false)).toBe('Ctrl+Shift+Enter')
    expect(formatKeys('Mod+Shift+Enter', true)).toBe('⇧⌘↩')
    expect(formatKeys('Delete', false)).toBe('Del')
  })

  test('keys without Mod belong to whoever types', () => {
    expect(['P', 'Space', '?', 'Delete'].every(needsNoField)).toBe(true)
    expect(needsNoField('Mod+K')).toBe(false)
  })
})

test('no two commands of one screen share a key', () => {
  const table: readonly Command[] = COMMANDS
  const screens = new Set(table.map(({ screen }) => screen))
  for (const screen of screens) {
    const here = table.filter(
      (command) => command.screen === undefined || command.screen === screen,
    )
    const keys = here.flatMap((command) => command.keys ?? [])
    expect(keys).toEqual([...new Set(keys)])
  }
})
