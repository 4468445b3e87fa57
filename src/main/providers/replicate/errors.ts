import { z } from 'zod'
import type { ErrorKind, JobError } from '../../../shared/domain/errors.ts'
import { jsonOf, requestIdOf } from '../http/answers.ts'
import {
  faultError,
  isAboutContent,
  kindOfStatus,
  screaming,
  type ErrorReader,
} from '../http/errorKinds.ts'
import { soft } from '../http/lenient.ts'

export const NAME = 'Replicate'

const envelopeSchema = z.object({ detail: z.string(), title: soft(z.string()) })

/** `{ detail, title?, status? }`. */
export const readError: ErrorReader = (answer) => {
  const envelope = envelopeSchema.safeParse(jsonOf(answer)).data
  if (envelope === undefined) return null
  const { detail, title } = envelope
  return faultError({
    name: NAME,
    kind:
      isAboutContent(detail) && answer.status < 429 ? 'contentPolicy' : kindOfStatus(answer.status),
    code: screaming(title ?? `HTTP_${answer.status}`),
    said: detail,
    requestId: requestIdOf(answer.headers),
    httpStatus: answer.status,
  })
}

/** `Your rate limit resets in ~30s.`: the wait is told in words, not in a header. */
export function waitFromError({ kind, message }: JobError): number | undefined {
  const [, amount, unit] = /resets in ~?(\d+(?:\.\d+)?)\s*(ms|s|m)/i.exec(message) ?? []
  if (kind !== 'rateLimit' || amount === undefined) return undefined
  const factor = unit === 'ms' ? 1 : unit === 'm' ? 60_000 : 1_000
  return Math.round(Number(amount) * factor)
}

/** The `error` text of a prediction that failed; some models put a code such as E005 into it. */
export function failedRender(said: string): JobError {
  const code = /\b(E\d{3,5})\b/.exec(said)?.[1] ?? 'PREDICTION_FAILED'
  return faultError({ name: NAME, kind: kindOfFailure(said), code, said })
}

function kindOfFailure(said: string): ErrorKind {
  if (isAboutContent(said)) return 'contentPolicy'
  if (/tim(e|ed)[ -]?out/i.test(said)) return 'timeout'
  if (/unavailable|overloaded|high demand|out of memory|internal error|interrupted/i.test(said))
    return 'unavailable'
  return /invalid|must be|required|unsupported/i.test(said) ? 'invalidRequest' : 'unknown'
}
