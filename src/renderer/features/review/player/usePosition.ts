import { useEffect, useState } from 'react'

import { usePlayer } from './player.ts'

interface Position {
  readonly frame: number
  readonly rate: number
}

/** Follows the video frame by frame while it plays, and its seeks while it stands. */
export function usePosition(): Position {
  const video = usePlayer((player) => player.video)
  const frames = usePlayer((player) => player.frames)
  const [position, setPosition] = useState<Position>({ frame: 0, rate: 1 })
  useEffect(() => {
    if (video === null) return
    let request = 0
    const look = (): void => {
      const frame = frames.at(video.currentTime)
      const rate = video.playbackRate
      setPosition((old) => (old.frame === frame && old.rate === rate ? old : { frame, rate }))
    }
    const tick = (): void => {
      look()
      request = requestAnimationFrame(tick)
    }
    const run = (): void => {
      cancelAnimationFrame(request)
      tick()
    }
    const rest = (): void => {
      cancelAnimationFrame(request)
      look()
    }
    look()
    if (!video.paused) run()
    const still = ['seeking', 'seeked', 'loadedmetadata', 'ratechange'] as const
    for (const name of still) video.addEventListener(name, look)
    video.addEventListener('play', run)
    video.addEventListener('pause', rest)
    return () => {
      cancelAnimationFrame(request)
      for (const name of still) video.removeEventListener(name, look)
      video.removeEventListener('play', run)
      video.removeEventListener('pause', rest)
    }
  }, [video, frames])
  return position
}
