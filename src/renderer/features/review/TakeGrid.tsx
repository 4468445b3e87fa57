// oxlint-disable jsx-a11y/prefer-tag-over-role -- lines that are placed by hand are no table rows
import { useCallback, useEffect, useMemo, useRef } from 'react'

import { useStore } from '../../store/store.ts'
import { VirtualList, type VirtualListHandle } from '../../ui/VirtualList.tsx'
import { PromptWords } from './PromptWords.tsx'
import { lineHeight, lineOf, type Grid } from './reviewLines.ts'
import { Tile, tileId } from './Tile.tsx'
import { useChoosing } from './useChoosing.ts'
import type { Takes } from './useTakes.ts'

interface TakeGridProps {
  readonly takes: Takes
  readonly grid: Grid
  /** Width of a tile, pixels. */
  readonly tile: number
}

/** The wall; only the lines in view exist. */
export function TakeGrid({ takes, grid, tile }: TakeGridProps) {
  const list = useRef<VirtualListHandle>(null)
  const isPlaying = useStore((store) => store.isPlaying)
  const { chosenIndex, show } = takes
  const selectedTakes = useStore((store) => store.selectedTakes)
  const selected = useMemo(() => new Set<string>(selectedTakes), [selectedTakes])
  const onChoose = useChoosing(takes)
  const tileHeight = Math.round((tile * 9) / 16)
  const line = lineOf(grid, chosenIndex)
  useEffect(() => list.current?.reveal(line), [line])
  const { lines } = grid
  const onRange = useCallback(
    (from: number, to: number) => {
      const last = lines[to]
      show(lines[from]?.first ?? 0, last === undefined ? 0 : last.first + last.count - 1)
    },
    [lines, show],
  )
  return (
    <VirtualList
      handle={list}
      className="take-grid"
      role="grid"
      aria-label="Takes"
      aria-rowcount={lines.length}
      aria-activedescendant={tileId(chosenIndex)}
      tabIndex={0}
      count={lines.length}
      heightOf={(at) => lineHeight(grid, at, tileHeight)}
      layoutKey={`${tile} ${grid.columns} ${lines.length} ${takes.groups.length}`}
      onRange={onRange}
      aria-multiselectable
      renderRow={(at) => {
        const here = lines[at]
        if (here === undefined) return null
        const head = here.group === null ? null : takes.take(here.first)
        return (
          <div
            className="take-line"
            role="row"
            aria-rowindex={at + 1}
            data-head={here.group === null ? undefined : ''}
            data-prompts={lines[0]?.group === null ? undefined : ''}
            data-ends={lines[at + 1]?.group === null ? undefined : ''}
          >
            {lines[0]?.group !== null && (
              <PromptWords head={head} takes={takes} first={here.first} count={here.groupTakes} />
            )}
            <div
              className="take-tiles"
              role="presentation"
              style={{
                gridTemplateColumns: `repeat(${grid.columns}, ${tile}px)`,
                height: tileHeight,
              }}
            >
              {Array.from({ length: here.count }, (_, place) => {
                const index = here.first + place
                const isChosen = index === chosenIndex
                const take = takes.take(index)
                return (
                  // Tiles of a line that leaves serve the one that comes.
                  <Tile
                    key={place}
                    index={index}
                    take={take}
                    isChosen={isChosen}
                    isPlaying={isChosen && isPlaying}
                    height={tileHeight}
                    isSelected={take !== null && selected.has(take.id)}
                    onChoose={onChoose}
                  />
                )
              })}
            </div>
          </div>
        )
      }}
    />
  )
}
