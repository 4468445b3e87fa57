import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RULES } from './helpers/architecture/rules.ts'
import { readSources } from './helpers/architecture/sourceFile.ts'

const root = resolve(import.meta.dirname, '..')
const sources = readSources(root, 'src')

describe('the house of ARCHITECTURE.md', () => {
  test.each(RULES)('$name', ({ check }) => {
    expect(check(sources)).toEqual([])
  })

  test('no file is longer than 400 lines', () => {
    const all = ['src', 'test', 'bench', 'scripts'].flatMap((folder) => readSources(root, folder))
    const long = all.filter((file) => file.lines > 400)
    expect(long.map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual([])
  })

  test('each folder of the second level has its sentence in ARCHITECTURE.md', () => {
    const page = readFileSync(resolve(root, 'ARCHITECTURE.md'), 'utf8')
    const missing = secondLevel().filter((folder) => !page.includes(`\`${folder}/\``))
    expect(missing).toEqual([])
  })

  test('no folder is named after a kind of file', () => {
    const kinds = ['utils', 'util', 'helpers', 'common', 'types', 'misc', 'lib']
    expect(secondLevel().filter((folder) => kinds.includes(folder.split('/')[2] ?? ''))).toEqual([])
  })
})

function secondLevel(): string[] {
  return ['main', 'renderer', 'shared'].flatMap((side) =>
    readdirSync(resolve(root, 'src', side), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && readdirSync(`${entry.parentPath}/${entry.name}`)[0])
      .map((entry) => `src/${side}/${entry.name}`),
  )
}
