import { z } from 'zod'
import { jobErrorSchema, type JobError } from '../../../shared/domain/errors.ts'
import { jsonSchema, parseJson } from '../../../shared/domain/json.ts'
import {
  JOB_STATUSES,
  JOB_STEPS,
  type Operation,
  type RouteMove,
} from '../../../shared/domain/job.ts'
import { BEHAVIOURS, type Mode, type Warning } from '../../../shared/domain/model.ts'
import type { OutputSource } from '../../providers/spec.ts'
import type { IntentId, JobRow, NeedsYouNote, ProviderState } from '../../jobs/jobRow.ts'
import type { BatchId, JobId } from '../../../shared/domain/ids.ts'
import type { SqlRow, SqlValue } from '../sqlite.ts'

/** The columns of `jobs` without the request, which only the submit needs. */
export const JOB_COLUMNS =
  'seq, id, batchId, row, take, prompt, provider, credential, model, modelName, route, mode, estimateMicros, estimateCurrency, status, step, lease, runAt, attempt, tries, checks, renewals, misses, intentNo, intentId, operation, outputs, progress, providerState, error, needsYou, cancelRequested, cancelSent, cancelNote, paused, priority, position, breakPoint, moves, hidden, firstFrameSha256, createdAt, submittedAt, renderedAt, startedAt, finishedAt, revision'

/** The terms of partial indexes: SQLite takes such an index only where its own term stands in the query. */
export const CLAIMABLE = "status IN ('queued', 'waiting')"
export const UNSETTLED = "outcome IN ('open', 'unknown')"

/** For SQLite's own JSON functions, which end the whole statement at a row that no version of ours wrote. */
export const READABLE_ERROR = "iif(json_valid(error), error, '{}')"

export const operationSchema: z.ZodType<Operation> = z.object({
  id: z.string(),
  version: z.int(),
  data: jsonSchema,
})
const outputsSchema: z.ZodType<readonly OutputSource[]> = z.array(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('url'),
      url: z.string(),
      bytes: z.number().optional(),
      withKey: z.boolean(),
    }),
    z.object({ kind: z.literal('file'), path: z.string() }),
  ]),
)
export const warningsSchema: z.ZodType<readonly Warning[]> = z.array(
  z.object({
    field: z.string(),
    behaviour: z.enum(BEHAVIOURS),
    from: z.string(),
    to: z.string(),
    message: z.string(),
  }),
)
const providerStateSchema: z.ZodType<ProviderState> = z.object({
  kind: z.enum(['queued', 'running']),
  position: z.number().optional(),
})
const needsYouSchema: z.ZodType<NeedsYouNote> = z.object({
  code: z.string(),
  message: z.string(),
  evidence: z.array(z.string()),
  actions: z.array(z.enum(['adopt', 'sendAgain', 'giveUp', 'retryDownload'])),
  isUnpaid: z.boolean().optional(),
})
const movesSchema: z.ZodType<readonly RouteMove[]> = z.array(
  z.object({ at: z.number(), from: z.string(), to: z.string(), words: z.string() }),
)

/** The question of a job where what was asked, or what it waits for, cannot be read. */
export const unreadableNote = (operation: Operation | null): NeedsYouNote => ({
  code: 'unreadable',
  message: 'Part of what is stored about this job cannot be read. Nothing was sent again.',
  evidence: operation === null ? [] : [`operation ${operation.id}`],
  actions: [operation === null ? 'adopt' : 'retryDownload', 'giveUp'],
})

const statusSchema = z.enum(JOB_STATUSES)
const stepSchema = z.enum(JOB_STEPS)

/**
 * What only tells of a job is left out where it cannot be read.
 * @throws when a column that says how it goes on holds what no version of ours ever wrote
 */
export function readJob(row: SqlRow): JobRow {
  return {
    ...stageOf(row),
    seq: num(row['seq']),
    id: text(row['id']) as JobId,
    batchId: text(row['batchId']) as BatchId,
    row: num(row['row']),
    take: num(row['take']),
    prompt: text(row['prompt']),
    provider: text(row['provider']),
    credential: textOrNull(row['credential']),
    model: text(row['model']),
    modelName: text(row['modelName']),
    route: text(row['route']),
    mode: text(row['mode']) as Mode,
    estimate: moneyOf(row['estimateMicros'], row['estimateCurrency']),
    lease: numOrNull(row['lease']),
    runAt: num(row['runAt']),
    attempt: num(row['attempt']),
    tries: num(row['tries']),
    checks: num(row['checks']),
    renewals: num(row['renewals']),
    misses: num(row['misses']),
    intentNo: num(row['intentNo']),
    intentId: textOrNull(row['intentId']) as IntentId | null,
    outputs: jsonOrNull(row['outputs'], outputsSchema),
    progress: numOrNull(row['progress']),
    providerState: jsonOrNull(row['providerState'], providerStateSchema),
    error: jsonOrNull<JobError>(row['error'], jobErrorSchema),
    cancelRequested: row['cancelRequested'] === 1,
    cancelSent: row['cancelSent'] === 1,
    cancelNote: textOrNull(row['cancelNote']),
    paused: row['paused'] === 1,
    priority: num(row['priority']),
    position: num(row['position']),
    breakPoint: row['breakPoint'] === 1,
    moves: jsonOrNull(row['moves'], movesSchema) ?? [],
    hidden: row['hidden'] === 1,
    firstFrameSha256: textOrNull(row['firstFrameSha256']),
    createdAt: num(row['createdAt']),
    submittedAt: numOrNull(row['submittedAt']),
    renderedAt: numOrNull(row['renderedAt']),
    startedAt: numOrNull(row['startedAt']),
    finishedAt: numOrNull(row['finishedAt']),
    revision: num(row['revision']),
  }
}

function stageOf(row: SqlRow): Pick<JobRow, 'status' | 'step' | 'operation' | 'needsYou'> {
  const status = statusSchema.parse(row['status'])
  const step = stepSchema.parse(row['step'])
  // Before its create was answered a job has none.
  const operation = (step === 'submit' ? jsonOrNull : json)(row['operation'], operationSchema)
  const note = jsonOrNull(row['needsYou'], needsYouSchema)
  const needsYou = note ?? (status === 'needsYou' ? unreadableNote(operation) : null)
  return { status, step, operation, needsYou }
}

type Cell = SqlValue | undefined

export function num(value: Cell): number {
  if (typeof value !== 'number')
    throw new TypeError(`expected a number in the database, found ${String(value)}`)
  return value
}
export const numOrNull = (value: Cell): number | null =>
  value === null || value === undefined ? null : num(value)
export function text(value: Cell): string {
  if (typeof value !== 'string')
    throw new TypeError(`expected text in the database, found ${String(value)}`)
  return value
}
export const textOrNull = (value: Cell): string | null =>
  value === null || value === undefined ? null : text(value)
export const json = <T>(value: Cell, schema: z.ZodType<T>): T | null =>
  value === null || value === undefined ? null : schema.parse(parseJson(text(value)))
/** Null also for what cannot be read: what is shown leaves out what no version of ours wrote. */
export function jsonOrNull<T>(value: Cell, schema: z.ZodType<T>): T | null {
  try {
    return json(value, schema)
  } catch {
    return null
  }
}

const moneyOf = (micros: Cell, currency: Cell): JobRow['estimate'] =>
  micros === null || micros === undefined
    ? null
    : { micros: num(micros), currency: text(currency), estimated: true }

/** A value as it is bound: flags as 0 and 1, objects as JSON. */
export function toSql(value: unknown): SqlValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint')
    return value
  if (value instanceof Uint8Array) return value
  return JSON.stringify(value)
}
