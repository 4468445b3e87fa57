import { z } from 'zod'

/** A request that the page may make: what goes in is parsed, what comes out is typed. */
export interface Route<Input extends z.ZodType = z.ZodType, Output = unknown> {
  readonly input: Input
  /** Carries the type alone; there is no value. */
  readonly output: Output | undefined
}

/** For the second argument of `defineRoute`: names the type that the handler gives; no example is needed. */
export const gives = <Output>(example?: Output): Output | undefined => example

export function defineRoute<Input extends z.ZodType, Output>(
  input: Input,
  output: Output | undefined,
): Route<Input, Output> {
  return { input, output }
}

/** The route takes nothing. */
export const nothing = z.undefined()

/** A page by keyset: `after` is the `next` of the page before, null for the first. */
export const pageOf = (most: number) => ({
  after: z.string().max(500).nullable(),
  limit: z.int().min(1).max(most),
})

/** What is looked for; of a long text that was pasted, its beginning. */
export const searchText = z.string().transform((text) => text.slice(0, 200))

/** Ids of one call; more than a screen of them are named by a filter, not one by one. */
export const someOf = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(2000)
