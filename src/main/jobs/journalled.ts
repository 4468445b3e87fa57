import type { QueueContext } from './context.ts'
import type { SubmitJournal } from './ports.ts'

/** Writes to the second memory. One that cannot be written stops every claim (money rule 13): false. */
export async function journalled(
  { journal, halt }: Pick<QueueContext, 'journal' | 'halt'>,
  write: (journal: SubmitJournal) => Promise<void>,
): Promise<boolean> {
  try {
    await write(journal)
    return true
  } catch (error) {
    halt({
      code: 'databaseUnavailable',
      message: `The journal of paid requests cannot be written: ${String(error)}`,
    })
    return false
  }
}
