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
  revision: number
  lastSentAt: number
  read: (() => unknown) | null
  callOff: (() => void) | null
  /** What was sent last, as JSON; null: whatever is read next leaves. */
  sent: string | null
  isState: boolean
}

/** What changed in one turn leaves together right after it, the next when the gap is over. */
export function createPublisher({ send, now, schedule, report }: PublishOptions): Publisher {
  const channels = new Map<EventName, Channel>()
  const channelOf = (name: EventName): Channel => {
    const known = channels.get(name)
    if (known !== undefined) return known
    const made: Channel = {
      revision: 0,
      lastSentAt: -Infinity,
      read: null,
      callOff: null,
      sent: null,
      isState: false,
    }
    channels.set(name, made)
    return made
  }
  const leave = (name: EventName, channel: Channel): void => {
    const { read } = channel
    channel.read = null
    channel.callOff = null
    if (read === null) return
    channel.lastSentAt = now()
    try {
      const data = read()
      const sent = channel.isState ? JSON.stringify(data) : null
      if (sent !== null && sent === channel.sent) return
      channel.sent = sent
      send(name, { revision: (channel.revision += 1), data })
    } catch (error) {
      report(error, name)
    }
  }
  const plan = (channel: Channel, name: EventName, read: () => unknown): void => {
    channel.read = read
    if (channel.callOff !== null) return
    const waitMs = channel.lastSentAt + EVENT_GAP_MS - now()
    channel.callOff = schedule(() => leave(name, channel), Math.max(0, waitMs))
  }
  return {
    changed: (name, read) => plan(channelOf(name), name, read),
    mayHaveChanged(name, read) {
      const channel = channelOf(name)
      channel.isState = true
      plan(channel, name, read)
    },
    said(name, data) {
      const channel = channelOf(name)
      send(name, { revision: (channel.revision += 1), data })
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

export interface PatchBuffer<T> {
  add(row: T): void
  /** What came since the last time: the newest state of each row. */
  take(): Patches<T>
}

/** Collects changed rows between two events: the last state of each, and not more than a page shows. */
export function createPatchBuffer<T extends { readonly id: string }>(): PatchBuffer<T> {
  let rows = new Map<string, T>()
  let more = false
  return {
    add(row) {
      if (rows.size < PATCH_ROWS || rows.has(row.id)) rows.set(row.id, row)
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
