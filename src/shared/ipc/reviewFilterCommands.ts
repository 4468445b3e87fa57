/** What Review shows: as chips on its bar, by keys and in the palette. */
export const REVIEW_FILTER_COMMANDS = [
  {
    id: 'review.find',
    label: 'Find in prompts',
    keys: ['Mod+F'],
    menu: 'review',
    screen: 'review',
  },
  { id: 'review.nextFilter', label: 'Next filter', keys: ['D'], screen: 'review' },
  { id: 'review.showAll', label: 'Show all takes', screen: 'review' },
  { id: 'review.showUnseen', label: 'Show unseen takes', screen: 'review' },
  { id: 'review.showPicked', label: 'Show picked takes', screen: 'review' },
  { id: 'review.showRejected', label: 'Show rejected takes', screen: 'review' },
  { id: 'review.showRated', label: 'Show takes rated 4 and up', screen: 'review' },
  { id: 'review.showTrash', label: 'Show the trash', screen: 'review' },
] as const
