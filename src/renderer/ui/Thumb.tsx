import { useState } from 'react'

import { Still } from './Still.tsx'
import './thumb.css'

interface ThumbProps {
  readonly src: string
  readonly alt: string
  readonly isLarge?: boolean | undefined
}

/** A small still. When its file is gone the frame stays and says so. */
export function Thumb({ src, alt, isLarge = false }: ThumbProps) {
  const [broken, setBroken] = useState<string | null>(null)
  return (
    <span className="thumb" data-large={isLarge ? '' : undefined}>
      {broken === src ? (
        <span className="thumb-gone" title="The picture is not there any more.">
          gone
        </span>
      ) : (
        <Still src={src} alt={alt} height={isLarge ? LARGE : SMALL} onGone={setBroken} />
      )}
    </span>
  )
}

/** As the style draws them; a tall picture is cut, so it needs more. */
const [SMALL, LARGE] = [64, 168]
