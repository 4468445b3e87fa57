import type { TakeId } from '../../../../shared/domain/ids.ts'
import { useAnswer } from '../../../hooks/useAnswer.ts'

/** The sound of a take, drawn over its filmstrip; nothing until it was read, or when it cannot be. */
export function Waveform({ takeId }: { readonly takeId: TakeId }) {
  const peaks = useAnswer('takes.soundPeaks', { takeId }) ?? []
  if (peaks.length < 2) return null
  const over = peaks.map((peak, at) => `${at},${(1 - peak) * 16}`)
  const under = peaks.map((peak, at) => `${at},${(1 + peak) * 16}`).toReversed()
  return (
    <svg
      className="waveform"
      viewBox={`0 0 ${peaks.length - 1} 32`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polygon points={[...over, ...under].join(' ')} />
    </svg>
  )
}
