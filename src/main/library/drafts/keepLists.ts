import type { Problem } from '../../../shared/domain/errors.ts'
import { foldName } from '../../../shared/template/syntax.ts'
import type { BatchTable } from '../batchFile/batchTable.ts'
import type { PromptLibrary } from '../promptLibrary.ts'
import { listValues } from '../promptText.ts'

/** Puts lists of a file into the library, whose own stay as they are: other drafts rest on them. */
export async function keepLists(
  prompts: PromptLibrary,
  lists: BatchTable['lists'],
): Promise<readonly Problem[]> {
  const own = Object.entries(prompts.lists())
  const known = new Map(own.map(([name, values]) => [foldName(name), { name, values }]))
  const problems: Problem[] = []
  for (const [name, values] of Object.entries(lists)) {
    const text = values.join('\n')
    const kept = known.get(foldName(name))
    if (kept === undefined)
      await prompts.save(null, { kind: 'list', name, text, folder: '', tags: [], favourite: false })
    else if (kept.values.join('\n') !== listValues(text).join('\n'))
      problems.push(listKept(kept.name))
  }
  return problems
}

const listKept = (name: string): Problem => ({
  row: null,
  column: null,
  code: 'listKept',
  message: `The library has a list ${name} with other values than the file; its own are used.`,
  mend: 'Rename the list in the file and in its prompts, or change the one in Library.',
})
