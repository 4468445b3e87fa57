import { useEffect, useRef } from 'react'

import { whenLookedAt } from './pace.ts'
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
      const picture = await readPicture(src, pixels, stop.signal)
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

/** Null: there is no such picture, or it is wanted no more. */
async function readPicture(
  src: string,
  height: number,
  signal: AbortSignal,
): Promise<VideoFrame | null> {
  try {
    const { ok, body, headers } = await fetch(src, { signal })
    if (!ok || body === null) return null
    const type = headers.get('Content-Type') ?? 'image/jpeg'
    // JPEG is decoded at an eighth, a quarter or half of its size, whatever is enough.
    const size = { desiredWidth: height, desiredHeight: height }
    const decoder = new ImageDecoder({ data: body, type, ...size })
    const { image } = await decoder.decode().finally(() => decoder.close())
    return image
  } catch {
    return null
  }
}

function draw(canvas: HTMLCanvasElement, picture: VideoFrame, height: number): void {
  const { displayWidth, displayHeight } = picture
  canvas.height = Math.min(height, displayHeight)
  canvas.width = Math.max(1, Math.round((displayWidth * canvas.height) / displayHeight))
  const context = canvas.getContext('2d', { alpha: false })
  if (context === null) return
  context.imageSmoothingQuality = 'medium'
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
}
