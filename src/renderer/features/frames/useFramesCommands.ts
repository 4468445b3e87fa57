import { useRef, type RefObject } from 'react'

import { useCommands } from '../../commands/useCommands.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { removeFrames } from '../../store/frameActions.ts'
import type { Reason } from '../../ui/Button.tsx'
import { focusEnd } from '../../ui/focusEnd.ts'
import type { ChosenFrames } from './useChosenFrames.ts'

/** Where keys put the focus. */
export interface FrameFields {
  readonly find: RefObject<HTMLInputElement | null>
  readonly name: RefObject<HTMLInputElement | null>
  readonly tags: RefObject<HTMLInputElement | null>
}

export function useFrameFields(): FrameFields {
  const find = useRef<HTMLInputElement>(null)
  const name = useRef<HTMLInputElement>(null)
  const tags = useRef<HTMLInputElement>(null)
  return { find, name, tags }
}

interface FramesCommands {
  readonly chosen: ChosenFrames
  readonly fields: FrameFields
  readonly openUse: () => void
  readonly tags: readonly string[]
  readonly tag: string | null
  readonly setTag: (tag: string | null) => void
}

const NO_FRAME: readonly Reason[] = [{ text: 'Choose a frame first.' }]
const NOT_ONE: readonly Reason[] = [{ text: 'Choose one frame first.' }]
const NO_TAGS: readonly Reason[] = [{ text: 'No frame has a tag yet.' }]

/** What keys, palette and menu do on this screen. */
export function useFramesCommands(parts: FramesCommands): void {
  const { chosen, fields, openUse, tags, tag, setTag } = parts
  const blocked = useBlocked()
  const count = chosen.ids.size
  const why = (): readonly Reason[] => (count === 0 ? NO_FRAME : blocked)
  useCommands({
    'frames.use': { run: openUse, why },
    'frames.rename': {
      run: () => fields.name.current?.select(),
      why: () => (count === 1 ? blocked : NOT_ONE),
    },
    'frames.tag': { run: () => focusEnd(fields.tags.current), why },
    'frames.selectAll': { run: () => void chosen.chooseAll() },
    'frames.find': { run: () => fields.find.current?.select() },
    'frames.nextTag': {
      run: () => setTag(nextTag(tags, tag)),
      why: () => (tags.length === 0 ? NO_TAGS : []),
    },
    'frames.showAll': { run: () => setTag(null) },
    'frames.remove': {
      why,
      run: () => {
        void removeFrames([...chosen.ids])
        chosen.clear()
      },
    },
  })
}

/** Behind the last one all frames are shown again. */
const nextTag = (tags: readonly string[], tag: string | null): string | null =>
  tags[tag === null ? 0 : tags.indexOf(tag) + 1] ?? null
