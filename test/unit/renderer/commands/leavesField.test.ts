import { afterEach, expect, test } from 'vitest'
import { useRegistry } from '../../../../src/renderer/commands/registry.ts'
import { leavesField } from '../../../../src/renderer/commands/useCommandKeys.ts'
import { useStore } from '../../../../src/renderer/store/store.ts'
import { COMMANDS } from '../../../../src/shared/ipc/commands.ts'

const handlers = Object.fromEntries(COMMANDS.map(({ id }) => [id, { run: () => {} }]))
const ctrl = (key: string, shiftKey = false) => ({
  key,
  code: '',
  ctrlKey: true,
  metaKey: false,
  shiftKey,
  altKey: false,
})

afterEach(() => useRegistry.getState().remove(handlers))

test('out of an open cell lead find, run and the screens; what edits stays with the text', () => {
  useStore.getState().go('draft')
  useRegistry.getState().add(handlers)
  const leading = ['f', 'h', 'k', '4'].filter((key) => leavesField(ctrl(key)))
  expect(leading).toEqual(['f', 'h', 'k', '4'])
  expect(leavesField(ctrl('Enter', true))).toBe(true)
  const staying = ['z', 'y', 'x', 'c', 'v', 'a', 'd', 'r', 'l', 'j', 'Backspace', 'Enter']
  expect(staying.filter((key) => leavesField(ctrl(key)))).toEqual([])
})
