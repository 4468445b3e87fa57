import { useEffect, useRef, useState } from 'react'

import type { TakeView } from '../../../../shared/domain/take.ts'
import { takePoster, takeVideo } from '../../../ipc/media.ts'
import { useView } from '../../../store/viewStore.ts'
import { usePlayer } from './player.ts'
import { framesOf, readFrames } from './readFrames.ts'

interface TakeVideoProps {
  readonly take: TakeView
  readonly onPlaying?: ((isPlaying: boolean) => void) | undefined
  readonly isAutoplay?: boolean | undefined
}

/** Made when it is to be seen and freed when it is not: decoders are few. */
export function TakeVideo({ take, onPlaying, isAutoplay = false }: TakeVideoProps) {
  const element = useRef<HTMLVideoElement>(null)
  const isMuted = useView((view) => view.isMuted)
  const [failed, setFailed] = useState(false)
  // Only how it begins: what happens later is the player's business, or leaves the file as it is.
  const atStart = useRef({ take, isAutoplay })
  useEffect(() => {
    const video = element.current
    if (video === null) return
    const { attach, change, speed } = usePlayer.getState()
    video.src = takeVideo(take.id)
    video.defaultPlaybackRate = speed
    if (atStart.current.isAutoplay) void video.play().catch(() => undefined)
    const detach = attach(video, framesOf(atStart.current.take))
    let isGone = false
    void readFrames(atStart.current.take).then((frames) => {
      if (!isGone) change({ frames })
    })
    return () => {
      isGone = true
      detach()
    }
  }, [take.id])
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- generated clips have no words to caption */}
      <video
        ref={element}
        className="take-video"
        aria-label={`Row ${take.row}, take ${take.take}`}
        poster={take.posterPath === null ? undefined : takePoster(take.id)}
        loop
        muted={isMuted}
        playsInline
        preload="auto"
        onPlay={() => onPlaying?.(true)}
        onPause={() => onPlaying?.(false)}
        onError={() => setFailed(true)}
      />
      {failed && (
        <p className="take-failed">
          The file could not be played. “Show the file in its folder” leads to it.
        </p>
      )}
    </>
  )
}
