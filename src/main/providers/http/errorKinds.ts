import type { ErrorKind, JobError, RefusedPart } from '../../../shared/domain/errors.ts'
import type { HttpAnswer } from './port.ts'

/**
 * Reads an error in one provider's own envelope. Null when the answer is in no envelope of that
 * provider: a proxy's page, a cut body. Only an envelope proves who spoke (money rule 3).
 */
export type ErrorReader = (answer: HttpAnswer) => JobError | null

const KINDS: Readonly<Record<number, ErrorKind>> = {
  400: 'invalidRequest',
  401: 'auth',
  402: 'quota',
  403: 'auth',
  404: 'modelRetired',
  408: 'timeout',
  409: 'invalidRequest',
  410: 'modelRetired',
  413: 'invalidRequest',
  422: 'invalidRequest',
  429: 'rateLimit',
  504: 'timeout',
}

/** What a status usually means, where the provider's code says no more. */
export function kindOfStatus(status: number): ErrorKind {
  return KINDS[status] ?? (status >= 500 ? 'unavailable' : 'unknown')
}

/** Where a refusal for content lies, as far as the provider's words tell. */
export function refusedPartOf(text: string): RefusedPart | undefined {
  if (/\b(output|generated|result)/i.test(text)) return 'output'
  if (/\b(image|frame|input_reference|photo|picture)/i.test(text)) return 'image'
  return /\b(prompt|text)\b/i.test(text) ? 'prompt' : undefined
}

/** Words that providers use for a refusal for content. */
export function isAboutContent(text: string): boolean {
  return /moderation|content[ _-]?policy|safety|nsfw|flagged|sensitive|prohibited/i.test(text)
}

/** A sentence of ours around the provider's own; `said` is kept as it came. */
export function providerSays(name: string, said: string, whatToDo: string): string {
  const text = said.trim().slice(0, 500)
  const sentence = text === '' ? `${name} gave no reason.` : `${name} says: ${text}`
  return `${/[.!?]$/.test(sentence) ? sentence : `${sentence}.`} ${whatToDo}`
}

const TO_DO: Readonly<Record<ErrorKind, string>> = {
  auth: 'Check the key.',
  quota: 'Add credit there, then resume.',
  rateLimit: 'It goes on by itself.',
  invalidRequest: 'Change the request, then retry.',
  contentPolicy: 'Change the prompt or the frame, then retry.',
  modelRetired: 'Choose another model.',
  unavailable: 'It is tried again by itself.',
  timeout: 'It is tried again by itself.',
  disk: 'Check the disk.',
  media: 'Try the download again.',
  unknown: 'Look it up in your account there.',
}

export interface ProviderFault {
  readonly name: string
  readonly kind: ErrorKind
  readonly code: string
  readonly said: string
  readonly requestId?: string | undefined
  readonly httpStatus?: number | undefined
}

/** One error as we keep it, from what a provider said. */
export function faultError({
  name,
  kind,
  code,
  said,
  requestId,
  httpStatus,
}: ProviderFault): JobError {
  const refusedPart = kind === 'contentPolicy' ? refusedPartOf(said) : undefined
  return {
    kind,
    code,
    message: providerSays(name, said, TO_DO[kind]),
    ...(requestId === undefined ? {} : { requestId }),
    ...(refusedPart === undefined ? {} : { refusedPart }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
  }
}

/** `invalid_size` and `InvalidSize` become `INVALID_SIZE`: codes are stable and in one spelling. */
export function screaming(code: string): string {
  return code
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase()
}

/** What a video object says of its failure. */
export interface RenderError {
  readonly code?: string | undefined
  readonly message?: string | undefined
}

/** The error of a render that failed, by the provider's own codes, else by its words. */
export function renderFault(
  error: RenderError | undefined,
  { name, kinds }: { readonly name: string; readonly kinds: Readonly<Record<string, ErrorKind>> },
): JobError {
  const code = screaming(error?.code ?? 'RENDER_FAILED')
  const said = error?.message ?? ''
  const kind = kinds[code] ?? (isAboutContent(`${code} ${said}`) ? 'contentPolicy' : 'unknown')
  return faultError({ name, kind, code, said })
}
