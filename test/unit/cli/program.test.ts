import { CommanderError, type Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { createProgram } from '../../../src/cli/program.ts'
import { planRequest, type BatchCommandOptions } from '../../../src/cli/batchOptions.ts'

/** Reads a command line without doing anything; the error's code when it is refused. */
async function read(...args: string[]): Promise<BatchCommandOptions | string> {
  let options: BatchCommandOptions | undefined
  const program = createProgram(async (command) => {
    options = command.optsWithGlobals<BatchCommandOptions>()
    await Promise.resolve()
  })
  const silence = (command: Command): void => {
    command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    for (const child of command.commands) silence(child)
  }
  silence(program)
  try {
    await program.parseAsync(['node', 'dailies', ...args])
  } catch (error) {
    if (error instanceof CommanderError) return error.code
    throw error
  }
  return options ?? 'nothing was run'
}

describe('bad use', () => {
  test.each([
    [['fly']],
    [['run']],
    [['run', 'a.csv', '--fast']],
    [['run', 'a.csv', 'b.csv']],
    [['run', 'a.csv', '--expand', 'all']],
    [['run', 'a.csv', '--expand', 'random:0']],
    [['run', 'a.csv', '--concurrency', '0']],
    [['run', 'a.csv', '--max', '-1']],
    [['run', 'a.csv', '--budget', '0']],
    [['run', 'a.csv', '--budget', '5 USD']],
    [['cancel']],
    [['resolve']],
  ])('dailies %j', async (args) => {
    expect(await read(...args)).toMatch(/^commander\./)
  })
})

describe('options of plan and run', () => {
  const requestOf = async (...args: string[]) => {
    const options = await read('run', 'a.csv', ...args)
    if (typeof options === 'string') throw new Error(options)
    return planRequest('a.csv', options)
  }

  test('values for rows are defaults of cells; empty ones are absent', async () => {
    const { options } = await requestOf(
      '--provider',
      'fal',
      '--duration',
      ' 8s ',
      '--model',
      '',
      '--seed',
      '0',
    )
    expect(options.defaults).toEqual({ provider: 'fal', duration: '8s', seed: '0' })
  })

  test('stand for themselves where nothing is said', async () => {
    expect(await requestOf()).toMatchObject({
      options: {
        defaults: {},
        expand: { kind: 'product' },
        plain: false,
        rehearse: false,
        maxJobsPerRow: null,
      },
      batch: {
        name: null,
        budgetMicros: null,
        allowUnpriced: false,
        tonight: false,
        concurrency: null,
        outDir: null,
      },
    })
  })

  test('are read', async () => {
    const words =
      '--expand random:5 --max 20000 --concurrency 3 --budget 4.50 --allow-unpriced --rehearse ' +
      '--plain --tonight --name Night --sheet Two'
    const request = await requestOf(...words.split(' '))
    expect(request).toMatchObject({
      sheet: 'Two',
      options: {
        expand: { kind: 'random', count: 5 },
        plain: true,
        rehearse: true,
        maxJobsPerRow: 20_000,
      },
      batch: {
        name: 'Night',
        budgetMicros: 4_500_000,
        allowUnpriced: true,
        tonight: true,
        concurrency: 3,
      },
    })
  })

  test('global ones may stand before and behind the command', async () => {
    for (const args of [
      ['--json', 'run', 'a.csv'],
      ['run', 'a.csv', '--json'],
      ['run', '--json', 'a.csv'],
    ]) {
      expect(await read(...args)).toMatchObject({ json: true, color: true })
    }
    expect(await read('run', 'a.csv', '--no-color')).toMatchObject({ color: false })
  })
})
