import { PATCH_ROWS, type EventName, type Events, type Patches } from '../../shared/ipc/events.ts'

/** At most one event of a name in this time: 4 a second. */
export const EVENT_GAP_MS = 250

export interface PublishOptions {
  /** Hands one event to the window; a window that is not there loses it, and reads afresh when it opens. */
  readonly send: (name: EventName, event: { revision: number; data: unknown }) => void
  readonly now: () => number
  /** Calls back once after that time; returns what calls it off. */
  readonly schedule: (run: () => void, afterMs: number) => () => void
  /** Told when reading the state for an event failed. */
  readonly report: (error: unknown, name: EventName) => void
}

export interface Publisher {
  /** Something changed: `read` is asked for it when the event leaves, so several changes are one event. */
  changed<E extends EventName>(name: E, read: () => Events[E]): void
  /** The same for a whole state: when it is as it was sent before, nothing leaves. */
  mayHaveChanged<E extends EventName>(name: E, read: () => Events[E]): void
  /** Leaves at once and alone. For what is said once, such as a chosen command. */
  said<E extends EventName>(name: E, data: Events[E]): void
  /** Calls off what has not left yet. */
  close(): void
}

interface Channel {
  readonly name: EventName
  revision: number
  lastSentAt: number
  read: (() => unknown) | null
  callOff: (() => void) | null
  /** What was sent last, as JSON; null: whatever is read next leaves. */
  sent: string | null
}

/** What changed in one turn leaves together right after it, the next when the gap is over. */
export function createPublisher(options: PublishOptions): Publisher {
  const channels = new Map<EventName, Channel>()
  const channelOf = (name: EventName): Channel => {
    const known = channels.get(name)
    if (known !== undefined) return known
    const start = { revision: 0, lastSentAt: -Infinity, read: null, callOff: null, sent: null }
    const made: Channel = { name, ...start }
    channels.set(name, made)
    return made
  }
  const plan = (channel: Channel, read: () => unknown): void => {
    channel.read = read
    if (channel.callOff !== null) return
    const waitMs = channel.lastSentAt + EVENT_GAP_MS - options.now()
    channel.callOff = options.schedule(() => leave(options, channel), Math.max(0, waitMs))
  }
  return {
    changed(name, read) {
      const channel = channelOf(name)
      channel.sent = null
      plan(channel, read)
    },
    mayHaveChanged: (name, read) => plan(channelOf(name), read),
    said(name, data) {
      const channel = channelOf(name)
      options.send(name, { revision: (channel.revision += 1), data })
    },
    close() {
      for (const channel of channels.values()) {
        channel.callOff?.()
        channel.read = null
        channel.callOff = null
      }
    },
  }
}

function leave({ send, now, report }: PublishOptions, channel: Channel): void {
  const { read, name } = channel
  channel.read = null
  channel.callOff = null
  if (read === null) return
  channel.lastSentAt = now()
  try {
    const data = read()
    const sent = JSON.stringify(data)
    if (sent === channel.sent) return
    channel.sent = sent
    send(name, { revision: (channel.revision += 1), data })
  } catch (error) {
    report(error, name)
  }
}

export interface PatchBuffer<T> {
  add(row: T): void
  /** What came since the last time: the newest state of each row. */
  take(): Patches<T>
}

/** Collects changed rows between two events: the newest state of each, and not more than a page shows. */
export function createPatchBuffer<
  T extends { readonly id: string; readonly revision: number },
>(): PatchBuffer<T> {
  let rows = new Map<string, T>()
  let more = false
  return {
    add(row) {
      const old = rows.get(row.id)
      // How far a file is comes with the row as it was when its download began.
      if (old !== undefined && old.revision > row.revision) return
      if (rows.size < PATCH_ROWS || old !== undefined) rows.set(row.id, row)
      else more = true
    },
    take() {
      const patches = { rows: [...rows.values()], more }
      rows = new Map()
      more = false
      return patches
    },
  }
}
