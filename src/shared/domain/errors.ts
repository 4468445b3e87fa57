import { z } from 'zod'

/** What a provider (or our own network or disk) answered, by what can be done about it. */
export const ERROR_KINDS = [
  'auth', // the key is missing, wrong or lacks a permission: the lane waits for the person
  'quota', // the account is out of credit: the lane waits for the person
  'rateLimit', // too many requests: the lane waits until Retry-After
  'invalidRequest', // this request can never pass as it is
  'contentPolicy', // refused for what it shows or says: never retried by itself
  'modelRetired', // the model is gone: alternatives are named
  'unavailable', // the provider is down or overloaded: later
  'timeout', // no answer in time
  'disk', // the folder is full, missing or read-only
  'media', // the file that was delivered is not a playable video
  'unknown', // none of these, or it cannot be told
] as const
export type ErrorKind = (typeof ERROR_KINDS)[number]

/** Where the refusal lies, where the provider says so. */
export type RefusedPart = 'prompt' | 'image' | 'output'

/** An error as it is stored, shown and sent over IPC. Never holds a key. */
export interface JobError {
  readonly kind: ErrorKind
  /** Stable, SCREAMING_SNAKE; the provider's own code where it has one. */
  readonly code: string
  /** One sentence: what happened and what to do. */
  readonly message: string
  readonly requestId?: string | undefined
  readonly refusedPart?: RefusedPart | undefined
  readonly httpStatus?: number | undefined
}

export const jobErrorSchema: z.ZodType<JobError> = z.object({
  kind: z.enum(ERROR_KINDS),
  code: z.string(),
  message: z.string(),
  requestId: z.string().optional(),
  refusedPart: z.enum(['prompt', 'image', 'output']).optional(),
  httpStatus: z.number().optional(),
})

/** One thing wrong with a batch, at its place, with its mend. Blocks admission; see `Warning` for what does not. */
export interface Problem {
  /** The row number that a spreadsheet shows; null for the file as a whole. */
  readonly row: number | null
  readonly column: string | null
  /** Stable, camelCase, e.g. `emptyPrompt`. */
  readonly code: string
  readonly message: string
  readonly mend: string
}
