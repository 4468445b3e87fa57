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
  onBattery: 'The machine runs on its battery',
}

/** Nothing at all is started: disk, folder, database, or memories that differ. */
export function HaltCard({ halted }: { readonly halted: Halted }) {
  const why = useBlocked()
  const isMerge = halted.code === 'mergePending'
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
          <HaltActions code={halted.code} />
        )
      }
    >
      {halted.message}
    </AskCard>
  )
}

/** What ends the halt, as far as that can be done from here. */
function HaltActions({ code }: { readonly code: string }) {
  const why = useBlocked()
  const go = useStore((store) => store.go)
  const changeSettings = useStore((store) => store.changeSettings)
  if (code === 'onBattery')
    return (
      <Button why={why} onPress={() => void changeSettings({ pauseOnBattery: false })}>
        Work on battery, too
      </Button>
    )
  const open = (): void =>
    void act('The folder was not opened.', 'app.openFolder', { folder: 'out' })
  return (
    <>
      <Button onPress={open}>Open the folder</Button>
      <Button variant="quiet" onPress={() => go('settings')}>
        Choose another…
      </Button>
    </>
  )
}
