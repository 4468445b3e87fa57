import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { routeRequestSchema } from '../../shared/domain/generation.ts'
import { jsonSchema, parseJson } from '../../shared/domain/json.ts'
import { moneySchema } from '../../shared/domain/moneySchema.ts'
import type { Purchase } from '../engine.ts'
import { syncFolder } from './syncFolder.ts'

const orderSchema = z.object({
  provider: z.string(),
  credential: z.string(),
  prompt: z.string(),
  model: z.string(),
  modelName: z.string(),
  route: z.string(),
  request: routeRequestSchema,
  estimate: moneySchema.nullable(),
  wire: z.object({
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
    fingerprint: z.string(),
  }),
})
const head = { v: z.literal(1), key: z.string(), at: z.number() }
const lineSchema = z.discriminatedUnion('kind', [
  z.object({ ...head, kind: z.literal('asked'), order: orderSchema }),
  z.object({ ...head, kind: z.literal('answered') }),
  z.object({
    ...head,
    kind: z.literal('sold'),
    operation: z.object({ id: z.string(), version: z.int(), data: jsonSchema }),
  }),
  /** The purchase is in the queue. */
  z.object({ ...head, kind: z.literal('entered') }),
])
type Line = z.infer<typeof lineSchema>
type NewLine = Line extends infer L ? (L extends Line ? Omit<L, 'v'> : never) : never

/**
 * Price questions that could be taken for an order, each durable before it leaves (money rule 21).
 * Everything throws the file system's errors.
 */
export interface QuestionBook {
  asked(key: string, purchase: Omit<Purchase, 'operation'>): void
  answered(key: string, at: number): void
  sold(key: string, operation: Purchase['operation'], at: number): void
  entered(key: string, at: number): void
  /** Bought by a question and not yet in the queue. */
  sales(): readonly { readonly key: string; readonly purchase: Purchase }[]
  /** Questions that left and brought no answer. */
  unanswered(): number
  /** The id of whatever a question bought first; none is asked from then on. */
  soldBefore(): string | null
}

export function openQuestionBook(path: string): QuestionBook {
  const add = (line: NewLine): void => append(path, JSON.stringify({ v: 1, ...line }))
  return {
    asked: (key, { askedAt, wire, ...order }) =>
      add({
        kind: 'asked',
        key,
        at: askedAt,
        order: {
          ...order,
          wire: {
            url: wire.url,
            headers: wire.headers,
            body: Buffer.from(wire.body).toString('utf8'),
            fingerprint: wire.fingerprint,
          },
        },
      }),
    answered: (key, at) => add({ kind: 'answered', key, at }),
    sold: (key, { id, version, data }, at) =>
      add({ kind: 'sold', key, at, operation: { id, version, data } }),
    entered: (key, at) => add({ kind: 'entered', key, at }),
    sales() {
      const lines = readLines(path)
      const entered = new Set(lines.flatMap(({ kind, key }) => (kind === 'entered' ? [key] : [])))
      return lines.flatMap((line) => {
        if (line.kind !== 'sold' || entered.has(line.key)) return []
        const purchase = purchaseOf(lines, line)
        return purchase === null ? [] : [{ key: line.key, purchase }]
      })
    },
    unanswered() {
      const asked = new Set<string>()
      for (const { kind, key } of readLines(path)) {
        if (kind === 'asked') asked.add(key)
        else asked.delete(key)
      }
      return asked.size
    },
    soldBefore: () =>
      readLines(path).flatMap((line) => (line.kind === 'sold' ? [line.operation.id] : []))[0] ??
      null,
  }
}

/** Appended whole, with its name on the disk before it returns. */
function append(path: string, line: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const file = openSync(path, 'a', 0o600)
  try {
    // On a line of its own, also behind one that a crash cut: what is joined to such a one is lost with it.
    writeFileSync(file, `\n${line}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  syncFolder(dirname(path))
}

/** None where none was ever asked; what cannot be read throws: it may tell of a purchase. */
function readLines(path: string): readonly Line[] {
  return textOf(path)
    .split('\n')
    .flatMap((line) => {
      try {
        return [lineSchema.parse(parseJson(line))]
      } catch {
        return [] // cut by a crash, before its question left
      }
    })
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

function purchaseOf(
  lines: readonly Line[],
  { key, operation }: Extract<Line, { kind: 'sold' }>,
): Purchase | null {
  const asked = lines.find((line) => line.kind === 'asked' && line.key === key)
  if (asked?.kind !== 'asked') return null
  const { wire, ...order } = asked.order
  return {
    ...order,
    askedAt: asked.at,
    operation,
    wire: { ...wire, version: 1, method: 'POST', body: Buffer.from(wire.body) },
  }
}
