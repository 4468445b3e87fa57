import { useEffect, useRef, useState, type DragEvent, type ReactNode } from 'react'

import { useCommands } from '../../../commands/useCommands.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { FITTED, moved, zoomed, type Zoom } from './zoom.ts'
import { Maximize } from 'lucide-react'

interface StageProps {
  /** Width of the picture in its own pixels; undefined when it is not known. */
  readonly pixels: number | undefined
  /** Begins a drag out of the window; a picture that is zoomed is moved instead. */
  readonly onDragOut: (event: DragEvent) => void
  readonly children: ReactNode
}

const MIDDLE = { x: 0, y: 0 }
const KEY_STEP = 1.5

/** The picture on black: the wheel zooms where the pointer is, dragging moves it, keys zoom its middle. */
export function Stage({ pixels, onDragOut, children }: StageProps) {
  const box = useRef<HTMLDivElement>(null)
  const [zoom, setZoom] = useState<Zoom>(FITTED)
  useWheel(box, setZoom)
  useCommands({
    'review.zoomIn': { run: () => setZoom((old) => zoomed(old, old.scale * KEY_STEP, MIDDLE)) },
    'review.zoomOut': { run: () => setZoom((old) => zoomed(old, old.scale / KEY_STEP, MIDDLE)) },
    'review.zoomActual': {
      run: () => setZoom((old) => (old.scale === 1 ? actual(box.current, pixels) : FITTED)),
    },
  })
  return (
    <div
      ref={box}
      className="loupe-stage"
      data-zoomed={zoom.scale === 1 ? undefined : ''}
      onPointerDown={(event) => {
        if (zoom.scale > 1) event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
        const { clientWidth: width, clientHeight: height } = event.currentTarget
        const by = { x: event.movementX, y: event.movementY }
        setZoom((old) => moved(old, by, { width, height }))
      }}
    >
      {/* Its keys are the loupe's; without a mouse there is the export. */}
      <div
        className="loupe-picture"
        draggable={zoom.scale === 1}
        onDragStart={onDragOut}
        style={{ transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})` }}
      >
        {children}
      </div>
      {zoom.scale > 1 && (
        <div className="loupe-zoom">
          {Math.round(zoom.scale * 100)} %
          <IconButton
            icon={<Maximize />}
            label="Fit the picture"
            hint="Z"
            onPress={() => setZoom(FITTED)}
          />
        </div>
      )}
    </div>
  )
}

/** One pixel of the picture on one of the screen; twice the fit where it is that small already. */
function actual(box: HTMLElement | null, pixels: number | undefined): Zoom {
  const shown = box?.querySelector('video')?.getBoundingClientRect().width ?? 0
  const own = (pixels ?? 0) / window.devicePixelRatio
  return zoomed(FITTED, shown > 0 && own > shown ? own / shown : 2, MIDDLE)
}

/** React's own wheel listener is passive: it could not keep the page from scrolling. */
function useWheel(
  box: React.RefObject<HTMLDivElement | null>,
  setZoom: (change: (old: Zoom) => Zoom) => void,
): void {
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const turned = (event: WheelEvent): void => {
      event.preventDefault()
      const { left, top, width, height } = element.getBoundingClientRect()
      const around = {
        x: event.clientX - left - width / 2,
        y: event.clientY - top - height / 2,
      }
      setZoom((old) => zoomed(old, old.scale * Math.exp(-event.deltaY / 400), around))
    }
    element.addEventListener('wheel', turned, { passive: false })
    return () => element.removeEventListener('wheel', turned)
  }, [box, setZoom])
}
