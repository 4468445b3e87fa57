import { useStore } from '../../../store/store.ts'
import { columns, rows } from '../gridActions.ts'
import { widenColumn } from '../gridView.ts'
import { cellText } from './cellText.ts'

/** Cells that are measured: those with the longest texts. */
const MEASURED = 200
/** Pixels beside the text of a cell. */
const BESIDE = 22
/** A prompt may have a thousand words. */
const WIDEST = 640

/** Short prompts leave their column to take what room there is. */
const USUAL_PROMPT = 236

/** Makes a column as wide as what it shows needs; one of pictures is as wide as at first. */
export function fitColumn(id: string): void {
  const column = columns().find((one) => one.id === id)
  const pen = document.createElement('canvas').getContext('2d')
  const head = document.querySelector(`.grid-header [data-column="${CSS.escape(id)}"]`)
  if (column === undefined || pen === null || head === null || column.kind === 'frame') {
    return widenColumn(id, null)
  }
  const { models, open } = useStore.getState()
  const defaults = open?.doc.defaults
  if (defaults === undefined) return
  const texts = rows().map((row) =>
    column.kind === 'prompt' ? row.prompt : cellText(row, column, { models, defaults }).text,
  )
  const longest = texts.toSorted((a, b) => b.length - a.length).slice(0, MEASURED)
  const width = (element: Element, all: readonly string[]): number => {
    pen.font = getComputedStyle(element).font
    return Math.max(0, ...all.map((text) => pen.measureText(text).width))
  }
  const body = document.querySelector('.draft-grid .virtual-rows') ?? head
  const needed = Math.max(width(head, [column.title]), width(body, longest))
  const isRoomy = column.kind === 'prompt' && needed + BESIDE < USUAL_PROMPT
  widenColumn(id, isRoomy ? null : Math.min(WIDEST, Math.ceil(needed) + BESIDE))
}
