import { create } from 'zustand'

import { evenFrames, type Frames } from './frames.ts'
import { stopShuttle } from './shuttle.ts'

/** In and out points, counted in frames; `out` is the frame behind the last one shown. */
export interface Marks {
  readonly in: number
  readonly out: number
}

/** The one video that plays; what drives it by key or button goes through here. */
interface PlayerState {
  readonly video: HTMLVideoElement | null
  readonly frames: Frames
  readonly marks: Marks | null
  /** Play again from the in point when the out point is reached. */
  readonly isLooping: boolean
  /** Chosen speed; J and L go faster from there. */
  readonly speed: number
  readonly attach: (video: HTMLVideoElement, frames: Frames) => () => void
  readonly change: (
    state: Partial<Pick<PlayerState, 'frames' | 'marks' | 'isLooping' | 'speed'>>,
  ) => void
}

export const usePlayer = create<PlayerState>()((set, get) => ({
  video: null,
  frames: evenFrames(0, 24),
  marks: null,
  isLooping: true,
  speed: 1,
  attach: (video, frames) => {
    set({ video, frames, marks: null })
    const stopLooping = loopBetweenMarks(video)
    const loopAgain = (): void => {
      video.loop = true
    }
    video.addEventListener('play', loopAgain)
    return () => {
      stopLooping()
      video.removeEventListener('play', loopAgain)
      stopShuttle()
      if (get().video === video) set({ video: null, marks: null })
      free(video)
    }
  },
  change: (state) => set(state),
}))

/** Frees the decoder at once instead of at the next garbage collection. */
export function free(video: HTMLVideoElement): void {
  video.pause()
  video.removeAttribute('src')
  video.load()
}

/** Looked at with each frame that is shown: the last one of the clip has its full time, the next none. */
function loopBetweenMarks(video: HTMLVideoElement): () => void {
  let request = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const shown = (_now: number, { mediaTime }: { readonly mediaTime: number }): void => {
    request = video.requestVideoFrameCallback(shown)
    const { marks, isLooping, frames } = usePlayer.getState()
    if (marks === null || !isLooping || video.paused) return
    const frame = frames.at(mediaTime)
    if (frame < marks.out - 1) return
    const left = frame >= marks.out ? 0 : frames.startOf(marks.out) - frames.startOf(frame)
    clearTimeout(timer)
    const back = (): void => {
      if (!video.paused) video.currentTime = frames.middleOf(marks.in)
    }
    timer = setTimeout(back, (left * 800) / video.playbackRate)
  }
  request = video.requestVideoFrameCallback(shown)
  return () => {
    clearTimeout(timer)
    video.cancelVideoFrameCallback(request)
  }
}

export const currentFrame = (): number => {
  const { video, frames } = usePlayer.getState()
  return video === null ? 0 : frames.at(video.currentTime)
}

/** Stands still on a frame. */
export function goToFrame(frame: number): void {
  const { video, frames } = usePlayer.getState()
  if (video === null) return
  stopShuttle()
  video.pause()
  // Seeking to the very end of a file that says it is shorter would go round to its first frame.
  video.loop = false
  video.currentTime = frames.middleOf(frame)
}

export const stepFrames = (count: number): void => goToFrame(currentFrame() + count)

/** The shown frame becomes the first of the clip; an out point before it goes. */
export function markIn(frame: number): Marks {
  const { marks, frames } = usePlayer.getState()
  const out = marks !== null && marks.out > frame ? marks.out : frames.count
  return { in: frame, out }
}

/** The shown frame becomes the last of the clip; an in point behind it goes. */
export function markOut(frame: number): Marks {
  const { marks } = usePlayer.getState()
  return { in: marks !== null && marks.in <= frame ? marks.in : 0, out: frame + 1 }
}

export function togglePlay(): void {
  const { video, speed, marks, frames, isLooping } = usePlayer.getState()
  if (video === null) return
  stopShuttle()
  video.playbackRate = speed
  if (!video.paused) return video.pause()
  if (marks !== null && isLooping) {
    const frame = frames.at(video.currentTime)
    if (frame < marks.in || frame >= marks.out - 1) video.currentTime = frames.middleOf(marks.in)
  }
  void video.play().catch(() => undefined)
}

/** How fast it plays from now on, and at the next start. */
export function setSpeed(speed: number): void {
  const { video, change } = usePlayer.getState()
  change({ speed })
  if (video !== null) video.playbackRate = speed
}
