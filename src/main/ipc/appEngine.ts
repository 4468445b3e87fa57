import type { BatchPlan } from '../../shared/domain/batch.ts'
import type { Draft, DraftId, DraftRow, DraftRowId } from '../../shared/domain/draft.ts'
import type { DraftCheck, RowCheck, WirePreview } from '../../shared/domain/draftCheck.ts'
import type { Problem } from '../../shared/domain/errors.ts'
import type { ModelOption, ProviderOption } from '../../shared/domain/modelOption.ts'
import type { Result } from '../../shared/domain/result.ts'
import type { IpcError } from '../../shared/ipc/ipcError.ts'
import type { ModelStats } from '../../shared/ipc/reports.ts'
import type { Engine, Queries } from '../engine.ts'
import type { DraftStore } from '../library/draftStore.ts'
import type { FrameImport } from '../library/frameImport.ts'
import type { FrameLibrary } from '../library/frameLibrary.ts'
import type { PromptLibrary } from '../library/promptLibrary.ts'

/** What can be looked at, also beside another engine. */
export interface AppReads {
  readonly queries: Queries
  readonly drafts: DraftStore
  readonly frames: FrameLibrary
  readonly prompts: PromptLibrary
  readonly draftPlans: DraftPlans
  readonly models: () => readonly ModelOption[]
  readonly providers: () => readonly ProviderOption[]
  readonly modelStats: () => readonly ModelStats[]
  /** The file of a picture by its id or digest, or of its small copy; null when there is none. */
  readonly frameFile: (frame: string, part: 'thumb' | 'full') => StoredPicture | null
  close(): Promise<void>
}

export interface StoredPicture {
  readonly path: string
  readonly contentType: string
}

/** An engine of our own: everything can be changed. */
export interface AppEngine extends AppReads {
  readonly engine: Engine
  readonly frameImport: FrameImport
  readonly draftFiles: DraftFiles
}

/** From rows to what would be sent; the same path as a batch file's. */
export interface DraftPlans {
  /** Null: there is no such draft. */
  check(id: DraftId): Promise<DraftCheck | null>
  checkRows(id: DraftId, rowIds: readonly DraftRowId[]): Promise<readonly RowCheck[]>
  wire(id: DraftId, row: DraftRow): Promise<readonly WirePreview[]>
  plan(id: DraftId, how: RunHow): Promise<Result<DraftPlan, IpcError>>
}
export type RunHow = 'rehearse' | 'now' | 'tonight'
export interface DraftPlan {
  readonly plan: BatchPlan
  /** As in `DraftCheck`: of everything that would be sent. */
  readonly digest: string
}

export interface DraftFiles {
  /** Reads a batch file behind the rows of a draft, or into a new one. */
  read(
    path: string,
    into: DraftId | null,
  ): Promise<Result<DraftRead, { readonly code: string; readonly message: string }>>
  /** The draft as CSV, as `read` takes it. Null: there is no such draft. */
  csv(id: DraftId): string | null
}
export interface DraftRead {
  readonly draft: Draft
  readonly problems: readonly Problem[]
}
