import { CircleAlert } from 'lucide-react'
import { Component, type ReactNode } from 'react'

import { act } from '../store/notify.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'

interface Props {
  /** What the person calls this part, e.g. `Draft`. */
  readonly place: string
  readonly children: ReactNode
}

interface State {
  readonly message: string | null
}

/** A screen that failed says what failed; the others and the queue go on. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { message: null }

  static getDerivedStateFromError(error: unknown): State {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  override render(): ReactNode {
    const { message } = this.state
    if (message === null) return this.props.children
    return (
      <EmptyState
        icon={<CircleAlert />}
        title={`${this.props.place} could not be drawn`}
        actions={
          <>
            <Button variant="solid" onPress={() => this.setState({ message: null })}>
              Draw it again
            </Button>
            <Button onPress={() => void act('', 'app.openFolder', { folder: 'logs' })}>
              Open the logs
            </Button>
          </>
        }
      >
        <p>The queue goes on and nothing is lost. The fault, for a report:</p>
        <p className="selectable">{message}</p>
      </EmptyState>
    )
  }
}
