import { useContext, useEffect, useState } from 'react'

import { ListMoves } from './listMoves.ts'
import './thumb.css'

interface ThumbProps {
  readonly src: string
  readonly alt: string
  readonly isLarge?: boolean | undefined
}

/** A row that flies by is gone before its picture is fetched and decoded. */
const FLYING_MS = 400

/** A small still. When its file is gone the frame stays and says so. */
export function Thumb({ src, alt, isLarge = false }: ThumbProps) {
  const [broken, setBroken] = useState<string | null>(null)
  const [wanted, setWanted] = useState<string | null>(null)
  const moves = useContext(ListMoves)
  useEffect(() => {
    const timer = setTimeout(() => setWanted(src), moves ? FLYING_MS : 0)
    return () => clearTimeout(timer)
  }, [src, moves])
  const isBroken = broken === src
  return (
    <span className="thumb" data-large={isLarge ? '' : undefined}>
      {isBroken ? (
        <span className="thumb-gone" title="The picture is not there any more.">
          gone
        </span>
      ) : wanted === src ? (
        <img
          src={src}
          alt={alt}
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setBroken(src)}
        />
      ) : null}
    </span>
  )
}
