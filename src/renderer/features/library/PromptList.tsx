// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed by hand are no table rows
import { Star } from 'lucide-react'
import { memo, useEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react'

import type { PromptId, PromptView } from '../../../shared/domain/prompt.ts'
import { useRowHeights } from '../../hooks/useRowHeights.ts'
import { idAt, indexOfId } from '../../store/keyset.ts'
import { KIND_WORDS, previewOf } from '../../store/promptWords.ts'
import { VirtualList, type VirtualListHandle } from '../../ui/VirtualList.tsx'
import { favour } from './promptActions.ts'
import type { Prompts } from './usePrompts.ts'

interface PromptListProps {
  readonly prompts: Prompts
  readonly chosenId: PromptId | null
  readonly choose: (id: PromptId | null) => void
}

/** Rows that Page Up and Page Down go by. */
const PAGE = 12

const rowId = (index: number): string => `prompt-row-${index}`

export function PromptList({ prompts, chosenId, choose }: PromptListProps) {
  const list = useRef<VirtualListHandle>(null)
  const heights = useRowHeights()
  const at = chosenId === null ? -1 : indexOfId(prompts.state, chosenId)
  const { show } = prompts
  const shown = useRef(show)
  useEffect(() => {
    // Another search begins at its top.
    if (shown.current !== show) list.current?.element()?.scrollTo({ top: 0 })
    shown.current = show
    if (at >= 0) list.current?.reveal(at)
  }, [at, show])
  const go = (index: number): void => {
    const id = idAt(prompts.state, Math.max(0, Math.min(prompts.count - 1, index)))
    if (id !== null) choose(id as PromptId)
  }
  const pressed = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'ArrowDown') go(at + 1)
    else if (event.key === 'ArrowUp') go(Math.max(0, at - 1))
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(prompts.count - 1)
    else if (event.key === 'PageDown') go(at + PAGE)
    else if (event.key === 'PageUp') go(Math.max(0, at - PAGE))
    else return
    event.preventDefault()
  }
  const clicked = (event: MouseEvent): void => {
    if (!(event.target instanceof Element) || event.target.closest('button') !== null) return
    const index = event.target.closest<HTMLElement>('[data-index]')?.dataset['index']
    if (index !== undefined) go(Number(index))
  }
  return (
    <VirtualList
      handle={list}
      className="prompt-list"
      role="grid"
      aria-label="Library"
      aria-rowcount={prompts.count}
      tabIndex={0}
      {...(at < 0 ? {} : { 'aria-activedescendant': rowId(at) })}
      count={prompts.count}
      heightOf={() => heights.thumb}
      layoutKey={heights.thumb}
      onRange={show}
      onKeyDown={pressed}
      onClick={clicked}
      renderRow={(index) => (
        <PromptRow index={index} prompt={prompts.prompt(index)} isChosen={index === at} />
      )}
    />
  )
}

interface PromptRowProps {
  readonly index: number
  readonly prompt: PromptView | null
  readonly isChosen: boolean
}

const PromptRow = memo(function PromptRow({ index, prompt, isChosen }: PromptRowProps) {
  if (prompt === null) {
    return (
      <div
        className="prompt-row"
        role="row"
        aria-rowindex={index + 1}
        aria-busy="true"
        aria-label="Being read"
      />
    )
  }
  return (
    <div
      id={rowId(index)}
      className="prompt-row"
      role="row"
      aria-rowindex={index + 1}
      aria-selected={isChosen}
      data-index={index}
      data-chosen={isChosen ? '' : undefined}
    >
      <span role="gridcell">
        <button
          type="button"
          className="prompt-star"
          aria-label={`Favourite: ${prompt.name}`}
          aria-pressed={prompt.favourite}
          tabIndex={-1}
          onClick={() => favour(prompt)}
        >
          <Star aria-hidden="true" />
        </button>
      </span>
      <span className="one-line prompt-name" role="gridcell">
        {prompt.name}
      </span>
      <span className="text-3" role="gridcell">
        {KIND_WORDS[prompt.kind]}
      </span>
      <span className="one-line text-2" role="gridcell">
        {previewOf(prompt)}
      </span>
      <span className="one-line text-3 prompt-tags" role="gridcell">
        {prompt.tags.join(', ')}
      </span>
      <span className="text-3 prompt-uses" role="gridcell">
        {prompt.uses === 0 ? '' : `used ${prompt.uses}`}
      </span>
    </div>
  )
})
