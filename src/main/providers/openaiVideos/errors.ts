import { z } from 'zod'
import type { ErrorKind, JobError } from '../../../shared/domain/errors.ts'
import type { Json } from '../../../shared/domain/json.ts'
import { jsonOf, requestIdOf } from '../http/answers.ts'
import {
  faultError,
  isAboutContent,
  kindOfStatus,
  renderFault,
  screaming,
  type ErrorReader,
  type RenderError,
} from '../http/errorKinds.ts'
import { soft } from '../http/lenient.ts'

export const NAME = 'OpenAI-style server'

const KINDS: Readonly<Record<string, ErrorKind>> = {
  INVALID_API_KEY: 'auth',
  INSUFFICIENT_QUOTA: 'quota',
  BILLING_HARD_LIMIT_REACHED: 'quota',
  RATE_LIMIT_EXCEEDED: 'rateLimit',
  MODEL_NOT_FOUND: 'modelRetired',
  MODERATION_BLOCKED: 'contentPolicy',
  CONTENT_POLICY_VIOLATION: 'contentPolicy',
}

/** Codes may be numbers (vLLM, LiteLLM); those only repeat the status. */
const fault = { message: z.string(), type: soft(z.string()), code: soft(z.string()) }
const openaiSchema = z.object({ error: z.object(fault) })
const vllmSchema = z.object({ object: z.literal('error'), ...fault })
const fastApiSchema = z.object({
  detail: z.union([
    z.string(),
    z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string() })),
  ]),
})

interface Said {
  readonly message: string
  readonly type?: string | undefined
  readonly code?: string | undefined
}

/** OpenAI's `{ error }`, vLLM's flat form of it, and FastAPI's `{ detail }`. */
export const readError: ErrorReader = (answer) => {
  const said = readSaid(jsonOf(answer))
  if (said === null) return null
  const name = [said.code, said.type].find((text) => text !== undefined && /[a-z]/i.test(text))
  const code = screaming(name ?? `HTTP_${answer.status}`)
  return faultError({
    name: NAME,
    kind: KINDS[code] ?? kindOf(answer.status, said.message),
    code,
    said: said.message,
    requestId: requestIdOf(answer.headers),
    httpStatus: answer.status,
  })
}

function readSaid(json: Json | undefined): Said | null {
  const own = openaiSchema.safeParse(json).data?.error ?? vllmSchema.safeParse(json).data
  if (own !== undefined) return own
  const detail = fastApiSchema.safeParse(json).data?.detail
  if (detail === undefined) return null
  if (typeof detail === 'string') return { message: detail }
  return { message: detail.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; ') }
}

/** FastAPI's bare `Not Found` is about the path, so about the base URL, not about a model. */
function kindOf(status: number, message: string): ErrorKind {
  if (status === 404 && message === 'Not Found') return 'invalidRequest'
  return status === 400 && isAboutContent(message) ? 'contentPolicy' : kindOfStatus(status)
}

export const failedRender = (error: RenderError | undefined): JobError =>
  renderFault(error, { name: NAME, kinds: KINDS })
