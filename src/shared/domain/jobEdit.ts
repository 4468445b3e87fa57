import { z } from 'zod'
import type { Warning } from './model.ts'
import type { Money } from './money.ts'
import { MAX_CELL_TEXT } from './draft.ts'
import { MAX_TEMPLATE_LENGTH } from '../template/syntax.ts'

/** What a person may change of a job that waits, as the cells of a draft write it. Empty: the model's own. */
export interface JobValues {
  readonly prompt: string
  readonly negativePrompt: string
  readonly model: string
  readonly provider: string
  readonly duration: string
  readonly size: string
  readonly resolution: string
  readonly seed: string
}

const cell = z.string().max(MAX_CELL_TEXT)
/** A template makes prompts as long as it may be itself. */
const text = z.string().max(MAX_TEMPLATE_LENGTH)
export const jobValuesSchema: z.ZodType<JobValues> = z.strictObject({
  prompt: text,
  negativePrompt: text,
  model: cell,
  provider: cell,
  duration: cell,
  size: cell,
  resolution: cell,
  seed: cell,
})

export interface EditProblem {
  /** The value that is wrong; null: all together. */
  readonly field: keyof JobValues | null
  readonly message: string
  readonly mend: string
}

/** What an edit would come to. */
export interface EditCheck {
  /** Null: no price is known, or there are problems. */
  readonly estimate: Money | null
  readonly warnings: readonly Warning[]
  readonly problems: readonly EditProblem[]
}
