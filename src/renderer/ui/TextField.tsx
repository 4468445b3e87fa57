import { useEffect, useEffectEvent, useRef, type Ref } from 'react'
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField as AriaTextField,
} from 'react-aria-components'

import './field.css'

interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string | undefined
  readonly description?: string | undefined
  readonly error?: string | undefined
  readonly isLabelHidden?: boolean | undefined
  readonly isSecret?: boolean | undefined
  readonly lines?: number | undefined
  readonly autoFocus?: boolean | undefined
  readonly onEnter?: (() => void) | undefined
  /** The person went elsewhere. */
  readonly onLeave?: (() => void) | undefined
  /** Left, too, where a key takes the field away: for notes and names, not for what a half-typed text would order. */
  readonly isLeftWhenTaken?: boolean | undefined
  readonly inputRef?: Ref<HTMLInputElement> | undefined
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, description, error, lines = 1 } = props
  const isTyping = useRef(false)
  const taken = useEffectEvent(() => {
    if (props.isLeftWhenTaken === true && isTyping.current) props.onLeave?.()
  })
  // A field that is taken away tells nobody that it lost the focus.
  useEffect(() => () => taken(), [])
  return (
    <AriaTextField
      className="field"
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      type={props.isSecret === true ? 'password' : 'text'}
      autoFocus={props.autoFocus ?? false}
      onFocus={() => (isTyping.current = true)}
      onBlur={() => {
        isTyping.current = false
        props.onLeave?.()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && lines === 1) props.onEnter?.()
        else event.continuePropagation()
      }}
      {...(props.isLabelHidden === true ? { 'aria-label': label } : {})}
    >
      {props.isLabelHidden !== true && <Label className="field-label">{label}</Label>}
      {lines > 1 ? (
        <TextArea className="field-box" rows={lines} placeholder={props.placeholder ?? ''} />
      ) : (
        <Input
          className="field-box"
          placeholder={props.placeholder ?? ''}
          autoComplete="off"
          spellCheck={false}
          {...(props.inputRef === undefined ? {} : { ref: props.inputRef })}
        />
      )}
      {description !== undefined && error === undefined && (
        <Text slot="description" className="field-note">
          {description}
        </Text>
      )}
      <FieldError className="field-note field-error">{error}</FieldError>
    </AriaTextField>
  )
}
