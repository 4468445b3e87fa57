import type { JobError } from '../../../shared/domain/errors.ts'

/** Shapes of the keys that we handle, for texts that echo a key which is not the one in use. */
const KEY_SHAPES =
  /\b(lmnfl_[\w.-]{6,}|r8_\w{6,}|sk-[\w-]{6,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9a-f]{16,})|\b(?:Bearer|Key)\s+[\w.:~+/=-]{8,}/gi

const MARK = '[key]'

/** Takes every key out of a text that others wrote (architecture 9.8). */
export function redact(text: string, secret: string | null): string {
  const plain = secret !== null && secret.length >= 4 ? withoutSecret(text, secret) : text
  return plain.replace(KEY_SHAPES, MARK)
}

function withoutSecret(text: string, secret: string): string {
  const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
  return forms.reduce((rest, form) => rest.replaceAll(form, MARK), text)
}

/** The same for every text of an error that a provider wrote. */
export function redactError(error: JobError, secret: string | null): JobError {
  const requestId =
    error.requestId === undefined ? {} : { requestId: redact(error.requestId, secret) }
  return {
    ...error,
    code: redact(error.code, secret),
    message: redact(error.message, secret),
    ...requestId,
  }
}
