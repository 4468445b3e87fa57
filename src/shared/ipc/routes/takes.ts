import { z } from 'zod'
import { batchIdSchema, takeIdSchema } from '../../domain/ids.ts'
import { TAKE_FLAGS, type TakeView } from '../../domain/take.ts'
import { defineRoute, gives, pageOf, searchText, someOf } from '../route.ts'
import type { ModelStats, SpendRow } from '../reports.ts'
import type { DeletedTakes, Page, TakeCounts, TakeFacets, TrashSize } from '../../domain/views.ts'

/** Absent: of all. */
const ofProject = { project: z.string().max(200).optional() }
const takeFilter = z.strictObject({
  batchId: batchIdSchema.optional(),
  ...ofProject,
  model: z.string().max(100).optional(),
  flags: z.array(z.enum(TAKE_FLAGS)).optional(),
  minRating: z.int().min(0).max(5).optional(),
  unseen: z.boolean().optional(),
  tag: z.string().max(100).optional(),
  text: searchText.optional(),
  trashed: z.boolean().optional(),
})
const theseTakes = z.strictObject({ ids: someOf(takeIdSchema) })

/** Null: the whole trash. */
const inTrash = z.strictObject({ ids: someOf(takeIdSchema).nullable() })

export const takeRoutes = {
  'takes.list': defineRoute(
    z.strictObject({ filter: takeFilter, order: z.enum(['row', 'newest']), ...pageOf(500) }),
    gives<Page<TakeView>>(),
  ),
  'takes.counts': defineRoute(z.strictObject({ filter: takeFilter }), gives<TakeCounts>()),
  'takes.facets': defineRoute(z.strictObject({ filter: takeFilter }), gives<TakeFacets>()),
  'takes.get': defineRoute(z.strictObject({ takeId: takeIdSchema }), gives<TakeView>()),
  /** Those of them that there are, in the same order. */
  'takes.some': defineRoute(theseTakes, gives<readonly TakeView[]>()),
  'takes.update': defineRoute(
    z.strictObject({
      ids: someOf(takeIdSchema),
      patch: z.strictObject({
        rating: z.int().min(0).max(5).optional(),
        flag: z.enum(TAKE_FLAGS).optional(),
        tags: z.array(z.string().trim().min(1).max(100)).max(100).optional(),
        note: z.string().max(10_000).optional(),
        seen: z.boolean().optional(),
      }),
    }),
    gives<void>(),
  ),
  /** Hidden from Review; the file stays until the trash is emptied. */
  'takes.trash': defineRoute(theseTakes, gives<void>()),
  'takes.restore': defineRoute(theseTakes, gives<void>()),
  'takes.trashSize': defineRoute(inTrash, gives<TrashSize>()),
  /** Deletes their files for good, as far as they are in the trash. */
  'takes.delete': defineRoute(inTrash, gives<DeletedTakes>()),
  /** Opens the folder with the file selected. */
  'takes.showInFolder': defineRoute(z.strictObject({ takeId: takeIdSchema }), gives<void>()),

  'insights.spend': defineRoute(
    z.strictObject({
      by: z.enum(['day', 'provider', 'model', 'batch', 'project']),
      ...ofProject,
    }),
    gives<readonly SpendRow[]>(),
  ),
  'insights.models': defineRoute(z.strictObject(ofProject), gives<readonly ModelStats[]>()),
  /** Asks where, and writes a CSV of it. False: the person closed the dialog. */
  'insights.export': defineRoute(
    z.strictObject({
      what: z.enum(['models', 'templates', 'day', 'provider', 'model', 'batch', 'project']),
      ...ofProject,
    }),
    gives<boolean>(),
  ),
} as const
