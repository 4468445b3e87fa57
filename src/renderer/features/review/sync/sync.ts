import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Frames } from '../player/frames.ts'

/** One of the videos that go in step. */
export interface Member {
  readonly video: HTMLVideoElement
  readonly frames: Frames
}

export interface SyncState {
  /** Seconds since the beginning, the same for all. */
  readonly time: number
  /** Of the longest. */
  readonly length: number
  readonly isPlaying: boolean
}

/** Half a frame at 60 a second: less cannot be seen. */
const CLOSE_ENOUGH = 0.008
/** Beyond this a faster or slower run would take too long: it is fetched back. */
const LOST = 0.25
/** Share of its speed that a video is sped up or slowed down by to come back in step. */
const NUDGE = 0.08

const endOf = ({ frames }: Member): number => frames.startOf(frames.count)

const isAtLast = ({ frames }: Member, time: number): boolean => frames.at(time) >= frames.count - 1

/** Several videos that run, stand and step as one, whatever their rates and lengths. */
export class Sync {
  readonly store: StoreApi<SyncState> = createStore<SyncState>(() => ({
    time: 0,
    length: 0,
    isPlaying: false,
  }))
  readonly #members = new Map<string, Member>()
  #request = 0

  /** Gives its removal. */
  add(key: string, member: Member): () => void {
    this.#members.set(key, member)
    const { isPlaying, time } = this.store.getState()
    this.#measure()
    member.video.currentTime = member.frames.middleOf(member.frames.at(time))
    if (isPlaying) this.#run()
    return () => {
      if (this.#members.get(key) === member) this.#members.delete(key)
      this.#measure()
      if (this.#members.size === 0) cancelAnimationFrame(this.#request)
    }
  }

  readonly toggle = (): void => (this.store.getState().isPlaying ? this.pause() : this.#run())

  pause(): void {
    cancelAnimationFrame(this.#request)
    for (const { video } of this.#members.values()) video.pause()
    this.store.setState({ isPlaying: false })
    this.#stand(this.store.getState().time)
  }

  /** All go to the frame that each shows when the leader shows its next one. */
  step(count: number, leader: string): void {
    this.pause()
    const { time } = this.store.getState()
    const chosen = this.#members.get(leader)
    const isOver = chosen === undefined || (count > 0 && isAtLast(chosen, time))
    const lead = isOver ? this.#longest() : chosen
    if (lead !== undefined) this.#stand(lead.frames.middleOf(lead.frames.at(time) + count))
  }

  seek(seconds: number): void {
    this.pause()
    this.#stand(seconds)
  }

  #measure(): void {
    this.store.setState({ length: Math.max(0, ...[...this.#members.values()].map(endOf)) })
  }

  #longest(): Member | undefined {
    return [...this.#members.values()].toSorted((a, b) => endOf(b) - endOf(a))[0]
  }

  #stand(seconds: number): void {
    const time = Math.max(0, Math.min(this.store.getState().length, seconds))
    this.store.setState({ time })
    for (const { video, frames } of this.#members.values()) {
      video.currentTime = frames.middleOf(frames.at(time))
    }
  }

  #run(): void {
    const { time } = this.store.getState()
    for (const member of this.#members.values()) {
      member.video.playbackRate = 1
      if (time < endOf(member)) void member.video.play().catch(() => undefined)
    }
    this.store.setState({ isPlaying: true })
    cancelAnimationFrame(this.#request)
    this.#request = requestAnimationFrame(this.#follow)
  }

  /** The longest is the clock; the end of it is the beginning of all. */
  readonly #follow = (): void => {
    const clock = this.#longest()
    if (clock === undefined) return
    this.#request = requestAnimationFrame(this.#follow)
    if ([...this.#members.values()].some(({ video }) => video.seeking)) return
    if (clock.video.ended) this.#stand(0)
    if (clock.video.paused || clock.video.ended) return this.#run()
    const { currentTime: time } = clock.video
    this.store.setState({ time })
    for (const member of this.#members.values()) if (member !== clock) keepUp(member, time)
  }
}

function keepUp(member: Member, time: number): void {
  const { video } = member
  if (time >= endOf(member) || video.paused) return
  const behind = time - video.currentTime
  if (Math.abs(behind) > LOST) video.currentTime = time
  video.playbackRate = 1 + (Math.abs(behind) < CLOSE_ENOUGH ? 0 : Math.sign(behind) * NUDGE)
}
