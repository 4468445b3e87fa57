import { z } from 'zod'
import type { ErrorKind, JobError } from '../../../shared/domain/errors.ts'
import { jsonOf, requestIdOf } from '../http/answers.ts'
import {
  faultError,
  kindOfStatus,
  renderFault,
  screaming,
  type ErrorReader,
  type RenderError,
} from '../http/errorKinds.ts'
import { soft } from '../http/lenient.ts'

export const NAME = 'Lumenfall'

/** Published codes (docs.lumenfall.ai, error reference). */
const KINDS: Readonly<Record<string, ErrorKind>> = {
  AUTHENTICATION_FAILED: 'auth',
  INSUFFICIENT_BALANCE: 'quota',
  INVALID_REQUEST: 'invalidRequest',
  MODEL_NOT_FOUND: 'modelRetired',
  MODEL_DISABLED: 'modelRetired',
  RATE_LIMITED: 'rateLimit',
  CONTENT_POLICY_VIOLATION: 'contentPolicy',
  ALL_PROVIDERS_EXHAUSTED: 'unavailable',
  UPSTREAM_ERROR: 'unavailable',
  INTERNAL_ERROR: 'unavailable',
}

const envelopeSchema = z.object({
  error: z.object({ message: z.string(), type: soft(z.string()), code: soft(z.string()) }),
})

/** `{ error: { message, type, code } }`. */
export const readError: ErrorReader = (answer) => {
  const envelope = envelopeSchema.safeParse(jsonOf(answer))
  if (!envelope.success) return null
  const { message, type, code } = envelope.data.error
  const known = code === undefined ? undefined : KINDS[screaming(code)]
  return faultError({
    name: NAME,
    kind: known ?? kindOfStatus(answer.status),
    code: screaming(code ?? type ?? `HTTP_${answer.status}`),
    said: message,
    requestId: requestIdOf(answer.headers),
    httpStatus: answer.status,
  })
}

/** The error of a render that failed: it comes with HTTP 200 and a code. */
export const failedRender = (error: RenderError | undefined): JobError =>
  renderFault(error, { name: NAME, kinds: KINDS })
