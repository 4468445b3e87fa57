import { DRAFT_COMMANDS } from './draftCommands.ts'
import { LIBRARY_COMMANDS } from './libraryCommands.ts'
import { QUEUE_COMMANDS } from './queueCommands.ts'
import { REVIEW_FILTER_COMMANDS } from './reviewFilterCommands.ts'

/** Where a command stands in the application menu; the order here is the order there. */
export const MENUS = ['file', 'edit', 'view', 'go', 'library', 'queue', 'review', 'help'] as const
export type Menu = (typeof MENUS)[number]

export const SCREENS = [
  'draft',
  'library',
  'frames',
  'queue',
  'review',
  'insights',
  'settings',
] as const
export type Screen = (typeof SCREENS)[number]

/** What keys, palette, menu and help all know of a command; what it does lives in the page. */
export interface Command {
  readonly id: string
  readonly label: string
  /** `Mod` is Ctrl, on a Mac Cmd. Several: each works, the first is shown. */
  readonly keys?: readonly string[]
  /** The menu it stands in; none: palette and keys alone. */
  readonly menu?: Menu
  /** Where it can be used; absent: everywhere. */
  readonly screen?: Screen
}

const command = <const C extends Command>(value: C): C => value

/** One table for keys, palette, menu and help. Order is the order of menus and palette. */
export const COMMANDS = [
  command({ id: 'draft.new', label: 'New draft', keys: ['Mod+N'], menu: 'file' }),
  command({ id: 'draft.import', label: 'Import a batch file…', keys: ['Mod+O'], menu: 'file' }),
  command({ id: 'draft.exportCsv', label: 'Export as CSV…', menu: 'file', screen: 'draft' }),
  command({ id: 'draft.exportTsv', label: 'Export as TSV…', menu: 'file', screen: 'draft' }),
  command({ id: 'draft.exportXlsx', label: 'Export as XLSX…', menu: 'file', screen: 'draft' }),
  command({ id: 'draft.exportJson', label: 'Export as JSON…', menu: 'file', screen: 'draft' }),
  command({ id: 'app.openOutFolder', label: 'Open the folder of takes', menu: 'file' }),
  command({ id: 'app.addKey', label: 'Add a key…', menu: 'file' }),
  command({ id: 'app.askProviders', label: 'Ask providers what they offer', menu: 'file' }),
  command({ id: 'app.quit', label: 'Quit', keys: ['Mod+Q'], menu: 'file' }),

  command({ id: 'edit.undo', label: 'Undo', keys: ['Mod+Z'], menu: 'edit' }),
  command({ id: 'edit.redo', label: 'Redo', keys: ['Mod+Shift+Z', 'Mod+Y'], menu: 'edit' }),
  ...DRAFT_COMMANDS,

  command({ id: 'app.palette', label: 'Find a command', keys: ['Mod+K'], menu: 'view' }),
  command({
    id: 'view.panel',
    label: 'Show or hide the side panel',
    keys: ['Mod+I'],
    menu: 'view',
  }),
  command({ id: 'view.theme', label: 'Switch between dark and light', menu: 'view' }),
  command({ id: 'view.density', label: 'Switch between comfortable and compact', menu: 'view' }),

  command({ id: 'go.draft', label: 'Draft', keys: ['Mod+1'], menu: 'go' }),
  command({ id: 'go.library', label: 'Library', keys: ['Mod+2'], menu: 'go' }),
  command({ id: 'go.frames', label: 'Frames', keys: ['Mod+3'], menu: 'go' }),
  command({ id: 'go.queue', label: 'Queue', keys: ['Mod+4'], menu: 'go' }),
  command({ id: 'go.review', label: 'Review', keys: ['Mod+5'], menu: 'go' }),
  command({ id: 'go.insights', label: 'Insights', keys: ['Mod+6'], menu: 'go' }),
  command({ id: 'go.settings', label: 'Settings', keys: ['Mod+7', 'Mod+,'], menu: 'go' }),

  command({
    id: 'draft.rehearse',
    label: 'Rehearse the draft',
    keys: ['Mod+Shift+R'],
    menu: 'queue',
    screen: 'draft',
  }),
  command({
    id: 'draft.runNow',
    label: 'Run the draft now',
    keys: ['Mod+Shift+Enter'],
    menu: 'queue',
    screen: 'draft',
  }),
  command({
    id: 'draft.runTonight',
    label: 'Run the draft tonight',
    keys: ['Mod+Shift+T'],
    menu: 'queue',
    screen: 'draft',
  }),
  ...LIBRARY_COMMANDS,

  ...QUEUE_COMMANDS,

  ...REVIEW_FILTER_COMMANDS,
  command({
    id: 'review.play',
    label: 'Play or pause',
    keys: ['Space'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.open',
    label: 'Open the loupe',
    keys: ['Enter'],
    menu: 'review',
    screen: 'review',
  }),
  command({ id: 'review.close', label: 'Back', keys: ['Escape'], screen: 'review' }),
  command({
    id: 'review.compare',
    label: 'Compare side by side',
    keys: ['C'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.blind',
    label: 'Compare pairs blind',
    keys: ['B'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.blindTemplates',
    label: 'Compare templates blind',
    keys: ['Shift+B'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.stepBack',
    label: 'One frame back',
    keys: [','],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.stepForward',
    label: 'One frame on',
    keys: ['.'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.winnerStays',
    label: 'The winner stays, the others give way',
    keys: ['V'],
    screen: 'review',
  }),
  command({ id: 'review.sound', label: 'Hear this one', keys: ['S'], screen: 'review' }),
  command({ id: 'review.wipe', label: 'Wipe between two takes', keys: ['W'], screen: 'review' }),
  command({ id: 'review.fewer', label: 'Fewer side by side', keys: ['['], screen: 'review' }),
  command({ id: 'review.more', label: 'More side by side', keys: [']'], screen: 'review' }),
  command({ id: 'review.markIn', label: 'In point here', keys: ['I'], screen: 'review' }),
  command({ id: 'review.markOut', label: 'Out point here', keys: ['O'], screen: 'review' }),
  command({ id: 'review.goIn', label: 'Go to the in point', keys: ['Shift+I'], screen: 'review' }),
  command({
    id: 'review.goOut',
    label: 'Go to the out point',
    keys: ['Shift+O'],
    screen: 'review',
  }),
  command({
    id: 'review.clearMarks',
    label: 'Clear in and out',
    keys: ['Shift+X'],
    screen: 'review',
  }),
  command({
    id: 'review.newClip',
    label: 'Another clip of this take',
    keys: ['N'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.nextClip',
    label: 'Next clip of this take',
    keys: ['G'],
    screen: 'review',
  }),
  command({
    id: 'review.loop',
    label: 'Loop between in and out',
    keys: ['Shift+Space'],
    screen: 'review',
  }),
  command({ id: 'review.zoomIn', label: 'Zoom in', keys: ['+', '='], screen: 'review' }),
  command({ id: 'review.zoomOut', label: 'Zoom out', keys: ['Shift+U'], screen: 'review' }),
  command({
    id: 'review.zoomActual',
    label: 'Every pixel, or the whole picture',
    keys: ['Z'],
    screen: 'review',
  }),
  command({
    id: 'review.continueFrom',
    label: 'Continue from this frame',
    keys: ['F'],
    menu: 'review',
    screen: 'review',
  }),
  command({ id: 'review.pick', label: 'Pick', keys: ['P'], menu: 'review', screen: 'review' }),
  command({ id: 'review.reject', label: 'Reject', keys: ['X'], menu: 'review', screen: 'review' }),
  command({
    id: 'review.unflag',
    label: 'Remove the flag',
    keys: ['U'],
    menu: 'review',
    screen: 'review',
  }),
  command({ id: 'review.rate1', label: 'Rate 1', keys: ['1'], screen: 'review' }),
  command({ id: 'review.rate2', label: 'Rate 2', keys: ['2'], screen: 'review' }),
  command({ id: 'review.rate3', label: 'Rate 3', keys: ['3'], screen: 'review' }),
  command({ id: 'review.rate4', label: 'Rate 4', keys: ['4'], screen: 'review' }),
  command({ id: 'review.rate5', label: 'Rate 5', keys: ['5'], screen: 'review' }),
  command({ id: 'review.rate0', label: 'Clear the rating', keys: ['0'], screen: 'review' }),
  command({ id: 'review.tag', label: 'Tag…', keys: ['T'], menu: 'review', screen: 'review' }),
  command({
    id: 'review.reroll',
    label: 'Re-roll: a new take with a new seed',
    keys: ['R'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.sameAgain',
    label: 'Same again: the same request',
    keys: ['Shift+R'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.withChanges',
    label: 'Same with changes, as a new draft',
    keys: ['Shift+D'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.moreLikeThis',
    label: 'More like this: four new takes, as a new draft',
    keys: ['M'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.rerollRejected',
    label: 'Rejected prompts to a new draft',
    keys: ['Shift+N'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.selectAll',
    label: 'Choose all takes',
    keys: ['Mod+A'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.trash',
    label: 'Move to the trash',
    keys: ['Delete'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.deleteForGood',
    label: 'Delete from the trash for good…',
    keys: ['Shift+Delete'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.emptyTrash',
    label: 'Empty the trash…',
    keys: ['Mod+Shift+Backspace'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.export',
    label: 'Export…',
    keys: ['E'],
    menu: 'review',
    screen: 'review',
  }),
  command({
    id: 'review.showInFolder',
    label: 'Show the file in its folder',
    menu: 'review',
    screen: 'review',
  }),

  command({ id: 'export.stop', label: 'Stop the export', menu: 'review' }),
  command({ id: 'app.keys', label: 'Keys of this screen', keys: ['?'], menu: 'help' }),
  command({ id: 'app.openLogs', label: 'Open the logs', menu: 'help' }),
  command({ id: 'app.askForUpdate', label: 'Ask for a newer version', menu: 'help' }),
  command({ id: 'app.licences', label: 'Licences', menu: 'help' }),
] as const satisfies readonly Command[]

export type CommandId = (typeof COMMANDS)[number]['id']
