import type { EngineState } from '../../shared/ipc/appInfo.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { ipcError, type IpcError } from '../../shared/ipc/ipcError.ts'
import type { OpenError } from '../engine.ts'
import type { AppEngine, AppReads } from './appEngine.ts'

export interface EngineHostOptions {
  readonly open: () => Promise<Result<AppEngine, OpenError>>
  /** For looking while another engine holds the data folder. */
  readonly openReader: () => Promise<Result<AppReads, { readonly message: string }>>
  /** An engine of our own runs: the work goes on by itself. */
  readonly onRunning: (engine: AppEngine) => void
  readonly onState: (state: EngineState) => void
}

/** Holds the engine for the window: opening, running, beside another one, or failed. */
export interface EngineHost {
  state(): EngineState
  /** Opens it, or tries again. Does nothing while it runs or is being opened. */
  open(): Promise<EngineState>
  /** For requests that only look. */
  reads(): Result<AppReads, IpcError>
  /** For requests that change something. */
  works(): Result<AppEngine, IpcError>
  close(): Promise<void>
}

export function createEngineHost(options: EngineHostOptions): EngineHost {
  let state: EngineState = { kind: 'opening' }
  let engine: AppEngine | null = null
  let reader: AppReads | null = null
  let opening: Promise<EngineState> | null = null

  const become = (next: EngineState): EngineState => {
    state = next
    options.onState(next)
    return next
  }
  const openOnce = async (): Promise<EngineState> => {
    const opened = await options.open()
    if (opened.ok) {
      await reader?.close()
      reader = null
      engine = opened.value
      options.onRunning(engine)
      return become({ kind: 'running' })
    }
    if (opened.error.code !== 'heldByOther') return become({ kind: 'failed', ...opened.error })
    const looking = reader === null ? await options.openReader() : ok(reader)
    if (!looking.ok) return become({ kind: 'failed', ...opened.error })
    reader = looking.value
    return become({ kind: 'readOnly', message: opened.error.message })
  }
  const refused = (): IpcError => {
    if (state.kind === 'readOnly') return ipcError('ENGINE_HELD', state.message)
    if (state.kind === 'failed') return ipcError('ENGINE_CLOSED', state.message)
    return ipcError('ENGINE_CLOSED', 'The engine is still being opened. Try again in a moment.')
  }
  return {
    state: () => state,
    open() {
      if (engine !== null) return Promise.resolve(state)
      opening ??= openOnce().finally(() => (opening = null))
      return opening
    },
    reads: () => {
      const looking = engine ?? reader
      return looking === null ? err(refused()) : ok(looking)
    },
    works: () => (engine === null ? err(refused()) : ok(engine)),
    async close() {
      await opening?.catch(() => undefined)
      await Promise.all([engine?.close(), reader?.close()])
      engine = null
      reader = null
    },
  }
}
