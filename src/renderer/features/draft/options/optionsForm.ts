import type {
  DraftDefaults,
  DraftOptions,
  Expand,
  ModelChoice,
} from '../../../../shared/domain/draft.ts'
import type { DraftDoc } from '../../../store/draft/sync.ts'
import { parseAmount } from '../../../store/parseAmount.ts'

/** The dialog's fields as they are typed. */
export interface OptionsForm {
  readonly models: readonly ModelChoice[]
  readonly duration: string
  readonly size: string
  readonly resolution: string
  readonly takes: string
  readonly expand: Expand['kind']
  readonly count: string
  readonly cap: string
  readonly currency: string
  readonly allowUnpriced: boolean
  readonly concurrency: string
  readonly project: string
}

export function formOf({ defaults, options }: DraftDoc): OptionsForm {
  return {
    models: defaults.models,
    duration: defaults.duration,
    size: defaults.size === '' ? defaults.aspectRatio : defaults.size,
    resolution: defaults.resolution,
    takes: defaults.takes,
    expand: options.expand.kind,
    count: options.expand.kind === 'random' ? String(options.expand.count) : '10',
    cap: options.cap === null ? '' : String(options.cap.micros / 1_000_000),
    currency: options.cap?.currency ?? 'USD',
    allowUnpriced: options.allowUnpriced,
    concurrency: options.concurrency === null ? '' : String(options.concurrency),
    project: options.project ?? '',
  }
}

/** What keeps the form from being kept; values of rows are the check's business, not ours. */
export function problemOf({ cap, expand, count, concurrency }: OptionsForm): string | null {
  if (cap.trim() !== '' && parseAmount(cap) === undefined) {
    return `“${cap}” is not an amount. Write one such as 25, or leave the cap empty.`
  }
  if (expand === 'random' && wholeNumber(count, 10_000) === null) {
    return `“${count}” is not a number from 1 to 10,000: say how many are drawn.`
  }
  if (concurrency.trim() !== '' && wholeNumber(concurrency, 1000) === null) {
    return `“${concurrency}” is not a number from 1 to 1,000. Leave it empty for as many as the lanes allow.`
  }
  return null
}

function wholeNumber(text: string, most: number): number | null {
  const value = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0
  return value >= 1 && value <= most ? value : null
}

/** Parts that did not change stay the same objects, so that only what changed is saved. */
export function withForm(doc: DraftDoc, form: OptionsForm): DraftDoc {
  const defaults: DraftDefaults = {
    ...doc.defaults,
    models: form.models,
    duration: form.duration.trim(),
    size: form.size.trim(),
    aspectRatio: '',
    resolution: form.resolution.trim(),
    takes: form.takes.trim(),
  }
  const micros = form.cap.trim() === '' ? undefined : parseAmount(form.cap)
  const options: DraftOptions = {
    expand:
      form.expand === 'random'
        ? { kind: 'random', count: wholeNumber(form.count, 10_000) ?? 1 }
        : { kind: form.expand },
    project: form.project.trim() === '' ? null : form.project.trim(),
    cap: micros === undefined ? null : { micros, currency: form.currency },
    allowUnpriced: form.allowUnpriced,
    concurrency: wholeNumber(form.concurrency, 1000),
  }
  return { ...doc, defaults, options }
}
