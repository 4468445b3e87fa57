import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { PROMPT_KINDS, type NewPrompt, type PromptView } from '../../shared/domain/prompt.ts'
import type { Problem } from '../../shared/domain/errors.ts'
import { readNames } from '../../shared/domain/cell.ts'
import { fileProblem } from './batchFile/batchTable.ts'
import { readBatchFile } from './batchFile/readBatchFile.ts'
import { writeSheet } from './batchFile/writeSheet.ts'
import { parseJson } from '../../shared/domain/json.ts'

/** The prompt library as a file: JSON or CSV with one entry a row. */
const HEADER = ['kind', 'name', 'text', 'folder', 'tags', 'favourite'] as const

const promptSchema = z.strictObject({
  kind: z.enum(PROMPT_KINDS),
  name: z.string().trim().min(1).max(200),
  text: z.string().max(50_000),
  folder: z.string().trim().max(200),
  tags: z.array(z.string().trim().min(1).max(100)).max(100),
  favourite: z.boolean(),
})

export async function promptsText(
  prompts: readonly PromptView[],
  kind: 'json' | 'csv',
): Promise<string | Uint8Array> {
  if (kind === 'json') {
    const entries = prompts.map((prompt) =>
      Object.fromEntries(HEADER.map((key) => [key, prompt[key]])),
    )
    return `${JSON.stringify({ prompts: entries }, null, 2)}\n`
  }
  const rows = prompts.map((prompt) =>
    HEADER.map((key) => {
      const value = prompt[key]
      if (typeof value === 'string') return value
      return typeof value === 'boolean' ? (value ? 'yes' : '') : value.join(', ')
    }),
  )
  return writeSheet({ name: 'Library', header: HEADER, rows }, 'csv')
}

export interface PromptsRead {
  readonly prompts: readonly NewPrompt[]
  readonly problems: readonly Problem[]
}

/**
 * Entries of a file that this library wrote, or of any batch file: then every row with a prompt is one.
 * Rows that hold none are problems.
 */
export async function readPromptFile(path: string): Promise<PromptsRead> {
  const { table, problems, whole } = await readTable(path)
  if (table === null) return { prompts: whole ?? [], problems: whole === null ? problems : [] }
  const at = (name: string): number => table.columns.findIndex(({ key }) => key === name)
  const text = at('text') < 0 ? at('prompt') : at('text')
  if (text < 0) {
    const message = 'The file has neither a column text nor a column prompt.'
    return { prompts: [], problems: [fileProblem('noText', message, 'Name the column of texts.')] }
  }
  const rows = table.rows.map(({ row, values }) => {
    const cell = (name: string): string => values[at(name)] ?? ''
    const found = values[text] ?? ''
    const prompt = promptSchema.safeParse({
      kind: PROMPT_KINDS.find((kind) => kind === cell('kind').toLowerCase()) ?? kindOf(found),
      name: cell('name') === '' ? firstWords(found) : cell('name'),
      text: found,
      folder: cell('folder'),
      tags: readNames(cell('tags')),
      favourite: /^(yes|true|1)$/i.test(cell('favourite')),
    })
    return { row, found, prompt }
  })
  return {
    prompts: rows.flatMap(({ found, prompt }) =>
      prompt.success && found !== '' ? [prompt.data] : [],
    ),
    problems: [
      ...problems,
      ...rows.flatMap(({ row, found, prompt }) =>
        prompt.success && found !== '' ? [] : [unusable(row)],
      ),
    ],
  }
}

const fileSchema = z.object({ prompts: z.array(promptSchema.partial().required({ text: true })) })

async function readTable(path: string) {
  const file = await readBatchFile({ path, plain: true })
  // What was too large to be read at all has no digest.
  const isJson = path.toLowerCase().endsWith('.json') && file.sha256 !== ''
  return { ...file, whole: file.table === null && isJson ? await readOwn(path) : null }
}

async function readOwn(path: string): Promise<readonly NewPrompt[] | null> {
  const parsed = fileSchema.safeParse(jsonOf(await readFile(path, 'utf8')))
  if (!parsed.success) return null
  return parsed.data.prompts.map(({ text, ...rest }) => ({
    text,
    kind: rest.kind ?? kindOf(text),
    name: rest.name ?? firstWords(text),
    folder: rest.folder ?? '',
    tags: rest.tags ?? [],
    favourite: rest.favourite ?? false,
  }))
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return null
  }
}

const kindOf = (text: string): 'prompt' | 'template' =>
  /\{\{|\{[^{}]*\||__\w/.test(text) ? 'template' : 'prompt'

const firstWords = (text: string): string => {
  const words = text.trim().split(/\s+/).slice(0, 6).join(' ').slice(0, 80)
  return words === '' ? 'Untitled' : words
}

const unusable = (row: number): Problem => ({
  row,
  column: null,
  code: 'noEntry',
  message: 'This row holds no text, or a text that is too long.',
  mend: 'Write a text of at most 50,000 characters.',
})
