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
import type { HttpAnswer } from '../http/port.ts'

export const NAME = 'fal'

const partSchema = z.object({
  loc: soft(z.array(z.union([z.string(), z.number()]))),
  msg: z.string(),
  type: soft(z.string()),
})
const envelopeSchema = z.object({
  detail: z.union([z.string(), z.array(partSchema).min(1), z.record(z.string(), z.json())]),
  error_type: soft(z.string()),
})

interface Said {
  readonly text: string
  readonly type: string | undefined
}

/** `{ detail, error_type }` of the platform, `{ detail: [{ loc, msg, type }] }` of the models. */
export const readError: ErrorReader = (answer) => {
  const said = readSaid(answer)
  if (said === null) return null
  const kind = kindOf(answer.status, said)
  return faultError({
    name: NAME,
    kind,
    code: screaming(said.type ?? (kind === 'quota' ? 'ACCOUNT_LOCKED' : `HTTP_${answer.status}`)),
    said: said.text,
    requestId: requestIdOf(answer.headers),
    httpStatus: answer.status,
  })
}

/** The platform's or the model's own word for what went wrong: proof that the request itself failed. */
export function errorTypeOf(answer: HttpAnswer): string | undefined {
  const envelope = envelopeSchema.safeParse(jsonOf(answer)).data
  return answer.headers['x-fal-error-type'] ?? envelope?.error_type
}

function readSaid(answer: HttpAnswer): Said | null {
  const envelope = envelopeSchema.safeParse(jsonOf(answer)).data
  if (envelope === undefined) return null
  const { detail } = envelope
  const type = errorTypeOf(answer)
  if (typeof detail === 'string') return { text: detail, type }
  if (!Array.isArray(detail)) return { text: JSON.stringify(detail), type }
  const parts = detail.map(({ loc, msg }) =>
    loc === undefined ? msg : `${loc.filter((at) => at !== 'body').join('.')}: ${msg}`,
  )
  return { text: parts.join('; '), type: type ?? detail[0]?.type }
}

function kindOf(status: number, { text, type = '' }: Said): ErrorKind {
  if (type === 'content_policy_violation' || (status === 422 && isAboutContent(`${type} ${text}`)))
    return 'contentPolicy'
  if (/timeout/.test(type)) return 'timeout'
  if (/^(runner_|internal_|downstream_)/.test(type)) return 'unavailable'
  // A locked account answers 403 like a wrong key, and only its words tell them apart.
  if (status === 403 && /balance|locked|billing/i.test(text)) return 'quota'
  return kindOfStatus(status)
}

/** The result call of a request that failed, as our error. */
export function failedRender(answer: HttpAnswer): JobError {
  return (
    readError(answer) ??
    faultError({
      name: NAME,
      kind: 'unknown',
      code: screaming(errorTypeOf(answer) ?? `HTTP_${answer.status}`),
      said: '',
      httpStatus: answer.status,
    })
  )
}
