import { resolve } from 'node:path'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { moneyText } from '../../shared/domain/moneyText.ts'
import { isNone, readCap } from '../capOption.ts'
import { refuse } from '../refusals.ts'
import { withEngine } from '../changing.ts'
import { withReader } from '../reading.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import type { Engine, Queries } from '../../main/engine.ts'

interface ProjectsOptions {
  readonly folder?: string
  readonly budget?: string
  readonly currency: string
}

export const addProjects: AddCommand = (program, run) => {
  const command = program
    .command('projects')
    .argument('[name]', 'the project to change')
    .description('projects with their folder and cap; shows or sets')
    .option('--folder <dir>', 'where takes of its next batches go, or none')
    .option('--budget <amount>', 'most that all of its batches may cost together, or none')
    .option('--currency <code>', 'of the amount', 'USD')
    .action((name: string | undefined, options: ProjectsOptions) =>
      run(command, (context) =>
        name === undefined
          ? withReader(context, { look: (queries) => show(context, queries) })
          : withEngine(context, (engine) => change(context, engine, { name, ...options })),
      ),
    )
}

function show({ output }: CommandContext, queries: Queries): ExitCode {
  const projects = queries.projects()
  for (const { name, cap, heldMicros, outDir, batches } of projects) {
    output.event({ event: 'project', name, cap, heldMicros, outDir, batches })
    const money =
      cap === null
        ? 'no cap'
        : `${moneyText({ micros: heldMicros ?? 0, currency: cap.currency, estimated: false })} of ${moneyText({ ...cap, estimated: false })}`
    output.line(`${output.paint('bold', name)}  ${money}${outDir === null ? '' : `  ${outDir}`}`)
  }
  if (projects.length === 0) output.line('There are no projects. `run --project NAME` makes one.')
  return EXIT.allSucceeded
}

async function change(
  context: CommandContext,
  engine: Engine,
  { name, folder, budget, currency }: ProjectsOptions & { readonly name: string },
): Promise<ExitCode> {
  const { output } = context
  const cap = readCap({ text: budget, currency, column: '--budget' })
  if (!cap.ok) return refuse(output, cap.error)
  await engine.commands.setProject(name, {
    ...(folder === undefined ? {} : { outDir: isNone(folder) ? null : resolve(folder) }),
    ...(cap.value === undefined ? {} : { cap: cap.value }),
  })
  return show(context, engine.queries)
}
