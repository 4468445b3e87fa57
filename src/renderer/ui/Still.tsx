import { useEffect, useRef } from 'react'

import { whenLookedAt } from './pace.ts'
import { readStill } from './readStill.ts'
import './still.css'

interface StillProps {
  readonly src: string
  /** Empty: words beside it say what it is. */
  readonly alt: string
  /** Pixels of the page. */
  readonly height: number
  readonly onGone?: ((src: string) => void) | undefined
}

/**
 * A picture that is kept in the size it is drawn in, and only as long as it is drawn. Chromium keeps
 * each `img` decoded in full, up to half a gigabyte. Pictures that only fly past are not even read.
 */
export function Still({ src, alt, height, onGone }: StillProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = canvas.current
    if (element === null) return
    const stop = new AbortController()
    const look = async (): Promise<void> => {
      const pixels = Math.max(1, Math.round(height * devicePixelRatio))
      const picture = await readStill(src, pixels, stop.signal)
      if (picture !== null && !stop.signal.aborted) draw(element, picture, pixels)
      else if (!stop.signal.aborted) onGone?.(src)
      picture?.close()
    }
    const forget = whenLookedAt(() => void look())
    return () => {
      forget()
      stop.abort()
      // Its pixels go now, not when memory is swept.
      element.width = 0
    }
  }, [src, height, onGone])
  const words = alt === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': alt }
  return <canvas ref={canvas} className="still" width={0} height={0} {...words} />
}

function draw(canvas: HTMLCanvasElement, picture: VideoFrame, height: number): void {
  const { displayWidth, displayHeight } = picture
  canvas.height = Math.min(height, displayHeight)
  canvas.width = Math.max(1, Math.round((displayWidth * canvas.height) / displayHeight))
  const context = canvas.getContext('2d')
  if (context === null) return
  // What is transparent is black in a video.
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'medium'
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
}
