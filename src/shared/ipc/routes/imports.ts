import { z } from 'zod'
import { DELIMITERS, ENCODINGS, type ImportPreview } from '../../domain/batchImport.ts'
import { draftIdSchema } from '../../domain/draftSchema.ts'
import type { Draft } from '../../domain/draft.ts'
import type { Problem } from '../../domain/errors.ts'
import type { DroppedFile } from '../api.ts'
import { defineRoute, gives, nothing } from '../route.ts'

/** What came of reading a batch file into a draft: it holds all that could be read. */
export interface DraftImport {
  readonly draft: Draft
  readonly problems: readonly Problem[]
}

/** A file that main keeps the path of (see `IpcApi.drop`). */
const dropId = z.string().max(100)
const reading = z.strictObject({
  sheet: z.string().max(500).nullable(),
  encoding: z.enum(ENCODINGS).nullable(),
  delimiter: z.enum(DELIMITERS).nullable(),
  headerRow: z.int().min(0).max(100_000).nullable(),
})

export const importRoutes = {
  /** Asks for a batch file by dialog. Null: the person closed it. */
  'imports.choose': defineRoute(nothing, gives<DroppedFile | null>()),
  /** Batch files that the app was started with, or handed over later; each is told once. */
  'imports.waiting': defineRoute(nothing, gives<readonly DroppedFile[]>()),
  /** A batch file as it would come in; changes nothing. */
  'imports.preview': defineRoute(z.strictObject({ dropId, reading }), gives<ImportPreview>()),
  /** `imports.changed` tells how far it is. Into a new draft, or behind the rows of one. One target for each column of the preview. */
  'imports.bring': defineRoute(
    z.strictObject({
      dropId,
      reading,
      columns: z.array(z.string().max(200).nullable()).max(1000),
      into: draftIdSchema.nullable(),
    }),
    gives<DraftImport>(),
  ),
  /** Whatever is being done with the file ends; nothing of it stays. */
  'imports.stop': defineRoute(z.strictObject({ dropId }), gives<void>()),
} as const
