import { z } from 'zod'
import {
  PROMPT_KINDS,
  type InFolder,
  type PromptHistory,
  type PromptPlaces,
  type PromptView,
} from '../../domain/prompt.ts'
import type { Problem } from '../../domain/errors.ts'
import { idOf } from '../../domain/ids.ts'
import { defineRoute, gives, nothing, pageOf, searchText, someOf } from '../route.ts'
import type { Page } from '../../domain/views.ts'

export const promptIdSchema = idOf('prompt')

/** What came of a file with prompts. */
export interface PromptImport {
  readonly added: number
  /** Entries that were in the library before. */
  readonly known: number
  readonly problems: readonly Problem[]
}

const folder = z.string().trim().max(200)

export const promptRoutes = {
  /** Favourites first, then latest changed; with a text, those that have it in their name first. */
  'prompts.list': defineRoute(
    z.strictObject({
      text: searchText.optional(),
      kind: z.enum(PROMPT_KINDS).optional(),
      tag: z.string().max(100).optional(),
      /** That folder, and those in it. */
      folder: z.string().max(200).optional(),
      favourite: z.boolean().optional(),
      /** Only entries whose text another one has. */
      duplicates: z.boolean().optional(),
      ...pageOf(500),
    }),
    gives<Page<PromptView>>(),
  ),
  /** Versions, results and duplicates of an entry. */
  'prompts.history': defineRoute(z.strictObject({ id: promptIdSchema }), gives<PromptHistory>()),
  'prompts.places': defineRoute(nothing, gives<PromptPlaces>()),
  /** `id` null makes a new one. */
  'prompts.save': defineRoute(
    z.strictObject({
      id: promptIdSchema.nullable(),
      kind: z.enum(PROMPT_KINDS),
      name: z.string().trim().min(1).max(200),
      text: z.string().max(50_000),
      folder,
      tags: z.array(z.string().trim().min(1).max(100)).max(100),
      favourite: z.boolean(),
    }),
    gives<PromptView>(),
  ),
  'prompts.favourite': defineRoute(
    z.strictObject({ ids: someOf(promptIdSchema), favourite: z.boolean() }),
    gives<void>(),
  ),
  /** Gives where they lay before. */
  'prompts.move': defineRoute(
    z.strictObject({ ids: someOf(promptIdSchema), folder }),
    gives<readonly InFolder[]>(),
  ),
  /** A folder with all in it gets another path; '' takes the folder away. Gives where all of it lay before. */
  'prompts.moveFolder': defineRoute(
    z.strictObject({ from: folder.min(1), to: folder }),
    gives<readonly InFolder[]>(),
  ),
  /** `prompts.restore` brings them back until the app is closed. */
  'prompts.remove': defineRoute(z.strictObject({ ids: someOf(promptIdSchema) }), gives<void>()),
  'prompts.restore': defineRoute(z.strictObject({ ids: someOf(promptIdSchema) }), gives<void>()),
  /** Asks for a file by dialog; entries that are there already stay as they are. Null: it was closed. */
  'prompts.import': defineRoute(nothing, gives<PromptImport | null>()),
  /** The whole library. Asks where by dialog; false: the person closed it. */
  'prompts.export': defineRoute(
    z.strictObject({ kind: z.enum(['json', 'csv']) }),
    gives<boolean>(),
  ),
} as const
