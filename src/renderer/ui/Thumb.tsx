import { useState } from 'react'

import './thumb.css'

interface ThumbProps {
  readonly src: string
  readonly alt: string
  readonly isLarge?: boolean | undefined
}

/** A small still. When its file is gone the frame stays and says so. */
export function Thumb({ src, alt, isLarge = false }: ThumbProps) {
  const [broken, setBroken] = useState<string | null>(null)
  const isBroken = broken === src
  return (
    <span className="thumb" data-large={isLarge ? '' : undefined}>
      {isBroken ? (
        <span className="thumb-gone" title="The picture is not there any more.">
          gone
        </span>
      ) : (
        <img
          src={src}
          alt={alt}
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setBroken(src)}
        />
      )}
    </span>
  )
}
