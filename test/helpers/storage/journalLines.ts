import type { IntentId } from '../../../src/main/jobs/jobRow.ts'
import type { NewIntent } from '../../../src/main/jobs/intentPort.ts'
import type { JournalLine, NewJournalLine } from '../../../src/main/storage/journal/journalLine.ts'
import { NOW } from './dataFolder.ts'

type Reserved = 'reserved' | 'confirmed' | 'released' | 'indeterminate'
type Outcome = Extract<JournalLine, { kind: 'outcome' }>['outcome']

export const intentIdFor = (job: number, no = 1): IntentId =>
  `job_${String(job).padStart(8, '0')}:${no}`

/** Lines as the journal writes them, without their numbers. */
export const runLine = (run: number, generation = run): NewJournalLine => ({
  kind: 'run',
  at: NOW,
  run,
  generation,
})

export function intentLine(job: number, no = 1): NewJournalLine {
  const intentId = intentIdFor(job, no)
  return {
    kind: 'intent',
    at: NOW,
    intentId,
    jobId: `job_${String(job).padStart(8, '0')}`,
    intentNo: no,
    provider: 'fal',
    credential: 'env',
    url: 'https://queue.example/submit',
    endpoint: 'kling/v3',
    fingerprint: `print${job}`,
    bodySha256: 'ab'.repeat(32),
    wireVersion: 1,
    reservation: { micros: 500_000, currency: 'USD', estimated: true },
    job: {
      batchId: 'batch_0001',
      row: job,
      take: 1,
      prompt: `a harbour at dawn, ${job}`,
      model: 'kling-v3',
      modelName: 'Kling 3',
      route: 'fal/kling-v3',
      mode: 'textToVideo',
    },
  }
}

export const outcomeLine = (
  job: number,
  outcome: Outcome,
  operationId: string | null = outcome === 'accepted' ? `op${job}` : null,
): NewJournalLine => ({
  kind: 'outcome',
  at: NOW,
  intentId: intentIdFor(job),
  outcome,
  operation:
    operationId === null ? null : { id: operationId, version: 1, data: { id: operationId } },
})

export const ledgerLine = (job: number, state: Reserved, micros = 500_000): NewJournalLine => ({
  kind: 'ledger',
  at: NOW,
  intentId: intentIdFor(job),
  state,
  money: { micros, currency: 'USD', estimated: false },
})

/** As they come out of a file. */
export const numbered = (lines: readonly NewJournalLine[]): JournalLine[] =>
  lines.map((line, index) => ({ v: 1, n: index + 1, ...line }))

/** What the submit step hands to the journal. */
export function newIntent(job: number): NewIntent {
  const line = intentLine(job)
  if (line.kind !== 'intent') throw new TypeError('not an intent')
  return {
    id: line.intentId,
    credential: line.credential,
    endpoint: line.endpoint,
    bodySha256: line.bodySha256,
    at: line.at,
    wire: {
      version: 1,
      method: 'POST',
      url: line.url,
      headers: {},
      body: new Uint8Array(),
      fingerprint: line.fingerprint,
    },
    job: { ...line.job, id: line.jobId, provider: line.provider } as NewIntent['job'],
  }
}
