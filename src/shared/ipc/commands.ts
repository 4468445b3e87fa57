import { DRAFT_COMMANDS } from './draftCommands.ts'
import { LIBRARY_COMMANDS } from './libraryCommands.ts'
import { QUEUE_COMMANDS } from './queueCommands.ts'
import { REVIEW_COMMANDS } from './reviewCommands.ts'
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
  /** Of the edit menu, whose keys belong to a field that is typed in: this one is for the app there too. */
  readonly whileTyping?: boolean
}

/** One table for keys, palette, menu and help. Order is the order of menus and palette. */
export const COMMANDS = [
  { id: 'draft.new', label: 'New draft', keys: ['Mod+N'], menu: 'file' },
  { id: 'draft.import', label: 'Import a batch file…', keys: ['Mod+O'], menu: 'file' },
  { id: 'draft.exportCsv', label: 'Export as CSV…', menu: 'file', screen: 'draft' },
  { id: 'draft.exportTsv', label: 'Export as TSV…', menu: 'file', screen: 'draft' },
  { id: 'draft.exportXlsx', label: 'Export as XLSX…', menu: 'file', screen: 'draft' },
  { id: 'draft.exportJson', label: 'Export as JSON…', menu: 'file', screen: 'draft' },
  { id: 'app.openOutFolder', label: 'Open the folder of takes', menu: 'file' },
  { id: 'app.addKey', label: 'Add a key…', menu: 'file' },
  { id: 'app.askProviders', label: 'Ask providers what they offer', menu: 'file' },
  { id: 'app.quit', label: 'Quit', keys: ['Mod+Q'], menu: 'file' },

  { id: 'edit.undo', label: 'Undo', keys: ['Mod+Z'], menu: 'edit' },
  { id: 'edit.redo', label: 'Redo', keys: ['Mod+Shift+Z', 'Mod+Y'], menu: 'edit' },
  ...DRAFT_COMMANDS,

  { id: 'app.palette', label: 'Find a command', keys: ['Mod+K'], menu: 'view' },
  { id: 'view.panel', label: 'Show or hide the side panel', keys: ['Mod+I'], menu: 'view' },
  { id: 'view.theme', label: 'Switch between dark and light', menu: 'view' },
  { id: 'view.density', label: 'Switch between comfortable and compact', menu: 'view' },

  { id: 'go.draft', label: 'Draft', keys: ['Mod+1'], menu: 'go' },
  { id: 'go.library', label: 'Library', keys: ['Mod+2'], menu: 'go' },
  { id: 'go.frames', label: 'Frames', keys: ['Mod+3'], menu: 'go' },
  { id: 'go.queue', label: 'Queue', keys: ['Mod+4'], menu: 'go' },
  { id: 'go.review', label: 'Review', keys: ['Mod+5'], menu: 'go' },
  { id: 'go.insights', label: 'Insights', keys: ['Mod+6'], menu: 'go' },
  { id: 'go.settings', label: 'Settings', keys: ['Mod+7', 'Mod+,'], menu: 'go' },

  {
    id: 'draft.rehearse',
    label: 'Rehearse the draft',
    keys: ['Mod+Shift+R'],
    menu: 'queue',
    screen: 'draft',
  },
  {
    id: 'draft.runNow',
    label: 'Run the draft now',
    keys: ['Mod+Shift+Enter'],
    menu: 'queue',
    screen: 'draft',
  },
  {
    id: 'draft.runTonight',
    label: 'Run the draft tonight',
    keys: ['Mod+Shift+T'],
    menu: 'queue',
    screen: 'draft',
  },
  ...LIBRARY_COMMANDS,

  ...QUEUE_COMMANDS,

  ...REVIEW_FILTER_COMMANDS,
  ...REVIEW_COMMANDS,

  { id: 'export.stop', label: 'Stop the export', menu: 'review' },
  { id: 'app.keys', label: 'Keys of this screen', keys: ['?'], menu: 'help' },
  { id: 'app.openLogs', label: 'Open the logs', menu: 'help' },
  { id: 'app.askForUpdate', label: 'Ask for a newer version', menu: 'help' },
  { id: 'app.licences', label: 'Licences', menu: 'help' },
] as const satisfies readonly Command[]

export type CommandId = (typeof COMMANDS)[number]['id']
