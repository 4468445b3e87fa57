import type { Draft, DraftId } from '../../shared/domain/draft.ts'
import type { PlannedJob } from '../../shared/domain/job.ts'
import type { AskedPrices } from '../../shared/domain/priceAsked.ts'
import type { JobId, ModelId } from '../../shared/domain/ids.ts'
import type { Arena } from '../review/arena/arena.ts'
import type { JobError } from '../../shared/domain/errors.ts'
import type { Result } from '../../shared/domain/result.ts'
import type { TakeView } from '../../shared/domain/take.ts'
import type { CatalogueView, ProviderAsked } from '../../shared/domain/catalogueView.ts'
import type { ModelOption } from '../../shared/domain/modelOption.ts'
import type { ModelStats } from '../../shared/ipc/reports.ts'
import type { Engine, Queries } from '../engine.ts'
import type { ClipStore } from '../review/clipStore.ts'
import type { SheetText } from '../library/batchFile/writeSheet.ts'
import type { ProviderBook } from './providerBook.ts'
import type { DraftFiles } from '../library/drafts/draftFiles.ts'
import type { TakesToDraft } from '../library/drafts/draftFromTakes.ts'
import type { DraftPlans } from '../library/drafts/draftPlans.ts'
import type { DraftStore } from '../library/draftStore.ts'
import type { ExportService } from '../review/export/exportService.ts'
import type { Handoff } from '../review/handoff/handoff.ts'
import type { FrameImport } from '../library/frameImport.ts'
import type { JobEdits } from '../library/jobEdits.ts'
import type { FrameCopies } from '../library/frameCopies.ts'
import type { FrameLibrary } from '../library/frameLibrary.ts'
import type { WrittenReport } from '../nights/writeNightReport.ts'
import type { PromptLibrary } from '../library/promptLibrary.ts'

/** What can be looked at, also beside another engine. */
export interface AppReads {
  readonly queries: Queries
  readonly drafts: DraftStore
  readonly frames: FrameLibrary
  readonly prompts: PromptLibrary
  readonly clips: ClipStore
  readonly draftPlans: DraftPlans
  /** The draft as a batch file. Null: there is no such draft. */
  readonly draftSheet: (id: DraftId) => SheetText | null
  readonly models: () => readonly ModelOption[]
  readonly book: ProviderBook
  readonly arena: Arena
  readonly modelFiles: ModelFiles
  readonly modelStats: (project?: string) => readonly ModelStats[]
  /** When each frame of a video file is shown, seconds. */
  readonly frameTimes: (path: string) => Promise<Result<readonly number[], JobError>>
  readonly soundPeaks: (take: TakeView) => Promise<Result<readonly number[], JobError>>
  readonly frameCopies: FrameCopies
  /** Writes the report of a night to the folder of takes; null: the one that is now, or ended last. */
  readonly nightReport: (night: string | null) => Promise<Result<WrittenReport, string>>
  close(): Promise<void>
}

/** The catalogue's files, the app's and the person's. */
export interface ModelFiles {
  view(): CatalogueView
  reload(): Promise<void>
  /** Asks every provider that has a list, and whose key is here, what it offers. Costs nothing. */
  askProviders(): Promise<readonly ProviderAsked[]>
  /** The same of those that were not asked within a day. */
  askDueProviders(): Promise<readonly ProviderAsked[]>
  /** Begins a file of the person's own prices. Its path; null: there is no such model. */
  startPrices(model: ModelId): Promise<string | null>
}

/** An engine of our own: everything can be changed. `close` stops it. */
export interface AppEngine extends AppReads {
  readonly engine: Engine
  readonly frameImport: FrameImport
  readonly draftFiles: DraftFiles
  readonly exports: ExportService
  readonly handoff: Handoff
  readonly jobEdits: JobEdits
  /** The wire's name of a job's seed; null where its route takes none. */
  readonly seedFieldOf: (id: JobId) => string | null
  /** What providers say that kinds of jobs cost; free. What a question bought all the same goes into the queue. */
  readonly askPrices: (jobs: readonly PlannedJob[]) => Promise<AskedPrices>
  /** Null: none of the requests is known. */
  readonly draftFromTakes: (wish: TakesToDraft) => Promise<Draft | null>
}
