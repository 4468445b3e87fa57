import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JOB_STATUSES, JOB_STEPS, isTerminal } from '../../../../src/shared/domain/job.ts'
import type { JobError } from '../../../../src/shared/domain/errors.ts'
import { transition, TRANSITIONS, type JobEvent } from '../../../../src/main/jobs/jobMachine.ts'
import type { JobRow } from '../../../../src/main/jobs/jobRow.ts'

const error: JobError = { kind: 'unavailable', code: 'BUSY', message: 'busy' }
const note = { code: 'x', message: 'x', evidence: [], actions: [] }
const EVENTS: readonly JobEvent[] = [
  { type: 'claimed', run: 3, credential: 'env' },
  { type: 'picked', run: 3 },
  { type: 'accepted', operation: { id: 'op', version: 1, data: null }, runAt: 50 },
  { type: 'rendered', outputs: [], run: null },
  { type: 'downloaded', run: null },
  { type: 'finished' },
  { type: 'snoozed', runAt: 50 },
  { type: 'lookAgain', runAt: 50 },
  { type: 'missed', runAt: 50, error },
  { type: 'linkExpired', runAt: 50, error },
  { type: 'retryLater', runAt: 50, error },
  { type: 'resubmitLater', runAt: 50, error },
  { type: 'putBack', runAt: 50 },
  { type: 'submitUnknown', error },
  { type: 'needsYou', note },
  { type: 'failed', error },
  { type: 'cancelRequested' },
  { type: 'cancelSent', note: null },
  { type: 'cancelled' },
  { type: 'recovered' },
]

const base: JobRow = {
  seq: 1,
  id: 'job_0001',
  batchId: 'batch_0001',
  row: 1,
  take: 1,
  prompt: 'p',
  provider: 'p',
  credential: 'env',
  model: 'm',
  modelName: 'M',
  route: 'p/m',
  mode: 'textToVideo',
  estimate: null,
  status: 'queued',
  step: 'submit',
  lease: null,
  runAt: 0,
  attempt: 0,
  tries: 0,
  checks: 0,
  renewals: 0,
  misses: 0,
  intentNo: 0,
  moves: [],
  intentId: null,
  operation: null,
  outputs: null,
  progress: null,
  providerState: null,
  error: null,
  needsYou: null,
  cancelRequested: false,
  cancelSent: false,
  cancelNote: null,
  paused: false,
  priority: 0,
  position: 0,
  breakPoint: false,
  hidden: false,
  firstFrameSha256: null,
  createdAt: 0,
  submittedAt: null,
  renderedAt: null,
  startedAt: null,
  finishedAt: null,
  revision: 1,
}

const jobs = fc.record({
  status: fc.constantFrom(...JOB_STATUSES),
  step: fc.constantFrom(...JOB_STEPS),
  cancelRequested: fc.boolean(),
  attempt: fc.nat(6),
  tries: fc.nat(6),
})

describe('the job machine', () => {
  it('admits exactly what the table says, from every status and for every event', () => {
    fc.assert(
      fc.property(jobs, fc.constantFrom(...EVENTS), (fields, event) => {
        const job: JobRow = { ...base, ...fields }
        const allowed = TRANSITIONS[job.status][event.type]
        if (allowed === undefined) {
          expect(() => transition(job, event, 100)).toThrow(TypeError)
          return
        }
        const patch = transition(job, event, 100)
        expect(allowed).toContain(patch.status ?? job.status)
      }),
      { numRuns: 3_000 },
    )
  })

  it('never opens a terminal job again', () => {
    for (const status of JOB_STATUSES.filter(isTerminal)) expect(TRANSITIONS[status]).toEqual({})
  })

  it('holds no lease and no date in a terminal job', () => {
    fc.assert(
      fc.property(jobs, fc.constantFrom(...EVENTS), (fields, event) => {
        const job: JobRow = { ...base, ...fields, lease: 3 }
        if (TRANSITIONS[job.status][event.type] === undefined) return
        const after = { ...job, ...transition(job, event, 100) }
        if (isTerminal(after.status))
          expect(after).toMatchObject({ lease: null, finishedAt: 100, needsYou: null })
      }),
      { numRuns: 3_000 },
    )
  })

  it('counts a create that came to nothing, and keeps the count when a later one is accepted', () => {
    const failedOnce = {
      ...base,
      status: 'running' as const,
      ...transition({ ...base, status: 'running' }, { type: 'resubmitLater', runAt: 9, error }, 1),
    }
    const claimed = {
      ...failedOnce,
      ...transition(failedOnce, { type: 'claimed', run: 3, credential: 'env' }, 2),
    }
    const accepted = {
      ...claimed,
      ...transition(
        claimed,
        { type: 'accepted', operation: { id: 'op', version: 1, data: null }, runAt: 3 },
        3,
      ),
    }
    expect(accepted.attempt).toBe(1)
    expect(accepted.tries).toBe(0)
  })

  it('keeps the count of link refreshes through the look that fetched the new link', () => {
    const downloading: JobRow = {
      ...base,
      status: 'running',
      step: 'download',
      outputs: [{ kind: 'url', url: 'https://a', withKey: false }],
      renewals: 2,
    }
    const expired = {
      ...downloading,
      ...transition(downloading, { type: 'linkExpired', runAt: 5, error }, 5),
    }
    const again = {
      ...expired,
      ...transition(expired, { type: 'rendered', outputs: [], run: null }, 6),
    }
    expect(again.renewals).toBe(3)
  })
})

describe('docs/job-states.md', () => {
  it('shows the same table as the code', () => {
    const page = readFileSync(new URL('../../../../docs/job-states.md', import.meta.url), 'utf8')
    const table = page.split('<!-- transitions -->')[1]?.split('<!-- /transitions -->')[0] ?? ''
    const written = table
      .split('\n')
      .filter((line) => /^\| [a-z]/.test(line))
      .map((line) =>
        line
          .split('|')
          .slice(1, 4)
          .map((cell) => cell.trim())
          .join(' | '),
      )
    const coded = JOB_STATUSES.flatMap((status) =>
      Object.entries(TRANSITIONS[status]).map(
        ([event, to]) => `${status} | ${event} | ${to.join(', ')}`,
      ),
    )
    expect(written.toSorted()).toEqual(coded.toSorted())
  })
})
