import { createHash } from 'node:crypto'
import { z } from 'zod'
import { jobIdSchema, batchIdSchema } from '../../../shared/domain/ids.ts'
import { jsonSchema, parseJson } from '../../../shared/domain/json.ts'
import { MODES } from '../../../shared/domain/model.ts'
import { moneySchema } from '../../../shared/domain/moneySchema.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { IntentId } from '../../jobs/jobRow.ts'

/** Written by this version. Every version ever written stays readable (money rule 16). */
const VERSION = 1

const intentIdSchema = z.custom<IntentId>(
  (value) => typeof value === 'string' && /^job_[0-9A-Za-z]{4,40}:\d{1,9}$/.test(value),
  { error: 'must be an intent id such as job_01J8Z:1' },
)

const head = { v: z.literal(VERSION), n: z.int().nonnegative(), at: z.int() }

/** An engine began to write; what follows is its, up to the next such line. */
const runLine = z.object({
  ...head,
  kind: z.literal('run'),
  run: z.int().positive(),
  generation: z.int().nonnegative(),
})

/** A create call is about to leave. `at` is `submitStartedAt`, epoch ms. */
const intentLine = z.object({
  ...head,
  kind: z.literal('intent'),
  intentId: intentIdSchema,
  jobId: jobIdSchema,
  intentNo: z.int().positive(),
  provider: z.string(),
  credential: z.string(),
  url: z.string(),
  endpoint: z.string(),
  fingerprint: z.string(),
  bodySha256: z.string(),
  wireVersion: z.int(),
  reservation: moneySchema,
  /** Enough to make the row again where the database lost it. */
  job: z.object({
    batchId: batchIdSchema,
    row: z.int(),
    take: z.int(),
    prompt: z.string(),
    model: z.string(),
    modelName: z.string(),
    route: z.string(),
    mode: z.enum(MODES),
  }),
})

const operationSchema = z.object({ id: z.string(), version: z.int(), data: jsonSchema })

/** What a create came to; a later line about the same intent replaces an earlier one. */
const outcomeLine = z.object({
  ...head,
  kind: z.literal('outcome'),
  intentId: intentIdSchema,
  outcome: z.enum(['open', 'accepted', 'notSent', 'refused', 'unknown', 'dropped']),
  operation: operationSchema.nullable(),
})

const ledgerLine = z.object({
  ...head,
  kind: z.literal('ledger'),
  intentId: intentIdSchema,
  state: z.enum(['reserved', 'confirmed', 'released', 'indeterminate']),
  money: moneySchema,
})

const lineSchema = z.discriminatedUnion('kind', [runLine, intentLine, outcomeLine, ledgerLine])

export type RunLine = z.infer<typeof runLine>
export type IntentLine = z.infer<typeof intentLine>
export type OutcomeLine = z.infer<typeof outcomeLine>
export type LedgerLine = z.infer<typeof ledgerLine>
export type JournalLine = RunLine | IntentLine | OutcomeLine | LedgerLine

type Unnumbered<L> = L extends unknown ? Omit<L, 'v' | 'n'> : never
/** A line before the journal gave it its number. */
export type NewJournalLine = Unnumbered<JournalLine>

/** Why a line cannot be used. `newer` and `unreadable` came whole from the disk, `damaged` did not. */
export interface LineProblem {
  readonly code: 'damaged' | 'newer' | 'unreadable'
  readonly message: string
}

// 64 bits of SHA-256, so that half a line, or a line of another write, cannot pass for a whole one.
const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** @param n number of the line in this file, counted on over restarts */
export function encodeLine(line: NewJournalLine, n: number): string {
  const text = JSON.stringify({ v: VERSION, n, ...line })
  return `${text.slice(0, -1)},"sum":"${sumOf(text)}"}\n`
}

/** @param text one line without its end */
export function decodeLine(text: string): Result<JournalLine, LineProblem> {
  const end = /,"sum":"([0-9a-f]{16})"\}$/.exec(text)
  const payload = end === null ? '' : `${text.slice(0, end.index)}}`
  if (end === null || sumOf(payload) !== end[1]) {
    return err({ code: 'damaged', message: 'its checksum does not fit' })
  }
  const value = parsePayload(payload)
  const parsed = lineSchema.safeParse(value)
  if (parsed.success) return ok(parsed.data)
  const version = z.object({ v: z.int() }).safeParse(value)
  if (version.success && version.data.v > VERSION) {
    return err({
      code: 'newer',
      message: `it is of version ${version.data.v}, known is ${VERSION}`,
    })
  }
  return err({ code: 'unreadable', message: z.prettifyError(parsed.error) })
}

function parsePayload(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined // no line of ours; the schema says so
  }
}
