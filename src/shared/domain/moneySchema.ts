import { z } from 'zod'
import type { Money } from './money.ts'

export const moneySchema: z.ZodType<Money> = z.object({
  micros: z.int().nonnegative(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  estimated: z.boolean(),
})
