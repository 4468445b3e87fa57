import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { formatKeys } from '../../../../src/renderer/commands/keys.ts'
import { SCREEN_KEYS } from '../../../../src/renderer/commands/screenKeys.ts'
import { COMMANDS, SCREENS, type Command } from '../../../../src/shared/ipc/commands.ts'

const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/shortcuts.md'), 'utf8')

/** Rows of the table below `## title`, without its head. */
function rowsBelow(title: string): string[] {
  const [, section = ''] = page.split(new RegExp(`^## ${title}$`, 'mi'))
  const [rows = ''] = section.split(/^## /m)
  return rows.split('\n').filter((line) => line.startsWith('| ') && !/^\| (keys|---) \|/.test(line))
}

const row = (keys: string, label: string): string => `| ${keys} | ${label} |`

function rowOf({ id, keys = [], label }: Command): string {
  const said = keys.map((each) => formatKeys(each, false)).join(' or ')
  return row(said, id.startsWith('go.') ? `Go to ${label}` : label)
}

const commandsOn = (screen: string | undefined): string[] =>
  COMMANDS.filter(
    (command: Command) => command.screen === screen && command.keys !== undefined,
  ).map(rowOf)

test.each(SCREENS)('docs/shortcuts.md has the keys of %s, and no others', (screen) => {
  const moves = SCREEN_KEYS[screen].map(({ keys, label }) =>
    row(keys.replace('Mod+', 'Ctrl+'), label),
  )
  expect(rowsBelow(screen)).toEqual([...moves, ...commandsOn(screen)])
})

test('docs/shortcuts.md has the keys that work everywhere, and no others', () => {
  expect(rowsBelow('Everywhere')).toEqual(commandsOn(undefined))
})
