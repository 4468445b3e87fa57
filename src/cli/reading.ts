import { batchIdSchema, type BatchId } from '../shared/domain/ids.ts'
import { err, ok, type Result } from '../shared/domain/result.ts'
import { EXIT, type ExitCode } from './exitCode.ts'
import { refuse } from './refusals.ts'
import type { CommandContext } from './context.ts'
import type { Page } from '../shared/domain/views.ts'
import type { Queries } from '../main/engine.ts'

/** Looks at the data folder, also beside a running engine. A folder without a database is empty. */
export async function withReader(
  context: CommandContext,
  look: (queries: Queries) => ExitCode,
): Promise<ExitCode> {
  const tools = await context.open()
  try {
    const reader = tools.openReader()
    if (reader.ok) {
      try {
        return look(reader.value.queries)
      } finally {
        reader.value.close()
      }
    }
    if (reader.error.code !== 'noDatabase') {
      return refuse(context.output, { ...reader.error, column: '--data-dir' })
    }
    context.output.note(reader.error.message)
    return EXIT.allSucceeded
  } finally {
    await tools.close()
  }
}

/** A `--batch` option; undefined stays undefined. */
export function readBatchId(text: string | undefined): Result<BatchId | undefined, string> {
  if (text === undefined) return ok(undefined)
  const id = batchIdSchema.safeParse(text)
  return id.success ? ok(id.data) : err(`${text} is not the id of a batch.`)
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
