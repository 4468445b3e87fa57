import type { TakeView } from '../../../../shared/domain/take.ts'
import { addRows } from '../../../store/draftRows.ts'
import { addFrameFromTake } from '../../../store/frameActions.ts'
import { notify } from '../../../store/notify.ts'
import { useStore } from '../../../store/store.ts'
import { currentFrame, usePlayer } from '../player/player.ts'

/** The still on screen becomes a frame, and the frame begins a new row of the open draft. */
export async function continueFrom(take: TakeView): Promise<void> {
  const seconds = usePlayer.getState().frames.middleOf(currentFrame())
  const frame = await addFrameFromTake(take.id, { seconds })
  if (frame === null) return
  const name = await addRows([{ firstFrame: frame.id, prompt: '' }])
  if (name === null) return
  notify({
    text: `A new row of “${name}” begins with this frame. It is in Frames too.`,
    tone: 'done',
    action: { label: 'Go to Draft', run: () => useStore.getState().go('draft') },
  })
}
