import type { CanonicalField } from '../domain/catalogue.ts'
import type { GenerationRequest } from '../domain/generation.ts'
import type { Json, JsonObject } from '../domain/json.ts'
import type { Warning } from '../domain/model.ts'
import type { RouteMode } from '../domain/route.ts'
import { readFitWish } from './fitWish.ts'
import { OPTION_WORDS, readOption } from './optionTypes.ts'
import { parseSizeText } from './sizes.ts'
import type { RequestProblem } from './types.ts'
import { fieldWord } from './warnings.ts'
import { decodeField, fieldNamed, type Settled } from './wire.ts'

/** What `options.NAME` columns come to. */
export interface OptionsOutcome {
  /** The request with options that are canonical fields under another name taken in. */
  readonly request: GenerationRequest
  /** What is sent under its own name. */
  readonly options: JsonObject
  readonly copies: number
  readonly warnings: readonly Warning[]
  readonly problems: readonly RequestProblem[]
}

/** Names that belong to the machinery: with another value a job could be paid for twice or be lost. */
const RESERVED: ReadonlySet<string> = new Set([
  'model',
  'idempotency_key',
  'webhook',
  'webhook_url',
  'webhook_events_filter',
  'fal_webhook',
  'version',
])
/** Of ours, for every route. */
export const FRAME_FIT = 'frame_fit'
/** More at once from one row is surely a slip of the pen. */
const MOST_COPIES = 1000

/** Sorts every option: a copy count, a canonical field, a known option, or an unknown one sent as it is. */
export function settleOptions(request: GenerationRequest, mode: RouteMode): OptionsOutcome {
  let outcome: OptionsOutcome = {
    request: { ...request, options: {} },
    options: {},
    copies: 1,
    warnings: [],
    problems: [],
  }
  for (const [name, value] of Object.entries(request.options)) {
    outcome = settleOption(outcome, mode, { name, value })
  }
  return { ...outcome, request: { ...outcome.request, options: outcome.options } }
}

interface Option {
  readonly name: string
  readonly value: Json
}

function settleOption(so: OptionsOutcome, mode: RouteMode, option: Option): OptionsOutcome {
  const { name, value } = option
  const type = mode.options[name]
  if (type === undefined && name === 'n') return settleCopies(so, value)
  if (type === undefined && name === FRAME_FIT) return settleFrameFit(so, value)
  if (type === undefined && RESERVED.has(name)) {
    return withProblem(so, name, {
      code: 'reservedOption',
      message: `The option ${name} is set by the app itself.`,
      mend: 'Remove the column.',
    })
  }
  const field = fieldNamed(mode.fields, name)
  if (field !== undefined) return settleCanonical(so, mode, { ...option, field })
  if (type === undefined) {
    return { ...withOption(so, option), warnings: [...so.warnings, unknownOption(option)] }
  }
  const read = readOption(type, value)
  if (read !== undefined) return withOption(so, { name, value: read })
  return withProblem(so, name, {
    code: 'badOption',
    message: `The option ${name} must be ${OPTION_WORDS[type]}, not ${JSON.stringify(value)}.`,
    mend: 'Correct the cell, or clear it.',
  })
}

/** `n` is emulated: one job for each copy, since providers differ in what they make of it. */
function settleCopies(so: OptionsOutcome, value: Json): OptionsOutcome {
  const copies = Number(value)
  if (!Number.isInteger(copies) || copies < 1 || copies > MOST_COPIES) {
    return withProblem(so, 'n', {
      code: 'badOption',
      message: `The option n must be a whole number from 1 to ${MOST_COPIES}.`,
      mend: 'Correct the cell, or use the takes column.',
    })
  }
  if (copies === 1) return so
  const emulated: Warning = {
    field: 'n',
    behaviour: 'emulated',
    from: `${copies}`,
    to: `${copies} jobs`,
    message: `Each of the ${copies} videos is a job of its own.`,
  }
  return { ...so, copies, warnings: [...so.warnings, emulated] }
}

/** How frames of another shape are fitted is ours to do and is never sent. */
function settleFrameFit(so: OptionsOutcome, value: Json): OptionsOutcome {
  const frameFit = typeof value === 'string' ? readFitWish(value) : undefined
  if (frameFit !== undefined) return { ...so, request: { ...so.request, frameFit } }
  return withProblem(so, FRAME_FIT, {
    code: 'badOption',
    message: `The option ${FRAME_FIT} cannot be ${JSON.stringify(value)}.`,
    mend: 'Write crop, pad or blur-pad; for crop also what to keep in view, such as crop 30% 20% from left and top.',
  })
}

/** An option under a canonical field's wire name is that field; a value in the field's own column wins. */
function settleCanonical(
  so: OptionsOutcome,
  mode: RouteMode,
  { name, value, field }: Option & { readonly field: CanonicalField },
): OptionsOutcome {
  const read = readCanonical(mode, field, value)
  const raw = {
    ...withOption(so, { name, value }),
    warnings: [...so.warnings, unknownOption({ name, value })],
  }
  // Words such as `adaptive` have no canonical form; they cost nothing, so they go as they are.
  if (read === undefined && field === 'aspectRatio') return raw
  if (read === undefined) {
    return withProblem(so, name, {
      code: 'badOption',
      message: `The option ${name} is this route's ${fieldWord(field)}, and ${JSON.stringify(value)} cannot be used for it.`,
      mend: `Use the column for the ${fieldWord(field)} instead.`,
    })
  }
  const given = so.request as Omit<GenerationRequest, 'size'> & Settled
  const keys = Object.keys(read) as (keyof Settled)[]
  if (keys.every((key) => given[key] === undefined)) {
    return { ...so, request: { ...so.request, ...read } }
  }
  const loses: Warning = {
    field: name,
    behaviour: 'dropped',
    from: JSON.stringify(value),
    to: `the ${fieldWord(field)} of its own column`,
    message: `The option ${name} is this route's ${fieldWord(field)}, which has a column of its own; that one wins.`,
  }
  return { ...so, warnings: [...so.warnings, loses] }
}

function readCanonical(
  mode: RouteMode,
  field: CanonicalField,
  value: Json,
): Partial<Omit<GenerationRequest, 'prompt'>> | undefined {
  const read = decodeField(mode.fields, field, value)
  const known = Object.values(read).some((one) => one !== undefined)
  if (!known || (field === 'seed' && !Number.isSafeInteger(read.seed))) return undefined
  if (field !== 'size' && field !== 'aspectRatio') return read as Partial<GenerationRequest>
  const shape = parseSizeText(read[field] ?? '')
  return shape !== undefined && Object.keys(shape).length > 0 ? shape : undefined
}

const withOption = (so: OptionsOutcome, { name, value }: Option): OptionsOutcome => ({
  ...so,
  options: { ...so.options, [name]: value },
})

const withProblem = (
  so: OptionsOutcome,
  name: string,
  problem: Omit<RequestProblem, 'column'>,
): OptionsOutcome => ({
  ...so,
  problems: [...so.problems, { column: `options.${name}`, ...problem }],
})

const unknownOption = ({ name, value }: Option): Warning => ({
  field: name,
  behaviour: 'passthrough',
  from: JSON.stringify(value),
  to: JSON.stringify(value),
  message: `The option ${name} is not known for this route. It is sent as it is; the provider may refuse or ignore it.`,
})
