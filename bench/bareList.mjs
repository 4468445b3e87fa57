// oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-return, typescript/no-unsafe-argument, typescript/no-unsafe-member-access -- plain JavaScript: what is checked as TypeScript here knows no DOM
// The page that scrolling is compared with: a virtual list as its library's manual has it, its rows
// empty but for a line.
import { useVirtualizer } from '@tanstack/react-virtual'
import { createElement, useRef } from 'react'
import { createRoot } from 'react-dom/client'

function BareList({ count, height }) {
  const box = useRef(null)
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    // As many beyond the edge as the app's lists keep.
    overscan: 6,
  })
  const rows = virtualizer.getVirtualItems().map((item) =>
    createElement('div', {
      key: item.key,
      className: 'row',
      style: { height: item.size, transform: `translateY(${item.start}px)` },
    }),
  )
  const all = { className: 'rows', style: { height: virtualizer.getTotalSize() } }
  return createElement('div', { ref: box, className: 'box' }, createElement('div', all, rows))
}

const asked = new URLSearchParams(location.search)
const number = (name) => Number(asked.get(name))
const stage = document.querySelector('#root')
stage.style.width = `${number('width')}px`
stage.style.height = `${number('boxHeight')}px`
createRoot(stage).render(
  createElement(BareList, { count: number('count'), height: number('height') }),
)
