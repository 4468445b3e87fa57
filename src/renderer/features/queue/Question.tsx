import type { ReactNode } from 'react'

import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useQuestions } from './questions.ts'

interface QuestionProps {
  readonly title: string
  readonly yes: string
  readonly onYes: () => void
  readonly why?: readonly { text: string }[]
  readonly children: ReactNode
}

/** Asks before something is done: “Not now” leaves all as it is. */
export function Question({ title, yes, onYes, why, children }: QuestionProps) {
  const close = useQuestions((questions) => questions.close)
  return (
    <Dialog
      title={title}
      isOpen
      isQuestion
      onClose={close}
      footer={
        <>
          <Button onPress={close}>Not now</Button>
          <Button
            variant="solid"
            why={why}
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
