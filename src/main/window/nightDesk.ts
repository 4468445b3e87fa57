import { err, ok } from '../../shared/domain/result.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { NightEnd } from '../../shared/domain/whenDone.ts'
import { ipcError } from '../../shared/ipc/ipcError.ts'
import type { AppEngine } from '../ipc/appEngine.ts'
import type { EngineHost } from '../ipc/engineHost.ts'
import type { NightsPort } from '../ipc/services.ts'
import { createNightWatch } from '../nights/nightWatch.ts'
import { createWhenDone, type SystemActs } from '../nights/whenDone.ts'
import type { WrittenReport } from '../nights/writeNightReport.ts'
import { nightLeft, nightText, nightTitle } from './sentences.ts'

export interface NightDeskOptions {
  readonly settings: () => Settings
  readonly host: EngineHost
  readonly acts: SystemActs
  /** A countdown or the last night changed. */
  readonly onChange: () => void
  readonly announce: (news: { readonly title: string; readonly body: string }) => void
  /** Stays in the window until it is dismissed. */
  readonly onTrouble: (message: string) => void
  /** Waits of ours, shortened by tests. */
  readonly after: (ms: number, fn: () => void) => () => void
}

/** The end of nights: report, notification, and what is to be done then. */
export interface NightDesk extends NightsPort {
  follow(opened: AppEngine): void
}

export function createNightDesk(options: NightDeskOptions): NightDesk {
  const { settings, host, acts, onChange, announce, onTrouble, after } = options
  let lastEnd: NightEnd | null = null
  const whenDone = createWhenDone({
    settings: () => settings().whenDone,
    acts,
    after,
    wallNow: Date.now,
    onChange,
    onTrouble,
  })
  const onEnded = async (opened: AppEngine): Promise<void> => {
    const written = await opened.nightReport(null)
    if (!written.ok) onTrouble(written.error)
    else if (settings().whenDone.action !== 'nothing') announce(newsOf(written.value))
    lastEnd = endOf(written.ok ? written.value : null)
    whenDone.nightEnded()
    onChange()
  }
  return {
    view: () => ({ countdown: whenDone.countdown(), lastEnd }),
    stopCountdown: () => whenDone.stop(),
    async writeReport() {
      const reads = host.reads()
      if (!reads.ok) return reads
      const written = await reads.value.nightReport(null)
      return written.ok
        ? ok(written.value.htmlPath)
        : err(ipcError('SYSTEM_REFUSED', written.error))
    },
    follow(opened) {
      const { queries } = opened.engine
      const watch = createNightWatch({
        isNightWork: (batchId) =>
          !settings().nights.isOn || queries.batch(batchId)?.tonight === true,
        isPaused: () => queries.tonight().paused,
        after,
        onEnded: () => void onEnded(opened),
        onWork: () => whenDone.stop(),
      })
      opened.engine.subscribe(watch)
    },
  }
}

const endOf = (written: WrittenReport | null): NightEnd => ({
  night: written?.report.night ?? '',
  at: Date.now(),
  reportPath: written?.htmlPath ?? null,
  words: written === null ? 'The night has ended' : nightTitle(written.report.counts),
  isDone: written !== null && nightLeft(written.report.counts) === 0,
})

const newsOf = ({ report }: WrittenReport) => ({
  title: nightTitle(report.counts),
  body: nightText(report),
})
