import type { ReactNode } from 'react'
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components'

import './button.css'
import { KeyHint } from './KeyHint.tsx'
import { Tip, WithTip } from './Tooltip.tsx'

/** Why a button cannot be pressed; `go` leads to the place where that can be mended. */
export interface Reason {
  readonly text: string
  readonly go?: (() => void) | undefined
}

export interface ButtonProps {
  readonly children: ReactNode
  readonly onPress?: (() => void) | undefined
  readonly variant?: 'plain' | 'solid' | 'quiet' | 'link' | undefined
  readonly icon?: ReactNode
  readonly hint?: string | undefined
  /** Not empty: the button is blocked, and pressing it lists the reasons. */
  readonly why?: readonly Reason[] | undefined
  readonly autoFocus?: boolean | undefined
  readonly slot?: string | undefined
  readonly label?: string | undefined
  readonly isPending?: boolean | undefined
  /** In a list that is one stop of Tab: only those of the row that has the focus. */
  readonly isStop?: boolean
}

const NO_REASONS: readonly Reason[] = []

export function Button({ why = NO_REASONS, ...props }: ButtonProps) {
  if (why.length > 0) return <BlockedButton {...props} why={why} />
  return <Face {...props} />
}

function Face({
  children,
  icon,
  hint,
  variant = 'plain',
  label,
  isStop = true,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      className="button"
      excludeFromTabOrder={!isStop}
      data-variant={variant}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(rest.onPress === undefined ? {} : { onPress: rest.onPress })}
      {...(rest.slot === undefined ? {} : { slot: rest.slot })}
      isPending={rest.isPending ?? false}
      autoFocus={rest.autoFocus ?? false}
    >
      {icon}
      {children}
      {hint !== undefined && <KeyHint keys={hint} />}
    </AriaButton>
  )
}

/** Stays in the tab order, so that the reasons can be found by keyboard too. */
function BlockedButton({ children, icon, variant = 'plain', why = NO_REASONS, hint }: ButtonProps) {
  const first = why[0]?.text ?? ''
  return (
    <DialogTrigger>
      <WithTip>
        <AriaButton className="button" data-variant={variant} data-blocked aria-disabled>
          {icon}
          {children}
          {hint !== undefined && <KeyHint keys={hint} />}
        </AriaButton>
        <Tip>{why.length > 1 ? `${first} And ${why.length - 1} more.` : first}</Tip>
      </WithTip>
      <Popover className="popover" placement="bottom end">
        <Dialog className="reasons" aria-label="Why not">
          {({ close }) => (
            <ul>
              {why.map((reason) => (
                <li key={reason.text}>
                  {reason.go === undefined ? (
                    reason.text
                  ) : (
                    <Face
                      variant="link"
                      onPress={() => {
                        close()
                        reason.go?.()
                      }}
                    >
                      {reason.text}
                    </Face>
                  )}
                </li>
              ))}
            </ul>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
