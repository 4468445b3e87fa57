import type { ReactNode } from 'react'

import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useQuestions } from './questions.ts'

interface QuestionProps {
  readonly title: string
  readonly yes: string
  readonly onYes: () => void
  readonly why?: readonly { text: string }[]
  /** What Enter does at once; a question with a field of its own starts there. */
  readonly start?: 'yes' | 'notNow'
  readonly children: ReactNode
}

/** Asks before something is done: “Not now” leaves all as it is. */
export function Question({ title, yes, onYes, why, start, children }: QuestionProps) {
  const close = useQuestions((questions) => questions.close)
  return (
    <Dialog
      title={title}
      isOpen
      isQuestion
      onClose={close}
      footer={
        <>
          <Button onPress={close} autoFocus={start === 'notNow'}>
            Not now
          </Button>
          <Button
            variant="solid"
            why={why}
            autoFocus={start === 'yes'}
            onPress={() => {
              close()
              onYes()
            }}
          >
            {yes}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
