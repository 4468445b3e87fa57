interface FileKind {
  readonly name: string
  /** Without the dot. */
  readonly endings: readonly string[]
}

/** What the handlers need of the operating system; `window/systemDialogs` is the real one. */
export interface SystemPort {
  /** Empty: the person closed the dialog. */
  pickFiles(wish: {
    readonly title: string
    readonly kinds: readonly FileKind[]
    readonly many: boolean
  }): Promise<readonly string[]>
  pickFolder(wish: { readonly title: string; readonly start: string }): Promise<string | null>
  pickNewFile(wish: {
    readonly title: string
    readonly name: string
    readonly kinds: readonly FileKind[]
  }): Promise<string | null>
  /** True: the person said yes, in a box that no page can answer. */
  confirm(question: {
    readonly message: string
    readonly detail: string
    readonly yes: string
  }): Promise<boolean>
  /** Null when it opened, else the system's reason. */
  openFolder(path: string): Promise<string | null>
  /** Null when it is in the clipboard, else the system's reason. */
  copyText(text: string): Promise<string | null>
  /** Opens the folder with the file selected. */
  showFile(path: string): void
  /** Files follow the pointer out of the window, with this picture. */
  dragOut(paths: readonly string[], picture: string | null): void
}
