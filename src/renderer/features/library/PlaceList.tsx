import { Copy, Folder, FolderMinus, Library, Pencil, Star, Tag } from 'lucide-react'
import { memo, type ReactNode, type Ref } from 'react'
import { GridList, GridListHeader, GridListItem, GridListSection } from 'react-aria-components'

import type { PromptPlaces } from '../../../shared/domain/prompt.ts'
import { runCommand } from '../../commands/registry.ts'
import { formatCount } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { byFolder } from './folderOrder.ts'
import type { Place } from './usePrompts.ts'

interface PlaceListProps {
  readonly places: PromptPlaces | null
  readonly place: Place
  readonly choose: (place: Place) => void
  readonly navRef: Ref<HTMLElement>
}

interface Entry {
  readonly place: Place
  readonly label: string
  readonly count: number
  readonly icon: ReactNode
  /** How deep in folders. */
  readonly depth?: number
}

/** Folders, tags and marks: where in the library one looks. A key in the search leaves them as they are. */
export const PlaceList = memo(function PlaceList(props: PlaceListProps) {
  const { places, place, choose, navRef } = props
  const entries = places === null ? [] : sectionsOf(places, place)
  const known = new Map(
    entries.flatMap((section) => section.entries.map((one) => [keyOf(one.place), one])),
  )
  return (
    <nav className="library-places" aria-label="Places" ref={navRef}>
      <GridList
        aria-label="Folders and tags"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[keyOf(place)]}
        onSelectionChange={(keys) => {
          const entry = keys === 'all' ? undefined : known.get([...keys].map(String)[0] ?? '')
          if (entry !== undefined) choose(entry.place)
        }}
      >
        {entries.map(({ title, entries: some }) => (
          <GridListSection key={title} id={title}>
            {title !== '' && <GridListHeader className="list-header">{title}</GridListHeader>}
            {some.map((entry) => (
              <PlaceItem
                key={keyOf(entry.place)}
                entry={entry}
                isChosen={keyOf(entry.place) === keyOf(place)}
              />
            ))}
          </GridListSection>
        ))}
      </GridList>
    </nav>
  )
})

interface PlaceItemProps {
  readonly entry: Entry
  readonly isChosen: boolean
}

function PlaceItem({ entry: { place, label, icon, count, depth = 0 }, isChosen }: PlaceItemProps) {
  return (
    <GridListItem id={keyOf(place)} className="library-place" textValue={label}>
      <span className="list-icon" data-depth={depth}>
        {icon}
      </span>
      <span className="one-line grow" title={label}>
        {label}
      </span>
      {isChosen && place.kind === 'folder' ? (
        <span className="place-acts">
          <IconButton
            icon={<Pencil />}
            label="Rename the folder…"
            onPress={() => runCommand('library.renameFolder')}
          />
          <IconButton
            icon={<FolderMinus />}
            label="Take the folder away, keep what is in it"
            onPress={() => runCommand('library.removeFolder')}
          />
        </span>
      ) : (
        <span className="text-3">{formatCount(count)}</span>
      )}
    </GridListItem>
  )
}

const keyOf = (place: Place): string =>
  'name' in place ? `${place.kind} ${place.name}` : place.kind

interface Section {
  readonly title: string
  readonly entries: readonly Entry[]
}

/** A list of more is drawn slowly, and read by nobody: of tags those most used stay, of folders the open ones. */
const MOST_TAGS = 100
const MOST_FOLDERS = 60

function sectionsOf(places: PromptPlaces, place: Place): Section[] {
  const { all, favourites, duplicates, folders } = places
  const tags = mostUsed(places.tags, place)
  const marks: Entry[] = [
    { place: { kind: 'all' }, label: 'Everything', count: all, icon: <Library /> },
    { place: { kind: 'favourites' }, label: 'Favourites', count: favourites, icon: <Star /> },
    ...(duplicates === 0
      ? []
      : [
          {
            place: { kind: 'duplicates' as const },
            label: 'Duplicates',
            count: duplicates,
            icon: <Copy />,
          },
        ]),
  ]
  const sections = [
    { title: '', entries: marks },
    {
      title: 'Folders',
      entries: openOnly(folderEntries(folders), place),
    },
    {
      title: tags.length < places.tags.length ? `The ${MOST_TAGS} most used tags` : 'Tags',
      entries: tags.map(({ tag, prompts }) => ({
        place: { kind: 'tag' as const, name: tag },
        label: tag,
        count: prompts,
        icon: <Tag />,
      })),
    },
  ]
  return sections.filter(({ entries }) => entries.length > 0)
}

/** Folders that only hold folders stand there, too; each counts what is in it and below. */
function folderEntries(folders: PromptPlaces['folders']): readonly Entry[] {
  const counts = new Map<string, number>()
  for (const { folder, prompts } of folders) {
    const parts = folder.split('/')
    for (const depth of parts.keys()) {
      const name = parts.slice(0, depth + 1).join('/')
      counts.set(name, (counts.get(name) ?? 0) + prompts)
    }
  }
  return [...counts]
    .toSorted(([a], [b]) => byFolder(a, b))
    .map(([name, count]) => ({
      place: { kind: 'folder' as const, name },
      label: name.split('/').at(-1) ?? name,
      count,
      icon: <Folder />,
      depth: Math.min(3, name.split('/').length - 1),
    }))
}

/** Of many folders those at the top, and those beside or in the one that is looked at. */
function openOnly(entries: readonly Entry[], place: Place): readonly Entry[] {
  if (entries.length <= MOST_FOLDERS) return entries
  const at = place.kind === 'folder' ? `${place.name}/` : ''
  return entries.filter((entry) => {
    const name = 'name' in entry.place ? entry.place.name : ''
    const parent = name.split('/').slice(0, -1).join('/')
    return parent === '' || at.startsWith(`${parent}/`)
  })
}

function mostUsed(tags: PromptPlaces['tags'], place: Place): PromptPlaces['tags'] {
  if (tags.length <= MOST_TAGS) return tags
  const most = new Set(
    tags
      .toSorted((a, b) => b.prompts - a.prompts)
      .slice(0, MOST_TAGS)
      .map(({ tag }) => tag),
  )
  return tags.filter(({ tag }) => most.has(tag) || (place.kind === 'tag' && place.name === tag))
}
