import { ChevronRight } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import {
  Button,
  Disclosure as AriaDisclosure,
  DisclosurePanel,
  Heading,
} from 'react-aria-components'

import './sidePanel.css'

/** A section that is folded until it is wanted. */
export function Disclosure({
  title,
  children,
  isOpenAtFirst = false,
  triggerRef,
}: {
  readonly title: ReactNode
  readonly children: ReactNode
  readonly isOpenAtFirst?: boolean
  readonly triggerRef?: Ref<HTMLButtonElement> | undefined
}) {
  return (
    <AriaDisclosure defaultExpanded={isOpenAtFirst}>
      <Heading level={2}>
        <Button
          slot="trigger"
          className="disclosure-trigger"
          {...(triggerRef === undefined ? {} : { ref: triggerRef })}
        >
          <ChevronRight aria-hidden="true" />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel>{children}</DisclosurePanel>
    </AriaDisclosure>
  )
}
