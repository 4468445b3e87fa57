import type { MenuItemConstructorOptions } from 'electron'
import { MENUS, type Command, type CommandId, type Menu } from '../../shared/ipc/commands.ts'

export interface MenuOptions {
  readonly choose: (id: CommandId) => void
  readonly isMac: boolean
  /** Under the person's own keys. */
  readonly commands: readonly Command[]
  /** Adds the developer tools. */
  readonly isDevelopment: boolean
}

const LABELS: Readonly<Record<Menu, string>> = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  go: 'Go',
  library: 'Library',
  queue: 'Queue',
  review: 'Review',
  help: 'Help',
}
/** What the system does by itself, behind our own items. */
const ROLES: Partial<Record<Menu, readonly MenuItemConstructorOptions[]>> = {
  edit: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
  view: [
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'resetZoom' },
    { role: 'togglefullscreen' },
  ],
}
const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' }

/** The application menu out of the table of commands. Choosing an item only names its command. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const menus = MENUS.map((menu) => ({ label: LABELS[menu], submenu: itemsOf(menu, options) }))
  return options.isMac ? [{ role: 'appMenu' }, ...menus, { role: 'windowMenu' }] : menus
}

function itemsOf(menu: Menu, options: MenuOptions): MenuItemConstructorOptions[] {
  const own = options.commands
    .filter((command) => command.menu === menu)
    .map((command) => item(command, options))
  const roles = ROLES[menu] ?? []
  const tools: MenuItemConstructorOptions[] =
    menu === 'help' && options.isDevelopment ? [SEPARATOR, { role: 'toggleDevTools' }] : []
  return [...own, ...(roles.length > 0 ? [SEPARATOR, ...roles] : []), ...tools]
}

function item({ id, label, keys }: Command, { choose }: MenuOptions): MenuItemConstructorOptions {
  const [key] = keys ?? []
  return {
    id,
    label,
    click: () => choose(id as CommandId),
    // The page listens to the keys itself, because it knows what has the focus.
    ...(key === undefined ? {} : { accelerator: accelerator(key), registerAccelerator: false }),
  }
}

const NAMES: Readonly<Record<string, string>> = {
  Mod: 'CmdOrCtrl',
  Escape: 'Esc',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
}

/** `Mod+Shift+Z` in Electron's words. */
function accelerator(keys: string): string {
  return keys
    .split('+')
    .map((part) => NAMES[part] ?? part)
    .join('+')
}
