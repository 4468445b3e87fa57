import { ArrowDown, ArrowUp, CaseSensitive, Regex, SquareDashedMousePointer, X } from 'lucide-react'
import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import { ToggleButton } from 'react-aria-components'

import type { Reason } from '../../../ui/Button.tsx'
import { Button } from '../../../ui/Button.tsx'
import { formatCount, plural } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { Tip, WithTip } from '../../../ui/Tooltip.tsx'
import './findBar.css'
import { useFind, type Find } from './useFind.ts'

interface FindBarProps {
  readonly blocked: readonly Reason[]
  readonly onClose: () => void
}

/** Stays open while the rows are worked on; Enter goes from place to place. */
export function FindBar({ blocked, onClose }: FindBarProps) {
  const find = useFind()
  const why = whyNothing(find)
  const bar = useRef<HTMLElement>(null)
  const replaceAll = (): void => {
    find.replaceAll()
    // Nothing is left to replace: the keys go back to what is looked for.
    bar.current?.querySelector('input')?.focus()
  }
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      find.go(event.shiftKey ? -1 : 1)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <search
      ref={bar}
      className="draft-note find-bar"
      aria-label="Find and replace"
      onKeyDownCapture={pressed}
    >
      <TextField
        label="Find"
        isLabelHidden
        placeholder="Find in the rows"
        value={find.query.text}
        error={find.error ?? undefined}
        onChange={(text) => find.change({ text })}
        autoFocus
      />
      <Toggles find={find} />
      <output className="find-count text-2">{countWords(find)}</output>
      <IconButton icon={<ArrowUp />} label="The place before" onPress={() => find.go(-1)} />
      <IconButton icon={<ArrowDown />} label="The next place" onPress={() => find.go(1)} />
      <TextField
        label="Replace by"
        isLabelHidden
        placeholder="Replace by"
        value={find.by}
        onChange={find.setBy}
      />
      <Button why={[...blocked, ...why]} onPress={find.replaceHere}>
        Replace
      </Button>
      <Button why={[...blocked, ...why]} onPress={replaceAll}>
        Replace all
      </Button>
      <Button variant="quiet" why={why} onPress={find.showFound}>
        Only these rows
      </Button>
      <span className="grow" />
      <IconButton icon={<X />} label="Close" hint="Esc" onPress={onClose} />
    </search>
  )
}

function Toggles({ find }: { readonly find: Find }) {
  const { query, change, range, holdToSelection } = find
  return (
    <>
      <Toggle
        label="Upper and lower case differ"
        isOn={query.matchCase}
        onChange={(matchCase) => change({ matchCase })}
      >
        <CaseSensitive />
      </Toggle>
      <Toggle
        label="Regular expression"
        isOn={query.isPattern}
        onChange={(isPattern) => change({ isPattern })}
      >
        <Regex />
      </Toggle>
      <Toggle label="Only in the chosen cells" isOn={range !== null} onChange={holdToSelection}>
        <SquareDashedMousePointer />
      </Toggle>
    </>
  )
}

interface ToggleProps {
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly children: ReactNode
}

function Toggle({ label, isOn, onChange, children }: ToggleProps) {
  return (
    <WithTip>
      <ToggleButton
        className="icon-button find-toggle"
        aria-label={label}
        isSelected={isOn}
        onChange={onChange}
      >
        {children}
      </ToggleButton>
      <Tip>{label}</Tip>
    </WithTip>
  )
}

function countWords({ query, found, error }: Find): string {
  if (error !== null || query.text === '') return ''
  if (found.count === 0) return 'Nowhere'
  return `${formatCount(found.count)} in ${plural(found.cells.length, 'cell')}`
}

function whyNothing({ query, found, error }: Find): readonly Reason[] {
  if (error !== null) return [{ text: error }]
  if (query.text === '') return [{ text: 'Write what to find first.' }]
  return found.count === 0 ? [{ text: `“${query.text}” stands nowhere here.` }] : []
}
