import { useEffect, useRef, useState } from 'react'

import type { Frames } from '../player/frames.ts'
import { free } from '../player/player.ts'
import type { Sync } from './sync.ts'

interface SyncVideoProps {
  readonly sync: Sync
  readonly source: string
  /** What it is called for those who do not see it. */
  readonly label: string
  readonly isMuted: boolean
  readonly readFrames: () => Promise<Frames>
}

/** One of several videos in step. It joins once its frames are known. */
export function SyncVideo({ sync, source, label, isMuted, readFrames }: SyncVideoProps) {
  const element = useRef<HTMLVideoElement>(null)
  const [failed, setFailed] = useState(false)
  const latest = useRef(readFrames)
  useEffect(() => {
    latest.current = readFrames
  })
  useEffect(() => {
    const video = element.current
    if (video === null) return
    let leave = (): void => undefined
    let isGone = false
    video.src = source
    void latest.current().then((frames) => {
      if (!isGone) leave = sync.add(source, { video, frames })
    })
    return () => {
      isGone = true
      leave()
      free(video)
    }
  }, [source, sync])
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- generated clips have no words to caption */}
      <video
        ref={element}
        className="take-video"
        aria-label={label}
        muted={isMuted}
        playsInline
        preload="auto"
        onError={() => setFailed(true)}
      />
      {failed && <p className="take-failed">The file could not be played.</p>}
    </>
  )
}
