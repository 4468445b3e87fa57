import { ok, type Result } from '../../../shared/domain/result.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { CallContext } from '../../providers/spec.ts'
import type { QueueContext } from '../context.ts'
import type { JobRow } from '../jobRow.ts'

export interface KeyedCall {
  readonly call: CallContext
  /** False: the key that sent the job is gone and another of the same provider asks in its place. */
  readonly isOwn: boolean
}

/**
 * For looks and downloads, which cost nothing: the key that sent the job, else another one of the
 * provider, which may belong to the same account. Creates never change their key (money rule 4).
 */
export function callFor(ctx: QueueContext, job: JobRow): Result<KeyedCall, JobError> {
  const credential = job.credential ?? ''
  const own = ctx.credentials.call(job.provider, credential, ctx.signal)
  if (own.ok) return ok({ call: own.value, isOwn: true })
  for (const other of ctx.credentials.of(job.provider)) {
    const call = ctx.credentials.call(job.provider, other, ctx.signal)
    if (call.ok) return ok({ call: call.value, isOwn: false })
  }
  return own
}
