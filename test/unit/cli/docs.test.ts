import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { COLUMNS } from '../../../src/shared/domain/batchColumns.ts'
import { createProgram } from '../../../src/cli/program.ts'

const read = (name: string): string =>
  readFileSync(resolve(import.meta.dirname, '../../../docs', name), 'utf8')
const page = read('command-line.md') + read('batch-files.md')
const program = createProgram(() => Promise.resolve())

test('the pages name every command, option and column', () => {
  const commands = program.commands.map((command) => `\`${command.name()}`)
  const options = [program, ...program.commands].flatMap((command) =>
    command.options.map(({ long }) => `\`${long ?? ''}`),
  )
  const columns = COLUMNS.map((column) => `\`${column}\``)
  const names = [...commands, ...options, ...columns]
  expect(names.filter((name) => !page.includes(name))).toEqual([])
})
