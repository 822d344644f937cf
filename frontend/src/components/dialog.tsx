import { X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { cx } from "@/lib/words";
import { IconButton } from "./button";

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  wide?: boolean;
  role?: "dialog" | "alertdialog";
  children: ReactNode;
}

/** A dialog over the page; Esc is always safe. Its children are a body and a footer. */
export function Dialog({
  title,
  isOpen,
  onClose,
  wide,
  role,
  children,
}: DialogProps): ReactElement {
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role !== "alertdialog"}
    >
      <Modal className={cx("modal", wide && "wide")}>
        <AriaDialog className="dialog" {...(role ? { role } : {})}>
          <header>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton label="Close" onPress={onClose}>
              <X aria-hidden />
            </IconButton>
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** What the act will do, line by line, before its button; the last line is where it ends. */
export function Effect({
  lines,
}: {
  lines: readonly { label: string; value: ReactNode; total?: boolean }[];
}): ReactElement {
  return (
    <dl className="effect" aria-label="What this will do">
      {lines.map((line) => (
        <div key={line.label} className={cx(line.total && "total")}>
          <dt>{line.label}</dt>
          <dd>{line.value}</dd>
        </div>
      ))}
    </dl>
  );
}
