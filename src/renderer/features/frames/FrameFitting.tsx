import { useState, type PointerEvent } from 'react'

import type { FrameView } from '../../../shared/domain/referenceFrame.ts'
import { framePreview } from '../../ipc/media.ts'
import { act } from '../../store/notify.ts'
import { Select, type Choice } from '../../ui/Select.tsx'
import { SideSection } from '../../ui/SidePanel.tsx'
import { Slider } from '../../ui/Slider.tsx'
import {
  cutPosition,
  fitFor,
  fitText,
  readFitting,
  type FitChoice,
  type Fitting,
} from './fitting.ts'

const WAYS: readonly Choice<FitChoice>[] = [
  { id: 'auto', label: 'As the picture allows', note: 'cut; bars where half would be lost' },
  { id: 'crop', label: 'Cut', note: 'around a point that you choose' },
  { id: 'pad', label: 'Black bars' },
  { id: 'blurPad', label: 'Blurred edges', note: 'on a soft copy of itself' },
]
/** Shapes that models make most. */
const TARGETS = [
  { name: '16:9', ratio: 16 / 9 },
  { name: '9:16', ratio: 9 / 16 },
  { name: '1:1', ratio: 1 },
  { name: '4:3', ratio: 4 / 3 },
  { name: '21:9', ratio: 21 / 9 },
] as const
const PREVIEW_HEIGHT = 64
/** Wider shapes are drawn lower, so that a line holds several. */
const WIDEST = 1.8

/** The picture, how it is fitted to clips of other shapes, and what comes of that. */
export function FrameFitting({
  frame,
  isReadOnly,
}: {
  readonly frame: FrameView
  readonly isReadOnly: boolean
}) {
  const [fitting, setFitting] = useState(() => readFitting(frame.fit))
  const ratio = frame.width / frame.height
  const keep = (next: Fitting): void => {
    setFitting(next)
    const patch = { fit: fitText(next) }
    void act('The frame was not changed.', 'frames.update', { ids: [frame.id], patch })
  }
  const aim = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    const share = (at: number, from: number, size: number): number =>
      Math.max(0, Math.min(1, Math.round(((at - from) / size) * 100) / 100))
    const x = share(event.clientX, box.left, box.width)
    const y = share(event.clientY, box.top, box.height)
    keep({ ...fitting, focus: { x, y } })
  }
  const isAimed = fitting.how === 'crop'
  return (
    <>
      <div className="frame-stage">
        <div
          className="frame-aim"
          style={{ aspectRatio: ratio }}
          data-aimed={isAimed ? '' : undefined}
          {...(isAimed && !isReadOnly ? { onPointerDown: aim } : {})}
        >
          <img src={framePreview(frame.id)} alt={frame.name} draggable={false} />
          {isAimed && (
            <span
              className="frame-focus"
              style={{ left: `${fitting.focus.x * 100}%`, top: `${fitting.focus.y * 100}%` }}
            />
          )}
        </div>
      </div>
      <SideSection title="In a clip of another shape">
        {!isReadOnly && (
          <div className="panel-fields">
            <Select
              label="How it is fitted"
              isLabelHidden
              value={fitting.how}
              choices={WAYS}
              onChange={(how) => keep({ ...fitting, how })}
            />
            {isAimed && (
              <div className="frame-focus-fields">
                {(['x', 'y'] as const).map((axis) => (
                  <Slider
                    key={axis}
                    label={axis === 'x' ? 'Kept in view, across' : 'Kept in view, down'}
                    min={0}
                    max={100}
                    value={Math.round(fitting.focus[axis] * 100)}
                    onChange={(value) =>
                      keep({ ...fitting, focus: { ...fitting.focus, [axis]: value / 100 } })
                    }
                  />
                ))}
              </div>
            )}
          </div>
        )}
        <ul className="frame-shapes">
          {TARGETS.map(({ name, ratio: target }) => (
            <Shape key={name} name={name} frame={frame} fitting={fitting} target={target} />
          ))}
        </ul>
      </SideSection>
    </>
  )
}

interface ShapeProps {
  readonly name: string
  readonly frame: FrameView
  readonly fitting: Fitting
  readonly target: number
}

function Shape({ name, frame, fitting, target }: ShapeProps) {
  const shapes = { ratio: frame.width / frame.height, target }
  const isSame = Math.abs(shapes.ratio / target - 1) < 0.01
  const how = fitFor(fitting, shapes)
  const source = framePreview(frame.id)
  const width = Math.round(PREVIEW_HEIGHT * Math.min(target, WIDEST))
  return (
    <li>
      <div className="frame-shape" style={{ height: PREVIEW_HEIGHT }}>
        <div className="frame-shape-box" style={{ width, height: width / target }}>
          {how === 'blurPad' && !isSame && <img className="frame-blurred" src={source} alt="" />}
          <img
            src={source}
            alt=""
            style={
              how === 'crop'
                ? { objectFit: 'cover', objectPosition: cutPosition(fitting.focus, shapes) }
                : { objectFit: 'contain' }
            }
          />
        </div>
      </div>
      <span>{name}</span>
      <span className="text-3">{isSame ? 'as it is' : WORDS[how]}</span>
    </li>
  )
}

const WORDS = { crop: 'cut', pad: 'bars', blurPad: 'blurred' } as const
