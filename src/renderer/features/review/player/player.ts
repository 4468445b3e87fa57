import { create } from 'zustand'

/** The one video that plays; what drives it by key or button goes through here. */
interface PlayerState {
  readonly video: HTMLVideoElement | null
  readonly fps: number
  readonly attach: (video: HTMLVideoElement, fps: number) => () => void
}

export const usePlayer = create<PlayerState>()((set, get) => ({
  video: null,
  fps: 24,
  attach: (video, fps) => {
    set({ video, fps })
    return () => {
      if (get().video === video) set({ video: null })
      // Frees the decoder at once instead of at the next garbage collection.
      video.pause()
      video.removeAttribute('src')
      video.load()
    }
  },
}))

/** Half a frame inside, so that rounding never shows the neighbour. */
export const frameTime = (frame: number, fps: number): number => (frame + 0.5) / fps

export function frameAt(seconds: number, fps: number): number {
  return Math.floor(seconds * fps + 1e-3)
}

export function stepFrames(count: number): void {
  const { video, fps } = usePlayer.getState()
  if (video === null) return
  video.pause()
  // Not known before the head of the file was read; a step made until then is kept for later.
  const length = Number.isFinite(video.duration) ? video.duration : Infinity
  const last = Math.max(0, Math.round(length * fps) - 1)
  const next = Math.max(0, Math.min(last, frameAt(video.currentTime, fps) + count))
  video.currentTime = frameTime(next, fps)
}

export function seek(seconds: number): void {
  const { video } = usePlayer.getState()
  if (video !== null) video.currentTime = seconds
}

const SPEEDS = [1, 2, 4, 8]
let shuttleSpeed = 0
let reversing = 0

function stopReverse(): void {
  cancelAnimationFrame(reversing)
  reversing = 0
}

/** J K L: each press of J or L is one speed more, the other way brakes, K stops. */
export function shuttle(direction: -1 | 0 | 1): void {
  const { video } = usePlayer.getState()
  if (video === null) return
  stopReverse()
  shuttleSpeed = nextSpeed(video.paused && shuttleSpeed > 0 ? 0 : shuttleSpeed, direction)
  if (shuttleSpeed === 0) return video.pause()
  if (shuttleSpeed > 0) {
    video.playbackRate = shuttleSpeed
    void video.play().catch(() => undefined)
  } else {
    video.pause()
    reverse(video, -shuttleSpeed)
  }
}

export function nextSpeed(now: number, direction: -1 | 0 | 1): number {
  if (direction === 0) return 0
  const isSameWay = now * direction > 0
  if (!isSameWay) return direction
  const at = SPEEDS.indexOf(Math.abs(now))
  return direction * (SPEEDS[Math.min(at + 1, SPEEDS.length - 1)] ?? 1)
}

/** Browsers play forwards only: backwards is seeking, as fast as frames come. */
function reverse(video: HTMLVideoElement, speed: number): void {
  let last = performance.now()
  const tick = (now: number): void => {
    if (!video.seeking) {
      video.currentTime = Math.max(0, video.currentTime - ((now - last) / 1000) * speed)
      last = now
    }
    if (video.currentTime > 0) reversing = requestAnimationFrame(tick)
  }
  reversing = requestAnimationFrame(tick)
}

export function togglePlay(): void {
  const { video } = usePlayer.getState()
  if (video === null) return
  stopReverse()
  shuttleSpeed = 0
  video.playbackRate = 1
  if (video.paused) void video.play().catch(() => undefined)
  else video.pause()
}
