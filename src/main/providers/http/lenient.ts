import { z } from 'zod'

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

/** Ids are opaque texts. A number in their place is none: a create with such an answer is looked up, not believed. */
export const idSchema = z.string().min(1)
