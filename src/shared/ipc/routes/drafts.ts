import { z } from 'zod'
import {
  draftHeadSchema,
  draftIdSchema,
  draftRowIdSchema,
  draftRowSchema,
} from '../../domain/draftSchema.ts'
import { SHEET_KINDS } from '../../domain/batchImport.ts'
import { defineRoute, gives, nothing, pageOf } from '../route.ts'
import type { Admitted } from '../reports.ts'
import type { Draft, DraftRow } from '../../domain/draft.ts'
import type { DraftCheck, RowCheck, TemplatePreview, WirePreview } from '../../domain/draftCheck.ts'
import type { AskedPrices } from '../../domain/priceAsked.ts'
import type { Page } from '../../domain/views.ts'

const aDraft = z.strictObject({ draftId: draftIdSchema })

export const draftRoutes = {
  /** Latest first. */
  'drafts.list': defineRoute(nothing, gives<readonly Draft[]>()),
  'drafts.get': defineRoute(aDraft, gives<Draft>()),
  /** Rows in order. */
  'drafts.rows': defineRoute(
    z.strictObject({ draftId: draftIdSchema, ...pageOf(2000) }),
    gives<Page<DraftRow>>(),
  ),
  'drafts.create': defineRoute(
    z.strictObject({ name: z.string().trim().min(1).max(200) }),
    gives<Draft>(),
  ),
  /** Autosave. `head` replaces what it names; `put` adds or replaces whole rows; the last write wins. */
  'drafts.save': defineRoute(
    z.strictObject({
      draftId: draftIdSchema,
      head: draftHeadSchema.partial(),
      put: z.array(draftRowSchema).max(2000),
      remove: z.array(draftRowIdSchema).max(20_000),
    }),
    gives<Draft>(),
  ),
  'drafts.duplicate': defineRoute(aDraft, gives<Draft>()),
  /** `drafts.restore` brings it back until the app is closed. */
  'drafts.remove': defineRoute(aDraft, gives<void>()),
  'drafts.restore': defineRoute(aDraft, gives<Draft>()),

  /** As a batch file. Asks where by dialog; false: the person closed it. */
  'drafts.export': defineRoute(
    z.strictObject({ draftId: draftIdSchema, kind: z.enum(SHEET_KINDS) }),
    gives<boolean>(),
  ),

  /** The whole draft as saved; rows that did not change since the last check cost nothing. */
  'drafts.check': defineRoute(aDraft, gives<DraftCheck>()),
  /** The rows on screen. Unknown ids are left out. */
  'drafts.checkRows': defineRoute(
    z.strictObject({ draftId: draftIdSchema, rowIds: z.array(draftRowIdSchema).max(500) }),
    gives<readonly RowCheck[]>(),
  ),
  /** What will be sent for a row as it stands on screen, saved or not: one entry per model. */
  'drafts.wire': defineRoute(
    z.strictObject({ draftId: draftIdSchema, row: draftRowSchema }),
    gives<readonly WirePreview[]>(),
  ),
  /** What the template of a row makes, as it stands on screen: counted whole, made page by page. */
  'drafts.expand': defineRoute(
    z.strictObject({
      draftId: draftIdSchema,
      row: draftRowSchema,
      from: z.int().min(0).max(1_000_000),
      limit: z.int().min(1).max(500),
    }),
    gives<TemplatePreview>(),
  ),
  /** Asks providers that say prices what the draft's kinds of jobs cost, once each; buys nothing. */
  'drafts.askPrices': defineRoute(aDraft, gives<AskedPrices>()),
  /**
   * Admits the draft as one batch, all or nothing. `confirmed` is the digest of the check that the
   * person saw; when the draft has moved on since, DRAFT_CHANGED. Rehearsal needs none.
   */
  'drafts.run': defineRoute(
    z.strictObject({
      draftId: draftIdSchema,
      how: z.enum(['rehearse', 'now', 'tonight']),
      confirmed: z.string().max(200).nullable(),
      /** Run although the same batch is still unfinished. */
      again: z.boolean(),
    }),
    gives<Admitted>(),
  ),
} as const
