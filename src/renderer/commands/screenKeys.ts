import type { Screen } from '../../shared/ipc/commands.ts'

interface ScreenKey {
  readonly keys: string
  readonly label: string
}

/** Keys that move about within a screen; what acts is in the table of commands. */
export const SCREEN_KEYS: Readonly<Record<Screen, readonly ScreenKey[]>> = {
  draft: [
    {
      keys: '↑ ↓ ← →',
      label: 'Move; with Shift, choose a range; with Ctrl, to the end of what is filled',
    },
    { keys: 'Tab', label: 'Next cell; with Shift, the one before' },
    { keys: 'Tab, Enter', label: 'In a range: through its cells' },
    { keys: 'Enter or F2', label: 'Edit the cell; typing replaces it' },
    { keys: 'Esc', label: 'Leave the cell as it was' },
    { keys: 'Alt+↑, Alt+↓', label: 'Move the chosen rows' },
    { keys: 'Del', label: 'Empty the chosen cells' },
    { keys: 'Mod+A', label: 'Choose everything' },
    { keys: 'Mod+Space, Shift+Space', label: 'Choose whole columns, whole rows' },
    { keys: 'Mod+Enter', label: 'While typing: into every chosen cell' },
    { keys: 'Mod+C', label: 'Copy, for a spreadsheet too' },
    { keys: 'Mod+V', label: 'Paste, from a spreadsheet too' },
    { keys: 'Home, End', label: 'First and last column; with Ctrl, first and last row' },
  ],
  library: [
    { keys: '↑ ↓', label: 'Move' },
    { keys: 'Tab', label: 'On to the fields of the entry' },
    { keys: 'Home, End', label: 'First and last entry' },
  ],
  frames: [
    { keys: '↑ ↓ ← →', label: 'Move; with Shift, choose several' },
    { keys: 'Mod+Space', label: 'Choose one more, or one less' },
    { keys: 'Home, End', label: 'First and last frame' },
    { keys: 'Mod+V', label: 'Paste a picture' },
  ],
  queue: [
    { keys: '↑ ↓', label: 'Move; with Shift, choose several' },
    { keys: '← →', label: 'Fold and unfold a batch' },
  ],
  review: [
    { keys: '↑ ↓ ← →', label: 'Move; with Shift, choose several' },
    { keys: 'J K L', label: 'Back, stop, on; again for faster' },
    { keys: 'Home, End', label: 'First and last take; side by side, beginning and end' },
    { keys: '← → ↓ X N', label: 'Blind: A, B, alike, both bad, skip' },
  ],
  insights: [],
  settings: [],
}
