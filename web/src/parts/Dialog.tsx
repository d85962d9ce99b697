/** A dialog over everything else; Esc and a press outside close it. */
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import css from "./Dialog.module.css";

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at its foot. */
  foot?: ReactNode;
  wide?: boolean;
}

/** Says that the rest of the page rests: it is hidden from screen readers meanwhile. */
const modal = (node: HTMLElement | null) => node?.setAttribute("aria-modal", "true");

/** A dialog with a title, a body and a foot. */
export function Dialog({ title, isOpen, onClose, children, foot, wide }: DialogProps) {
  return (
    <ModalOverlay className={css.scrim!} isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className={css.modal!} data-wide={wide || undefined}>
        <AriaDialog className={css.dialog!} ref={modal}>
          <header>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
          </header>
          <div className={css.body}>{children}</div>
          <footer className={css.foot}>{foot}</footer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** A dialog without a frame of its own, near the top of the page: the search field. */
export function Sheet(props: { label: string; isOpen: boolean; onClose: () => void; children: ReactNode }) {
  const { label, isOpen, onClose, children } = props;
  return (
    <ModalOverlay
      className={css.scrim!}
      data-high
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      <Modal className={css.modal!} data-wide>
        <AriaDialog className={css.dialog!} aria-label={label} ref={modal}>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
