import { CircleAlert } from 'lucide-react'

import { useStore } from '../store/store.ts'
import { act } from '../store/notify.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import './shell.css'

/** A moment at the start. Says so only when it takes longer than a blink. */
export function Opening() {
  return (
    <main className="whole-window" aria-busy="true">
      <p className="opening text-2">Opening the queue…</p>
    </main>
  )
}

export function EngineFailed({ message }: { readonly message: string }) {
  const retryEngine = useStore((store) => store.retryEngine)
  return (
    <main className="whole-window">
      <EmptyState
        icon={<CircleAlert />}
        title="The queue could not be opened"
        actions={
          <>
            <Button variant="solid" onPress={() => void retryEngine()}>
              Try again
            </Button>
            <Button onPress={() => void act('', 'app.openFolder', { folder: 'data' })}>
              Open the data folder
            </Button>
            <Button onPress={() => void act('', 'app.openFolder', { folder: 'logs' })}>
              Open the logs
            </Button>
          </>
        }
      >
        {message}
      </EmptyState>
    </main>
  )
}
