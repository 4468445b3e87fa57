import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { refuse } from '../refusals.ts'
import { isNight } from '../../shared/schedule/nightRange.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'

interface ReportOptions {
  readonly night?: string
}

export const addReport: AddCommand = (program, run) => {
  const command = program
    .command('report')
    .description('write what a night came to, as a page and as JSON')
    .option('--night <day>', 'the day on whose evening it began; without it the last one', night)
    .action((options: ReportOptions) => run(command, (context) => report(context, options)))
}

function night(text: string): string {
  if (isNight(text.trim())) return text.trim()
  throw new InvalidArgumentError('Write a day such as 2026-11-22.')
}

async function report(context: CommandContext, { night: day }: ReportOptions): Promise<ExitCode> {
  const { output, options } = context
  const tools = await context.open()
  try {
    const reader = tools.openReader()
    if (!reader.ok) {
      if (reader.error.code !== 'noDatabase')
        return refuse(output, { ...reader.error, column: '--data-dir' })
      output.note(reader.error.message)
      return EXIT.allSucceeded
    }
    const outDir = options.out === undefined ? null : resolve(options.out)
    const wish = { night: day ?? null, outDir }
    const written = await tools.nightReport(reader.value, wish)
    reader.value.close()
    if (!written.ok)
      return refuse(output, { code: 'reportNotWritten', message: written.error, column: '--out' })
    const { report: facts, htmlPath, jsonPath } = written.value
    output.event({ event: 'report', night: facts.night, htmlPath, jsonPath, counts: facts.counts })
    output.line(`Night of ${facts.night}: ${htmlPath}`)
    return EXIT.allSucceeded
  } finally {
    await tools.close()
  }
}
