import { num, text } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'
import { contains, formsOf, type Condition } from './like.ts'

/** Jobs whose prompt contains a text, batch by batch. */
export type PromptMatches = ReadonlyMap<string, readonly number[]>

/** A page of a text that more have is full sooner by reading the queue in its order. */
const MOST = 1000
const LETTERS = 3
const TERMS = 30

/**
 * All jobs that a search finds, by the index of prompts; null where that is no help: without a text,
 * with one that is shorter than what is indexed, and with one that very many jobs have.
 */
export function promptMatches(db: SqlDatabase, search: string | undefined): PromptMatches | null {
  const condition = contains('prompt', search)
  const expression = expressionOf(search ?? '')
  if (condition === null || expression === null) return null
  const likely = db.all(
    `SELECT rowid AS seq FROM (SELECT rowid FROM jobs_text WHERE jobs_text MATCH ? LIMIT ${MOST + 1})
     UNION SELECT seq FROM (SELECT seq FROM jobs WHERE seq > (SELECT seq FROM jobs_text_end) LIMIT ${MOST + 1})`,
    [expression],
  )
  if (likely.length > MOST) return null
  return byBatch(
    db,
    likely.map((row) => num(row['seq'])),
    condition,
  )
}

function byBatch(db: SqlDatabase, seqs: readonly number[], condition: Condition): PromptMatches {
  const among = amongThese(seqs)
  const rows = db.all(`SELECT batchId, seq FROM jobs WHERE ${among.sql} AND ${condition.sql}`, [
    ...among.values,
    ...condition.values,
  ])
  const found = new Map<string, number[]>()
  for (const row of rows) {
    const batchId = text(row['batchId'])
    const those = found.get(batchId) ?? []
    those.push(num(row['seq']))
    found.set(batchId, those)
  }
  return found
}

export const amongThese = (seqs: readonly number[]): Condition => ({
  sql: 'seq IN (SELECT value FROM json_each(?))',
  values: [JSON.stringify(seqs)],
})

/**
 * Every three letters in a row of one of the forms: what LIKE finds has them all. Null where a form is
 * too short, or holds the letter that ends a text for SQLite.
 */
function expressionOf(search: string): string | null {
  const forms = formsOf(search).map((form) => Array.from(form))
  if (search.includes('\0') || forms.some((letters) => letters.length < LETTERS)) return null
  return forms.map((letters) => `(${termsOf(letters).join(' AND ')})`).join(' OR ')
}

function termsOf(letters: readonly string[]): readonly string[] {
  const terms = letters
    .slice(0, 1 - LETTERS)
    .map((_, at) => letters.slice(at, at + LETTERS).join(''))
  const quoted = terms.map((term) => `"${term.replaceAll('"', '""')}"`)
  return [...new Set(quoted)].slice(0, TERMS)
}
