import { expect, test } from 'vitest'
import { menuTemplate } from '../../../../src/main/window/menuTemplate.ts'
import { COMMANDS, type Command, type CommandId } from '../../../../src/shared/ipc/commands.ts'

interface Item {
  readonly id?: string
  readonly label?: string
  readonly role?: string
  readonly accelerator?: string
  readonly registerAccelerator?: boolean
  readonly click?: () => void
  readonly submenu?: readonly Item[]
}
const table: readonly Command[] = COMMANDS

function items(isMac = false, isDevelopment = false) {
  const chosen: CommandId[] = []
  const menus = menuTemplate({
    choose: (id) => chosen.push(id),
    commands: table,
    isMac,
    isDevelopment,
  }) as unknown as Item[]
  return { menus, all: menus.flatMap(({ submenu = [] }) => submenu), chosen }
}

test('every command with a menu stands in it once and sends its own id', () => {
  const { all, chosen } = items()
  const expected = table.filter(({ menu }) => menu !== undefined).map(({ id }) => id)
  expect(all.flatMap(({ id }) => id ?? []).toSorted()).toEqual(expected.toSorted())
  for (const { click } of all) click?.()
  expect(chosen.toSorted()).toEqual(expected.toSorted())
})

test('keys are shown as Electron writes them, and listened to by the page alone', () => {
  const { all } = items()
  expect(all.find(({ id }) => id === 'app.palette')?.accelerator).toBe('CmdOrCtrl+K')
  expect(all.find(({ id }) => id === 'edit.redo')?.accelerator).toBe('CmdOrCtrl+Shift+Z')
  const listened = all.filter(
    ({ id, registerAccelerator }) => id !== undefined && registerAccelerator,
  )
  expect(listened).toEqual([])
})

test('command ids and the keys of one screen are unique', () => {
  expect(new Set(table.map(({ id }) => id)).size).toBe(table.length)
  const clashes = table.flatMap((command) =>
    table.filter(
      (other) =>
        other.id < command.id &&
        (other.screen === undefined ||
          command.screen === undefined ||
          other.screen === command.screen) &&
        other.keys?.some((key) => command.keys?.includes(key)),
    ),
  )
  expect(clashes.map(({ id }) => id)).toEqual([])
})

test('a Mac has its own menus, a packaged app no developer tools', () => {
  expect(
    items(true)
      .menus.map(({ role }) => role)
      .filter(Boolean),
  ).toEqual(['appMenu', 'windowMenu'])
  expect(items(false, true).all.some(({ role }) => role === 'toggleDevTools')).toBe(true)
  expect(items().all.some(({ role }) => role === 'toggleDevTools')).toBe(false)
})
