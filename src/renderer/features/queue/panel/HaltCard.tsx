import type { TonightView } from '../../../../shared/domain/views.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { act } from '../../../store/notify.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { AskCard } from './AskCard.tsx'

type Halted = NonNullable<TonightView['halted']>

const TITLES: Readonly<Record<string, string>> = {
  mergePending: 'Two memories differ',
  diskFull: 'The disk is nearly full',
  folderUnusable: 'A folder cannot be used',
  databaseUnavailable: 'The database cannot be written',
}

/** Nothing at all is started: disk, folder, database, or memories that differ. */
export function HaltCard({ halted }: { readonly halted: Halted }) {
  const why = useBlocked()
  const go = useStore((store) => store.go)
  const isMerge = halted.code === 'mergePending'
  const open = (): void =>
    void act('The folder was not opened.', 'app.openFolder', { folder: 'out' })
  return (
    <AskCard
      title={TITLES[halted.code] ?? 'Nothing new is started'}
      evidence={
        isMerge
          ? ['Nothing is sent before you have seen this.']
          : ['What runs goes on. Work starts by itself when this is mended.']
      }
      actions={
        isMerge ? (
          <Button why={why} onPress={() => void act('It was not accepted.', 'queue.acceptMerge')}>
            I have seen it, go on
          </Button>
        ) : (
          <>
            <Button onPress={open}>Open the folder</Button>
            <Button variant="quiet" onPress={() => go('settings')}>
              Choose another…
            </Button>
          </>
        )
      }
    >
      {halted.message}
    </AskCard>
  )
}
