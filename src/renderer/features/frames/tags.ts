import type { FrameView } from '../../../shared/domain/referenceFrame.ts'

/** Every tag of the frames with how many of them have it, most first. */
export function tagCounts(
  frames: readonly Pick<FrameView, 'tags'>[],
): readonly { readonly tag: string; readonly frames: number }[] {
  const counts = new Map<string, number>()
  for (const { tags } of frames) {
    for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  }
  return [...counts]
    .map(([tag, having]) => ({ tag, frames: having }))
    .toSorted((a, b) => b.frames - a.frames || a.tag.localeCompare(b.tag))
}
