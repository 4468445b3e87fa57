import { Command } from 'commander'
import { addCaps } from './commands/caps.ts'
import { addCancel } from './commands/cancel.ts'
import { addDoctor } from './commands/doctor.ts'
import { addJobs } from './commands/jobs.ts'
import { addModels } from './commands/models.ts'
import { addMove } from './commands/move.ts'
import { addPause } from './commands/pause.ts'
import { addPlan } from './commands/plan.ts'
import { addProjects } from './commands/projects.ts'
import { addProviders } from './commands/providers.ts'
import { addReport } from './commands/report.ts'
import { addRebuild } from './commands/rebuild.ts'
import { addResolve } from './commands/resolve.ts'
import { addResume } from './commands/resume.ts'
import { addRetry } from './commands/retry.ts'
import { addRun } from './commands/run.ts'
import { addStatus } from './commands/status.ts'
import { addTakes } from './commands/takes.ts'
import { addTidying } from './commands/tidy.ts'
import { addTrim } from './commands/trim.ts'
import type { AddCommand, RunCommand } from './command.ts'

const COMMANDS: readonly AddCommand[] = [
  addPlan,
  addRun,
  addResume,
  addStatus,
  addTakes,
  addTrim,
  addJobs,
  addReport,
  addCancel,
  addRetry,
  addPause,
  addMove,
  addTidying,
  addResolve,
  addRebuild,
  addCaps,
  addModels,
  addProviders,
  addProjects,
  addDoctor,
]

/** Every command with the options that all of them take. */
export function createProgram(run: RunCommand): Command {
  const program = new Command('dailies')
    .description('Batch video generation on your own keys.')
    .option('--data-dir <dir>', 'data folder (DAILIES_DATA_DIR)')
    .option('--out <dir>', 'where media go')
    .option('--json', 'one JSON object per line on standard output, nothing else there')
    .option('--quiet', 'say only what went wrong')
    .option('--no-color', 'no colours (NO_COLOR)')
    .configureHelp({ showGlobalOptions: true })
    .helpCommand(true)
  for (const add of COMMANDS) add(program, run)
  return program
}
