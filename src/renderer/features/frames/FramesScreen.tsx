import { Image, Plus } from 'lucide-react'
import { useEffect, useRef, useState, type DragEvent } from 'react'

import { useBlocked } from '../../hooks/useBlocked.ts'
import { useWidth } from '../../hooks/useWidth.ts'
import {
  addFrameFolder,
  addFramesFromDialog,
  addPastedFrame,
  takeDropped,
} from '../../store/frameActions.ts'
import { stopFramesComing, useFramesComing } from '../../store/framesComing.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { formatCount } from '../../ui/format.ts'
import { ScreenTitle } from '../../ui/ScreenTitle.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { FrameGrid } from './FrameGrid.tsx'
import { FramePanel } from './FramePanel.tsx'
import './frames.css'
import { useChosenFrames } from './useChosenFrames.ts'
import { useFrameFields, useFramesCommands } from './useFramesCommands.ts'
import { useFrames, useFrameTags, type Frames } from './useFrames.ts'

export function FramesScreen() {
  const [text, setText] = useState('')
  const [tag, setTag] = useState<string | null>(null)
  const frames = useFrames(text, tag)
  const tags = useFrameTags()
  const chosen = useChosenFrames(frames)
  const why = useBlocked()
  const stage = useRef<HTMLDivElement>(null)
  const width = useWidth(stage)
  const { isOver, ...drops } = useFrameDrops(why.length > 0)
  useFramePaste(why.length > 0)
  const isFiltered = text !== '' || tag !== null
  const showAll = (): void => {
    setText('')
    setTag(null)
  }
  const fields = useFrameFields()
  const [isUsing, setUsing] = useState(false)
  useFramesCommands({
    chosen,
    fields,
    openUse: () => setUsing(true),
    tags: tags.map((one) => one.tag),
    tag,
    setTag,
  })
  return (
    <div className="frames" data-panel={chosen.ids.size > 0 ? '' : undefined} {...drops}>
      <div className="screen-bar">
        <ScreenTitle>Frames</ScreenTitle>
        <span className="bar-gap" />
        {tags.slice(0, 8).map((one) => (
          <Chip
            key={one.tag}
            isOn={tag === one.tag}
            onChange={(isOn) => setTag(isOn ? one.tag : null)}
          >
            {one.tag} {one.frames}
          </Chip>
        ))}
        <span className="grow" />
        <SearchField label="Find frames" value={text} inputRef={fields.find} onChange={setText} />
        <FolderButton />
        <Button
          variant="solid"
          icon={<Plus />}
          why={why}
          onPress={() => void addFramesFromDialog()}
        >
          Add frames…
        </Button>
      </div>
      <div ref={stage} className="frames-stage" data-over={isOver ? '' : undefined}>
        {frames.known === 0 ? (
          <NoFrames frames={frames} showAll={isFiltered ? showAll : null} />
        ) : (
          width > 0 && <FrameGrid frames={frames} width={width} chosen={chosen} />
        )}
      </div>
      {chosen.ids.size > 0 && (
        <FramePanel chosen={chosen} fields={fields} isUsing={isUsing} setUsing={setUsing} />
      )}
    </div>
  )
}

/** While a folder comes in it says how far it is, and stops it. */
function FolderButton() {
  const why = useBlocked()
  const coming = useFramesComing((store) => store.coming)
  if (coming === null) {
    return (
      <Button variant="quiet" why={why} onPress={() => void addFrameFolder()}>
        Add a folder…
      </Button>
    )
  }
  return (
    <Button variant="quiet" onPress={() => void stopFramesComing()}>
      Stop: {formatCount(coming.done)} of {formatCount(coming.total)} in
    </Button>
  )
}

interface NoFramesProps {
  readonly frames: Frames
  /** Null: nothing is kept out of view. */
  readonly showAll: (() => void) | null
}

function NoFrames({ frames: { state }, showAll }: NoFramesProps) {
  const why = useBlocked()
  if (state.error !== null) {
    return <EmptyState title="The frames could not be read">{state.error}</EmptyState>
  }
  if (!state.isStarted) return <div aria-busy="true" />
  if (showAll !== null) {
    return (
      <EmptyState
        title="No frame is like that"
        actions={<Button onPress={showAll}>Show all frames</Button>}
      />
    )
  }
  return (
    <EmptyState
      icon={<Image />}
      title="Stills that shots begin with"
      actions={
        <Button variant="solid" why={why} onPress={() => void addFramesFromDialog()}>
          Add frames…
        </Button>
      }
    >
      Drop pictures or a folder here, paste one, or lift a frame out of any take. A frame in a row
      of Draft is what its video starts from.
    </EmptyState>
  )
}

/** A picture that is pasted anywhere but into a field. */
function useFramePaste(isReadOnly: boolean): void {
  useEffect(() => {
    const pasted = (event: ClipboardEvent): void => {
      const picture = [...(event.clipboardData?.files ?? [])].find(({ type }) =>
        type.startsWith('image/'),
      )
      if (picture === undefined || isReadOnly) return
      event.preventDefault()
      void addPastedFrame(picture)
    }
    document.addEventListener('paste', pasted)
    return () => document.removeEventListener('paste', pasted)
  }, [isReadOnly])
}

/** Pictures dropped anywhere on the screen come into the library. */
function useFrameDrops(isReadOnly: boolean) {
  const [isOver, setOver] = useState(false)
  return {
    isOver,
    onDragOver: (event: DragEvent): void => {
      if (isReadOnly || !event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    },
    onDragLeave: (): void => setOver(false),
    onDrop: (event: DragEvent): void => {
      setOver(false)
      if (isReadOnly) return
      event.preventDefault()
      void takeDropped([...event.dataTransfer.files])
    },
  }
}
