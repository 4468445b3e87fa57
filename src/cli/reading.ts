import { batchIdSchema, type BatchId } from '../shared/domain/ids.ts'
import { EXIT, type ExitCode } from './exitCode.ts'
import { refuse } from './refusals.ts'
import type { CommandContext } from './context.ts'
import type { Page } from '../shared/domain/views.ts'
import type { Queries } from '../main/engine.ts'

/** What a look is narrowed to; each undefined: everything. */
export interface Scope {
  readonly batchId: BatchId | undefined
  readonly project: string | undefined
}

export interface Seen extends Scope {
  /** An engine works on the folder now. */
  readonly isWorkedOn: boolean
}

export interface Look {
  /** `--batch`, as typed. */
  readonly batch?: string | undefined
  /** `--project`, as typed. */
  readonly project?: string | undefined
  /** Hands over what the look is narrowed to, once it is known to exist. */
  readonly look: (queries: Queries, seen: Seen) => ExitCode
}

/** Looks at the data folder, also beside a running engine. A folder without a database is empty. */
export async function withReader(
  context: CommandContext,
  { batch, project, look }: Look,
): Promise<ExitCode> {
  const { output } = context
  const tools = await context.open()
  try {
    const reader = tools.openReader()
    if (reader.ok) {
      const { queries, isWorkedOn, close } = reader.value
      try {
        const batchId = readBatch(queries, batch)
        if (batchId === null) return refuseBatch(context, batch)
        if (!isProject(queries, project)) return refuseProject(context, project)
        return look(queries, { batchId, project, isWorkedOn })
      } finally {
        close()
      }
    }
    if (reader.error.code !== 'noDatabase') {
      return refuse(output, { ...reader.error, column: '--data-dir' })
    }
    if (batch !== undefined) return refuseBatch(context, batch)
    if (project !== undefined) return refuseProject(context, project)
    output.note(reader.error.message)
    return EXIT.allSucceeded
  } finally {
    await tools.close()
  }
}

/** Null: there is no such batch. */
function readBatch(queries: Queries, text: string | undefined): BatchId | undefined | null {
  if (text === undefined) return undefined
  const id = batchIdSchema.safeParse(text)
  return id.success && queries.batch(id.data) !== null ? id.data : null
}

function refuseBatch({ output }: CommandContext, batch = ''): ExitCode {
  const message = `There is no batch ${batch} here.`
  return refuse(output, { code: 'unknownBatch', message, mend: 'See `dailies status` for ids.' })
}

const isProject = (queries: Queries, name: string | undefined): boolean =>
  name === undefined || queries.projects().some((project) => project.name === name)

function refuseProject({ output }: CommandContext, name = ''): ExitCode {
  const message = `There is no project ${name} here.`
  return refuse(output, {
    code: 'unknownProject',
    message,
    mend: 'See `dailies projects` for names.',
    column: '--project',
  })
}

/** Every row of a paged answer. */
export function* allRows<T>(page: (after: string | null) => Page<T>): Generator<T> {
  let after: string | null = null
  do {
    const { rows, next }: Page<T> = page(after)
    yield* rows
    after = next
  } while (after !== null)
}
