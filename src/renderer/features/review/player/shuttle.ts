const SPEEDS = [1, 2, 4, 8]
let speed = 0
let reversing = 0

/** Lets go of the video; what plays goes on playing. */
export function stopShuttle(): void {
  cancelAnimationFrame(reversing)
  reversing = 0
  speed = 0
}

/** J K L: each press of J or L is one speed more, the other way brakes, K stops. */
export function shuttle(video: HTMLVideoElement | null, direction: -1 | 0 | 1): void {
  if (video === null) return
  const before = video.paused && speed > 0 ? 0 : speed
  stopShuttle()
  speed = nextSpeed(before, direction)
  if (speed === 0) return video.pause()
  if (speed > 0) {
    video.playbackRate = speed
    void video.play().catch(() => undefined)
  } else {
    video.pause()
    reverse(video, -speed)
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
function reverse(video: HTMLVideoElement, times: number): void {
  let last = performance.now()
  const tick = (now: number): void => {
    if (!video.seeking) {
      video.currentTime = Math.max(0, video.currentTime - ((now - last) / 1000) * times)
      last = now
    }
    if (video.currentTime > 0) reversing = requestAnimationFrame(tick)
    else speed = 0
  }
  reversing = requestAnimationFrame(tick)
}
