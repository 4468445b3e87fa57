import { counted } from '../terminal/words.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { readTargets, withEngine } from '../changing.ts'
import { refuse } from '../refusals.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import type { Engine } from '../../main/engine.ts'

export const addCancel: AddCommand = (program, run) => {
  const command = program
    .command('cancel')
    .argument('<ids...>', 'batches or jobs')
    .description('cancel what is not done yet')
    .option('--unsent', 'leave alone what runs or is in doubt')
    .action((ids: string[], { unsent }: { readonly unsent?: true }) =>
      run(command, (context) =>
        withEngine(context, (engine) =>
          cancel(context, engine, { ids, unsentOnly: unsent === true }),
        ),
      ),
    )
}

async function cancel(
  { output }: CommandContext,
  engine: Engine,
  { ids, unsentOnly }: { readonly ids: readonly string[]; readonly unsentOnly: boolean },
): Promise<ExitCode> {
  const targets = readTargets(engine.queries, ids)
  if (!targets.ok) return refuse(output, targets.error)
  let cancelled = 0
  let requested = 0
  let alreadyDone = 0
  const notes = new Set<string>()
  for (const target of targets.value) {
    const report = await engine.commands.cancel(target, { unsentOnly })
    cancelled += report.cancelled
    requested += report.requested
    alreadyDone += report.alreadyDone
    for (const note of report.notes) notes.add(note)
  }
  output.event({ event: 'cancelled', cancelled, requested, alreadyDone, notes: [...notes] })
  output.line(`Cancelled ${counted(cancelled, 'job')}; ${alreadyDone} were done already.`)
  if (requested > 0) {
    output.line(`${counted(requested, 'job')} at the provider: \`dailies resume\` asks it to stop.`)
  }
  for (const note of notes) output.line(note)
  return EXIT.allSucceeded
}
