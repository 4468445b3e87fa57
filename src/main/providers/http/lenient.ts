import { z } from 'zod'
import { MOST_UNITS } from '../../../shared/domain/money.ts'

/** An answer's field that may be absent, null or of another type: then it is undefined. */
export const soft = <T extends z.ZodType>(schema: T) =>
  schema
    .nullish()
    .catch(undefined)
    .transform((value) => value ?? undefined)

/** A number, also when it comes as digits in a text. */
export const softNumber = soft(
  z.union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ]),
)

/** What a provider says that something costs. Less than nothing would make room under caps: it is no bill. */
export const amountSchema = z.number().min(0).max(MOST_UNITS)
export const softAmount = softNumber.transform((amount) => amountSchema.safeParse(amount).data)

/** Ids are opaque texts. A number in their place is none: a create with such an answer is looked up, not believed. */
export const idSchema = z.string().min(1)
