import type { FramesComing } from '../domain/referenceFrame.ts'
import type { Asks } from '../domain/asks.ts'
import type { AppInfo } from './appInfo.ts'
import type { BatchView } from '../domain/batch.ts'
import type { CommandId } from './commands.ts'
import type { ExportView } from '../domain/export.ts'
import type { ImportProgress } from '../domain/batchImport.ts'
import type { JobView, Needs } from '../domain/job.ts'
import type { LaneView, TonightView } from '../domain/views.ts'
import type { Settings } from '../domain/settings.ts'
import type { TakeView } from '../domain/take.ts'
import type { NightsView } from '../domain/whenDone.ts'

/** Rows that changed, each with its own revision. `more`: others did too; read the visible page again. */
export interface Patches<T> {
  readonly rows: readonly T[]
  readonly more: boolean
}

/** Rows in one patch at most; beyond that the page reads what it shows. */
export const PATCH_ROWS = 200

/**
 * What main tells the page, each at most 4 times a second. Built by main and not parsed. The
 * `revision` beside each payload grows with every event of that name: ignore an older one.
 */
export interface Events {
  'app.changed': AppInfo
  'settings.changed': Settings
  /** Keys, base URLs, limits or what a test said. */
  'providers.changed': null
  'tonight.changed': TonightView
  'batches.changed': Patches<BatchView>
  'jobs.changed': Patches<JobView>
  'lanes.changed': readonly LaneView[]
  'asks.changed': Asks
  'needsYou.changed': Needs
  'takes.changed': Patches<TakeView>
  'frames.changed': null
  'imports.changed': ImportProgress
  /** How far pictures are that are being brought in; null: none are. */
  'frames.coming': FramesComing | null
  'nights.changed': NightsView
  /** As `exports.list` gives them. */
  'exports.changed': readonly ExportView[]
  'prompts.changed': null
  /** The app was opened with files; `imports.waiting` has them. */
  'files.handed': null
  /** A menu or the tray asks for a command; never coalesced. */
  'command.chosen': CommandId
}
export type EventName = keyof Events

export interface EventEnvelope<E extends EventName = EventName> {
  readonly revision: number
  readonly data: Events[E]
}
