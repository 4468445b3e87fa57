export type PromptId = `prompt_${string}`

export const PROMPT_KINDS = [
  'prompt', // text as it is sent
  'template', // text with {{name}} slots
  'list', // one value a line, used as __name__ in a template
  'variables', // a set of columns with their values, one `name: a | b` a line
] as const
export type PromptKind = (typeof PROMPT_KINDS)[number]

/** An entry of the prompt library. */
export interface PromptView {
  readonly id: PromptId
  readonly kind: PromptKind
  /** A list is used under this name. */
  readonly name: string
  readonly text: string
  /** `a/b`; empty for none. */
  readonly folder: string
  readonly tags: readonly string[]
  readonly favourite: boolean
  /** Rows of batches that were made with it. */
  readonly uses: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly revision: number
}

/** An entry without what the library itself knows of it. */
export type NewPrompt = Pick<PromptView, 'kind' | 'name' | 'text' | 'folder' | 'tags' | 'favourite'>

/** An earlier text of an entry, or the one that it has now. */
export interface PromptVersion {
  /** From 1. */
  readonly version: number
  readonly name: string
  readonly text: string
  readonly savedAt: number
}

/** What came of the rows that were made with an entry. */
export interface PromptResults {
  readonly rows: number
  readonly takes: number
  readonly picked: number
  readonly rejected: number
}

/** All that the panel shows of one entry beside its fields. */
export interface PromptHistory {
  /** Latest first; the first is the text of now. */
  readonly versions: readonly PromptVersion[]
  readonly results: PromptResults
  /** Other entries with the same text; of a list, those of the same name too. */
  readonly alike: readonly Pick<PromptView, 'id' | 'kind' | 'name'>[]
}

/** Where entries lie, with how many there are. */
export interface PromptPlaces {
  readonly all: number
  readonly favourites: number
  /** Entries whose text another one has. */
  readonly duplicates: number
  readonly folders: readonly { readonly folder: string; readonly prompts: number }[]
  readonly tags: readonly { readonly tag: string; readonly prompts: number }[]
}

/** The columns of a variable set; lines without a colon are passed over. */
export function readVariableSet(text: string): Readonly<Record<string, string>> {
  const columns: Record<string, string> = {}
  for (const line of text.split(/\r?\n/)) {
    const at = line.indexOf(':')
    const name = line.slice(0, Math.max(0, at)).trim()
    if (name !== '' && !name.startsWith('#')) columns[name] = line.slice(at + 1).trim()
  }
  return columns
}

/** The text of a set with these columns; a value is one line. */
export const writeVariableSet = (columns: Readonly<Record<string, string>>): string =>
  Object.entries(columns)
    .map(([name, value]) => `${name}: ${value.replaceAll(/\s*\r?\n\s*/g, ' ')}`)
    .join('\n')

/** Entries that lay in one folder; '' is none. */
export interface InFolder {
  readonly folder: string
  readonly ids: readonly PromptId[]
}

/** A folder's path as it is kept: `a/b`, without blanks and empty names. */
export const folderPath = (text: string): string =>
  text
    .split('/')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .join('/')
