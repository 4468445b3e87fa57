import { useEffect, useState } from 'react'

import { useBlocked } from '../hooks/useBlocked.ts'
import { takeDropped } from '../store/frameActions.ts'
import { notify } from '../store/notify.ts'
import { useStore } from '../store/store.ts'
import { plural } from '../ui/format.ts'

/**
 * Files that are dropped where the screen itself has no place for them: pictures and folders of them
 * become frames, a batch file is shown for import. Gives true while some are held over the window.
 */
export function useWindowDrops(): boolean {
  const [isOver, setOver] = useState(false)
  const [blocked] = useBlocked()
  const why = blocked?.text
  useEffect(() => {
    const over = (event: DragEvent): void => {
      const isFree = !event.defaultPrevented && event.dataTransfer?.types.includes('Files') === true
      setOver(isFree)
      if (!isFree) return
      event.preventDefault()
      if (event.dataTransfer !== null)
        event.dataTransfer.dropEffect = why === undefined ? 'copy' : 'none'
    }
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent): void => {
      setOver(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (event.defaultPrevented || files.length === 0) return
      event.preventDefault()
      if (why === undefined) void take(files)
      else notify({ text: why, tone: 'ask' })
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [why])
  return isOver
}

async function take(files: readonly File[]): Promise<void> {
  const { frames } = await takeDropped(files)
  if (frames.length === 0) return
  notify({
    text: `${plural(frames.length, 'frame')} added.`,
    tone: 'done',
    action: { label: 'Go to Frames', run: () => useStore.getState().go('frames') },
  })
}
