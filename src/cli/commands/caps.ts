import { EXIT, type ExitCode } from '../exitCode.ts'
import { moneyText } from '../../shared/domain/moneyText.ts'
import { readCap } from '../capOption.ts'
import { refuse } from '../refusals.ts'
import { withEngine } from '../changing.ts'
import { withReader } from '../reading.ts'
import type { AddCommand } from '../command.ts'
import type { CapView } from '../../shared/domain/views.ts'
import type { CommandContext } from '../context.ts'
import type { Engine, PeriodScope, Queries } from '../../main/engine.ts'
import type { Output } from '../terminal/output.ts'

interface CapsOptions {
  readonly night?: string
  readonly month?: string
  readonly currency: string
  readonly once?: true
}

export const addCaps: AddCommand = (program, run) => {
  const command = program
    .command('caps')
    .description('what a night and a month may cost at most; shows or sets')
    .option('--night <amount>', 'most for each night, or none')
    .option('--month <amount>', 'most for each month, or none')
    .option('--currency <code>', 'of the amounts', 'USD')
    .option('--once', 'for the running night or month alone, above the cap that stands')
    .action((options: CapsOptions) =>
      run(command, (context) =>
        options.night === undefined && options.month === undefined
          ? withReader(context, { look: (queries) => show(context, queries) })
          : withEngine(context, (engine) => change(context, engine, options)),
      ),
    )
}

function show({ output }: CommandContext, queries: Queries): ExitCode {
  const caps = queries.caps()
  for (const cap of caps) tellCap(output, cap)
  if (caps.length === 0) output.line('No caps are set.')
  return EXIT.allSucceeded
}

function tellCap(output: Output, cap: CapView): void {
  output.event({ event: 'cap', ...cap })
  const { currency } = cap.cap
  const text = (micros: number): string => moneyText({ micros, currency, estimated: false })
  const what = cap.name ?? `${cap.scope} ${cap.period ?? ''}`
  const extra = cap.extraMicros > 0 ? ` and ${text(cap.extraMicros)} more this once` : ''
  output.line(
    `${output.paint('bold', what)}  ${text(cap.heldMicros)} of ${text(cap.cap.micros)}${extra}`,
  )
}

async function change(
  context: CommandContext,
  engine: Engine,
  { night, month, currency, once }: CapsOptions,
): Promise<ExitCode> {
  const { output } = context
  const wishes: readonly (readonly [PeriodScope, string | undefined])[] = [
    ['night', night],
    ['month', month],
  ]
  for (const [scope, text] of wishes) {
    const read = readCap({ text, currency, column: `--${scope}` })
    if (!read.ok) return refuse(output, read.error)
    const cap = read.value
    if (cap === undefined) continue
    if (once === true && cap !== null) {
      const done = await engine.commands.answerCap({ how: 'once', scope, upTo: cap })
      if (!done.ok) return refuse(output, { ...done.error, column: `--${scope}` })
    } else await engine.commands.setPeriodCap(scope, cap)
  }
  return show(context, engine.queries)
}
