import { z } from 'zod'
import { PROMPT_KINDS, type PromptId, type PromptView } from '../../domain/prompt.ts'
import { defineRoute, gives, nothing, pageOf, someOf } from '../route.ts'
import type { Page } from '../../domain/views.ts'

export const promptIdSchema = z.custom<PromptId>(
  (value) => typeof value === 'string' && /^prompt_[0-9A-Za-z]{4,40}$/.test(value),
  { error: 'must be a prompt id' },
)

export const promptRoutes = {
  /** Favourites first, then latest changed; with a text, best match first. */
  'prompts.list': defineRoute(
    z.strictObject({
      text: z.string().max(200).optional(),
      kind: z.enum(PROMPT_KINDS).optional(),
      tag: z.string().max(100).optional(),
      favourite: z.boolean().optional(),
      ...pageOf(500),
    }),
    gives<Page<PromptView>>(),
  ),
  'prompts.get': defineRoute(z.strictObject({ id: promptIdSchema }), gives<PromptView>()),
  'prompts.tags': defineRoute(nothing, gives<readonly { tag: string; prompts: number }[]>()),
  /** `id` null makes a new one. */
  'prompts.save': defineRoute(
    z.strictObject({
      id: promptIdSchema.nullable(),
      kind: z.enum(PROMPT_KINDS),
      name: z.string().trim().min(1).max(200),
      text: z.string().max(50_000),
      folder: z.string().trim().max(200),
      tags: z.array(z.string().trim().min(1).max(100)).max(100),
      favourite: z.boolean(),
    }),
    gives<PromptView>(),
  ),
  'prompts.favourite': defineRoute(
    z.strictObject({ ids: someOf(promptIdSchema), favourite: z.boolean() }),
    gives<void>(),
  ),
  /** `prompts.restore` brings them back until the app is closed. */
  'prompts.remove': defineRoute(z.strictObject({ ids: someOf(promptIdSchema) }), gives<void>()),
  'prompts.restore': defineRoute(z.strictObject({ ids: someOf(promptIdSchema) }), gives<void>()),
} as const
