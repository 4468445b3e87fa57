import { X } from 'lucide-react'
import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components'

import { Button } from './Button.tsx'
import { IconButton } from './IconButton.tsx'
import { StatusMark, type Tone } from './StatusMark.tsx'
import './toasts.css'

export interface ToastMessage {
  readonly text: string
  readonly tone?: Tone | undefined
  readonly action?: { readonly label: string; readonly run: () => void } | undefined
}

export type ToastMessages = ToastQueue<ToastMessage>

export const createToasts = (): ToastMessages =>
  new ToastQueue<ToastMessage>({ maxVisibleToasts: 3 })

/** Messages at the lower edge; F6 leads there, and time stands still while one is looked at. */
export function Toasts({ queue }: { readonly queue: ToastMessages }) {
  return (
    <ToastRegion className="toasts" queue={queue} aria-label="Messages">
      {({ toast }) => (
        <Toast className="toast" toast={toast}>
          {toast.content.tone !== undefined && <StatusMark tone={toast.content.tone} />}
          <ToastContent className="toast-text">
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          {toast.content.action !== undefined && (
            <Button
              onPress={() => {
                queue.close(toast.key)
                toast.content.action?.run()
              }}
            >
              {toast.content.action.label}
            </Button>
          )}
          <IconButton icon={<X />} label="Dismiss" onPress={() => queue.close(toast.key)} />
        </Toast>
      )}
    </ToastRegion>
  )
}
