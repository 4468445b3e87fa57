import type { ReactNode } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'

import './list.css'
import './overlay.css'
import './picker.css'

interface PickerFrameProps {
  readonly label: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly className?: string
  readonly children: ReactNode
}

/** A list near the top of the window, found by its words: the palette and what is like it. */
export function PickerFrame({
  label,
  isOpen,
  onClose,
  className = '',
  children,
}: PickerFrameProps) {
  return (
    <ModalOverlay
      className="dialog-overlay palette-overlay"
      isDismissable
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Modal className={`palette ${className}`}>
        <Dialog aria-label={label}>{children}</Dialog>
      </Modal>
    </ModalOverlay>
  )
}
