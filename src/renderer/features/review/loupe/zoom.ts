/** How the picture lies in its stage: `scale` 1 fits it; x and y shift its middle, in pixels. */
export interface Zoom {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export const FITTED: Zoom = Object.freeze({ scale: 1, x: 0, y: 0 })
const LARGEST = 16

interface Around {
  /** The point that stays where it is, pixels from the middle of the stage. */
  readonly x: number
  readonly y: number
}

/** Larger or smaller around a point; never smaller than fitted. */
export function zoomed(zoom: Zoom, scale: number, around: Around): Zoom {
  const next = Math.max(1, Math.min(LARGEST, scale))
  if (next === 1) return FITTED
  const ratio = next / zoom.scale
  return {
    scale: next,
    x: around.x - (around.x - zoom.x) * ratio,
    y: around.y - (around.y - zoom.y) * ratio,
  }
}

interface Room {
  readonly width: number
  readonly height: number
}

/** Moved by hand; some of the picture always stays in the stage. */
export function moved(zoom: Zoom, by: Around, room: Room): Zoom {
  const most = (length: number): number => (length * (zoom.scale - 1)) / 2
  const within = (value: number, limit: number): number => Math.max(-limit, Math.min(limit, value))
  return {
    scale: zoom.scale,
    x: within(zoom.x + by.x, most(room.width)),
    y: within(zoom.y + by.y, most(room.height)),
  }
}
