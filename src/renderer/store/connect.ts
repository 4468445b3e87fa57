import type { AppInfo } from '../../shared/ipc/appInfo.ts'
import type { EventName, Events } from '../../shared/ipc/events.ts'
import { ask, listen } from '../ipc/client.ts'
import { runCommand } from '../commands/registry.ts'
import { useExports } from './exportStore.ts'
import { importHanded, importWentOn } from './importStore.ts'
import { useStore } from './store.ts'
import { useView } from './viewStore.ts'

/** Listens first and asks then, so that nothing falls between; an answer never overwrites an event. */
export function connect(): () => void {
  const store = useStore.getState()
  const heard = new Map<EventName, number>()
  const ends: (() => void)[] = []

  const on = <E extends EventName>(event: E, arrived: (data: Events[E]) => void): void => {
    ends.push(
      listen(event, ({ revision, data }) => {
        if (revision < (heard.get(event) ?? 0)) return
        heard.set(event, revision)
        arrived(data)
      }),
    )
  }

  on('app.changed', infoArrived)
  on('settings.changed', store.settingsArrived)
  on('providers.changed', store.providersChanged)
  on('tonight.changed', (tonight) => {
    store.tonightArrived(tonight)
    store.workWentOn()
  })
  on('nights.changed', store.nightsArrived)
  on('batches.changed', store.batchesArrived)
  on('lanes.changed', store.lanesArrived)
  on('needsYou.changed', store.needsArrived)
  on('asks.changed', store.asksArrived)
  on('takes.changed', store.takesArrived)
  on('command.chosen', runCommand)
  on('imports.changed', importWentOn)
  on('files.handed', () => void importHanded())

  const save = (): void => void useStore.getState().saveDraft()
  window.addEventListener('pagehide', save)
  window.addEventListener('blur', save)
  ends.push(
    () => window.removeEventListener('pagehide', save),
    () => window.removeEventListener('blur', save),
  )

  void readAll(heard)
  return () => {
    for (const end of ends) end()
  }
}

/** What the window itself keeps, before anything is drawn that depends on it. */
function restoreKept(): void {
  for (const { persist } of [useView, useExports]) {
    if (!persist.hasHydrated()) void persist.rehydrate()
  }
}

function infoArrived(info: AppInfo): void {
  if (info.engine.kind !== 'opening') restoreKept()
  useStore.getState().infoArrived(info)
}

async function readAll(heard: ReadonlyMap<EventName, number>): Promise<void> {
  const store = useStore.getState()
  const [info, settings, nights] = await Promise.all([
    ask('app.info'),
    ask('settings.get'),
    ask('nights.state'),
  ])
  if (info.ok && !heard.has('app.changed')) infoArrived(info.data)
  if (nights.ok && !heard.has('nights.changed')) store.nightsArrived(nights.data)
  if (settings.ok && !heard.has('settings.changed')) store.settingsArrived(settings.data)
}

/** What needs an open database: asked for again whenever the engine came up. */
export async function readEngine(): Promise<void> {
  const store = useStore.getState()
  void store.readBatches()
  void store.readCatalogue()
  store.workWentOn()
  const [tonight, lanes, needs, asks] = await Promise.all([
    ask('queue.tonight'),
    ask('queue.lanes'),
    ask('queue.needsYou'),
    ask('queue.asks'),
  ])
  if (tonight.ok) store.tonightArrived(tonight.data)
  if (asks.ok) store.asksArrived(asks.data)
  if (lanes.ok) store.lanesArrived(lanes.data)
  if (needs.ok) store.needsArrived(needs.data)
  void importHanded()
}
